import type { Id } from '../../schema/ids.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { attendAnew } from '../rights/attend.ts';
import { dueListings, setShown, termsOf } from './listing-queries.ts';
import { shownWhere } from './shown.ts';

export { listingDue } from './listing-queries.ts';

/** Of changes that meet, the last one to write has seen all others within so many rounds; if not, the sweeper has the last word. */
const ROUNDS = 4;
const AT_ONCE = 50;

/**
 * Reckons where a title may be listed, and what of its rights needs somebody, from its licences and holdbacks as they are now. To be called once a change of them is written
 * (with `listingDue` in its batch); may be repeated.
 */
export async function listAnew({ db, now }: Platform, id: Id<'title'>): Promise<void> {
  await attendAnew(db, id, now()); // first: until the title is listed anew, the sweeper will come again
  for (let round = 0; round < ROUNDS; round++) {
    const terms = await termsOf(db, id);
    if (!terms || (await setShown(db, id, shownWhere(terms, now()), terms.seen))) return;
  }
}

/**
 * Reckons some titles, one after the other. One that cannot be reckoned keeps none of those behind it from their turn.
 * @throws what the first of them threw, after all had theirs
 */
export async function listEach(platform: Platform, titles: readonly { id: Id<'title'> }[]): Promise<void> {
  const failed: unknown[] = [];
  for (const { id } of titles)
    await listAnew(platform, id).catch((error: unknown) => {
      complain({ event: 'listing not reckoned', titleId: id, error });
      failed.push(error);
    });
  if (failed.length > 0) throw failed[0];
}

/** Licences end by themselves: what may be listed is reckoned anew at the moment at which that changes. */
export async function sweepListings(platform: Platform): Promise<void> {
  await listEach(platform, await dueListings(platform.db, platform.now(), AT_ONCE));
}
