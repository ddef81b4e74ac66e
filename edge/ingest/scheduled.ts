import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { publishable, published } from './publish.ts';
import { dueSwitches, publishDue, refuseDue, type Due } from './queries/publish.ts';

const AT_ONCE = 50;

async function make(platform: Platform, due: Due): Promise<void> {
  const { db, now } = platform;
  const pack = await publishable(platform, due, null);
  if (await publishDue(db, due, pack, now())) await published(platform, due, pack, due.before);
}

/**
 * Makes the switches whose time has come. What may not be published any more is refused, and why is kept with the episode, where editors
 * see it; what fails for another reason is tried again by the next sweep.
 */
export async function sweepScheduled(platform: Platform): Promise<void> {
  for (const due of await dueSwitches(platform.db, platform.now(), AT_ONCE))
    try {
      await make(platform, due);
    } catch (error) {
      if (error instanceof Problem) await refuseDue(platform.db, due, error.message, platform.now());
      else complain({ event: 'scheduled publish failed', episodeId: due.episodeId, assetId: due.id, error });
    }
}
