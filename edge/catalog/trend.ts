import type { Platform } from '../platform/platform.ts';
import { writeTrends } from './trend-queries.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** The minute of the hour in which it is reckoned; the sweeper comes by each minute. A missed one is made up for an hour later. */
const AT_MINUTE = 7;

/** What is watched most these days, reckoned anew once an hour from the plays themselves. */
export async function sweepTrends({ db, now }: Platform): Promise<void> {
  if (Math.floor((now() % HOUR) / MINUTE) === AT_MINUTE) await writeTrends(db, now());
}
