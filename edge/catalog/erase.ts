import type { Id } from '../../schema/ids.ts';
import type { Expected } from '../http/if-match.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { episodeConflict, titleConflict } from './conflict.ts';
import { eraseEpisodeRow, eraseTitleRow, type Keeper } from './erase-queries.ts';

/** Why it stays, and what can be done instead. */
const because: Record<Keeper, { episode: string; title: string }> = {
  published: {
    episode: 'It is on the site. Take it off first (POST …/unpublish).',
    title:
      'Episodes of it are on the site. Make a draft of it (POST …/unpublish): then viewers do not see it.',
  },
  media: {
    episode:
      'It has media, or had some: its addresses stay taken, so that no cache ever answers with what was there before. Its versions can be deleted by themselves; the episode can be unpublished, or changed into what belongs in its place.',
    title:
      'Episodes of it have media, or had some. Make a draft of it (POST …/unpublish): then viewers do not see it.',
  },
  plays: {
    episode:
      'It was watched: viewers’ histories and the statements of its licensors count it. Unpublish it instead.',
    title:
      'It was watched: viewers’ histories and the statements of its licensors count it. Make a draft of it instead (POST …/unpublish).',
  },
  purchases: {
    episode: 'Somebody has bought it. Unpublish it instead.',
    title: 'Somebody has bought it. Make a draft of it instead (POST …/unpublish).',
  },
  licences: {
    episode: 'There are licences for it, which stay on record.',
    title:
      'There are licences or holdbacks for it, which stay on record. Make a draft of it instead (POST …/unpublish).',
  },
  campaigns: {
    episode: 'A campaign shows it as an advertisement. Let that show something else first.',
    title: 'A campaign shows an episode of it as an advertisement. Let that show something else first.',
  },
  takedowns: {
    episode: 'It was taken down once, which stays on record. Unpublish it instead.',
    title: 'It was taken down once, which stays on record. Make a draft of it instead (POST …/unpublish).',
  },
};

/**
 * Erases an episode that leaves no trace. One that is not there is erased already.
 * @throws Problem `conflict`, saying what keeps it and what to do; `changed-meanwhile`
 */
export async function eraseEpisode(
  { db, now }: Platform,
  id: Id<'episode'>,
  expected: Expected,
): Promise<void> {
  const fate = await eraseEpisodeRow(db, id, { expected, now: now() });
  if (fate === 'stale') throw await episodeConflict(db, id);
  if (fate) throw new Problem('conflict', because[fate].episode);
}

/**
 * Erases a title that leaves no trace, with its episodes. One that is not there is erased already.
 * @throws Problem `conflict`, saying what keeps it and what to do; `changed-meanwhile`
 */
export async function eraseTitle({ db, now }: Platform, id: Id<'title'>, expected: Expected): Promise<void> {
  const fate = await eraseTitleRow(db, id, { expected, now: now() });
  if (fate === 'stale') throw await titleConflict(db, id);
  if (fate) throw new Problem('conflict', because[fate].title);
}
