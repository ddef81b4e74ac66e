import { eq } from 'drizzle-orm';
import { episodes } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Expected } from '../http/if-match.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { revokeAssets, watchable } from '../playback/revoke.ts';
import { adminTitleRow } from './admin-queries.ts';
import { titleConflict } from './conflict.ts';
import type { AdminTitleRow } from './edits.ts';
import { listAnew, listEach } from './listing.ts';
import { publishDue, setDraft } from './publishing-queries.ts';

const AT_ONCE = 50;

async function found({ db }: Platform, id: Id<'title'>): Promise<AdminTitleRow> {
  const row = await adminTitleRow(db, id);
  if (!row) throw new Problem('not-found', 'There is no such title.');
  return row;
}

async function set(
  platform: Platform,
  id: Id<'title'>,
  draft: { draft: boolean; publishAt: number | null },
  expected: Expected,
): Promise<AdminTitleRow> {
  const now = platform.now();
  const refused = await setDraft(platform.db, id, draft, { expected, now });
  if (refused) throw await titleConflict(platform.db, id);
  return found(platform, id);
}

/**
 * Shows a draft to viewers, wherever it is licensed; or says when that is to happen. May be repeated.
 * @param at ms UTC; null or past: at once
 * @throws Problem `not-found`, `changed-meanwhile`; `conflict` where it is shown already and is to be shown later
 */
export async function publishTitle(
  platform: Platform,
  id: Id<'title'>,
  at: number | null,
  expected: Expected,
): Promise<AdminTitleRow> {
  const row = await found(platform, id);
  const later = at !== null && at > platform.now() ? at : null;
  if (!row.draft) {
    if (later !== null)
      throw new Problem(
        'conflict',
        'It is on the site already. Take it off (POST …/unpublish) to have it come back later.',
      );
    return row;
  }
  if (later !== null)
    return row.publishAt === later ? row : set(platform, id, { draft: true, publishAt: later }, expected);
  await set(platform, id, { draft: false, publishAt: null }, expected);
  await listAnew(platform, id);
  return found(platform, id);
}

/**
 * Makes a title a draft: nobody but staff sees it, and whoever watches it stops within one key period. Also takes back what was to be
 * published later. Asked for again, it makes sure of both.
 * @throws Problem `not-found`, `changed-meanwhile`
 */
export async function unpublishTitle(
  platform: Platform,
  id: Id<'title'>,
  expected: Expected,
): Promise<AdminTitleRow> {
  const row = await found(platform, id);
  const is = row.draft && row.publishAt === null;
  const draft = is ? row : await set(platform, id, { draft: true, publishAt: null }, expected);
  await revokeAssets(platform, await watchable(platform.db, eq(episodes.titleId, id)), 'taken-down');
  return draft;
}

/** Publishes the drafts whose time has come. */
export async function sweepDrafts(platform: Platform): Promise<void> {
  await listEach(platform, await publishDue(platform.db, platform.now(), AT_ONCE));
}
