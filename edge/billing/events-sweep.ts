import type { Platform } from '../platform/platform.ts';
import { forgetDone, takeLost } from './event-queries.ts';
import { EVENTS_KEPT_MS, LOST_MS } from './events.ts';

/** A sweep; what is left comes with the next one. */
const MOST = 200;

/** Sends events again whose messages were lost, and forgets those that are long done. */
export async function sweepEvents({ db, billingQueue, now }: Platform): Promise<void> {
  const at = now();
  const lost = await takeLost(db, at - LOST_MS, at, MOST);
  if (lost.length > 0) await billingQueue.send(lost);
  await forgetDone(db, at - EVENTS_KEPT_MS, MOST);
}
