import type { InferOutput } from 'valibot';
import type { BulkAnswer, EpisodesChange } from '../../schema/api/editing.ts';
import type { Id } from '../../schema/ids.ts';
import { changeEpisodes } from '../catalog/bulk-change.ts';
import { unseen } from '../catalog/bulk.ts';
import { editorsEpisode } from '../catalog/editors-episode.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { publishAsset, unpublishEpisode } from './publish.ts';
import { newestVerified } from './queries/publish.ts';

type Fate = BulkAnswer['items'][number];
type Change = InferOutput<typeof EpisodesChange>;

/** A switch takes some ten calls of other services, and a request makes a thousand at most (Workers limits). */
const AT_ONCE = 50;
const LATER = `At most ${AT_ONCE} are put on the site or taken off it in one request: send these again.`;

/**
 * Changes many episodes and says what became of each. Their fields are changed in one transaction; to put them on the site, or take them
 * off it, is a switch of each by itself, in the order in which they are named. Sent again, it does what is left to do.
 * @throws Problem `invalid-request` for two of these at once
 */
export async function changeManyEpisodes(
  platform: Platform,
  change: Change,
  userId: string,
): Promise<Fate[]> {
  const { ids, asOf, publish, unpublish, moveAirsAt, airsFrom, kind } = change;
  const fields = kind !== undefined || moveAirsAt !== undefined || airsFrom !== undefined;
  if ([publish, unpublish, fields].filter(Boolean).length > 1)
    throw new Problem('invalid-request', 'Publish, unpublish or change fields: one of these in a request.');
  if (moveAirsAt !== undefined && airsFrom)
    throw new Problem('invalid-request', 'Move air times, or give new ones: not both.');
  if (!publish && !unpublish) return changeEpisodes(platform, change);
  const fates: Fate[] = [];
  let made = 0;
  for (const id of new Set(ids)) {
    if (made >= AT_ONCE) {
      fates.push({ id, fate: 'refused', because: LATER });
      continue;
    }
    const fate = await switched(platform, id, { publisher: publish ? userId : null, asOf });
    if (fate.fate !== 'same') made += 1;
    fates.push(fate);
  }
  return fates;
}

/** @param publisher null: it is taken off the site */
async function switched(
  platform: Platform,
  id: Id<'episode'>,
  { publisher, asOf }: { publisher: string | null; asOf: number | undefined },
): Promise<Fate> {
  try {
    const episode = await editorsEpisode(platform.db, id);
    if (!episode) return { id, fate: 'refused', because: 'There is no such episode.' };
    const changed = unseen(episode, asOf);
    if (changed) return { id, fate: 'refused', because: changed.refused };
    if (publisher === null) {
      await unpublishEpisode(platform, id, null); // also of one that is off the site: whoever asks again makes sure of its streams
      return { id, fate: episode.assetId || episode.publishAt !== null ? 'changed' : 'same', because: null };
    }
    const assetId = await newestVerified(platform.db, id);
    if (!assetId) return { id, fate: 'refused', because: 'It has no media whose certificate holds.' };
    if (assetId === episode.assetId) return { id, fate: 'same', because: null };
    const wish = { userId: publisher, reason: null, expected: null };
    await publishAsset(platform, { id: assetId, episodeId: id }, wish);
    return { id, fate: 'changed', because: null };
  } catch (error) {
    if (error instanceof Problem) return { id, fate: 'refused', because: error.message };
    throw error;
  }
}
