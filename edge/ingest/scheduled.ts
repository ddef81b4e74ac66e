import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { publishable, published } from './publish.ts';
import { dueSwitches, publishDue, refuseDue, type Due } from './queries/publish.ts';

const AT_ONCE = 50;
/** Where nothing answers, the rest is left to the next sweep. */
const MOST_FAILED = 200;

/** @returns whether it is settled: made, refused, or taken back meanwhile */
async function make(platform: Platform, due: Due): Promise<boolean> {
  const { db, now } = platform;
  try {
    const pack = await publishable(platform, due, null);
    if (await publishDue(db, due, pack, now())) await published(platform, due, pack, due.before);
    return true;
  } catch (error) {
    if (error instanceof Problem) {
      await refuseDue(db, due, error.message, now());
      return true;
    }
    complain({ event: 'scheduled publish failed', episodeId: due.episodeId, assetId: due.id, error });
    return false;
  }
}

/**
 * Makes the switches whose time has come. What may not be published any more is refused, and why is kept with the episode, where editors
 * see it; what fails for another reason is tried again by the next sweep, and keeps none of those behind it from their turn.
 * @throws Error where some failed, so that the overview says so
 */
export async function sweepScheduled(platform: Platform): Promise<void> {
  const [now, failed]: [number, Due[]] = [platform.now(), []];
  for (let settled = 0, after: Due | undefined; settled < AT_ONCE && failed.length < MOST_FAILED;) {
    const lot = await dueSwitches(platform.db, now, after, AT_ONCE - settled);
    for (const due of lot)
      if (await make(platform, due)) settled += 1;
      else failed.push(due);
    after = lot.at(-1);
    if (!after) break;
  }
  if (failed.length > 0)
    throw new Error(
      `${failed.length} scheduled switches failed, first that of ${failed[0]!.episodeId} to ${failed[0]!.id}`,
    );
}
