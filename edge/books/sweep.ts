import type { Platform } from '../platform/platform.ts';
import { daysDue, foldDay, SETTLED_MS } from './fold.ts';
import { DAY, monthAfter, monthOf } from './months.ts';
import { reckonMonth } from './reckon.ts';
import { firstFolded, licensorWithout, reckonedAt } from './statement-queries.ts';
import { makeStatement } from './statements.ts';

/** What a month earned is reckoned so often while it may change. */
const AGAIN_MS = 6 * 3_600_000;
/** Statements are made on the fifth: by then what was watched, paid and reconciled has settled. */
const TOLD_AFTER_MS = 4 * DAY;

/** Run by cron each minute: sums of days that are due, and one month of those that are. */
export async function sweepBooks({ db, now }: Platform): Promise<void> {
  const due = await daysDue(db, now());
  for (const day of due) await foldDay(db, day, now());
  const at = now();
  const first = await firstFolded(db);
  if (first === null) return;
  // A month that is over is reckoned once more when its last day has settled, and stays so.
  for (let month = monthOf(at); month >= monthOf(first); month = monthAfter(month, -1)) {
    const last = await reckonedAt(db, month);
    const settled = monthAfter(month) + SETTLED_MS;
    if (last !== null && last >= settled) return;
    if (last === null || at - last >= AGAIN_MS || at >= settled) return reckonMonth(db, month, at);
  }
}

/** Run by cron each minute: tells one licensor what the month before earned, once. */
export async function sweepStatements(platform: Platform): Promise<void> {
  const { db, now } = platform;
  const until = monthOf(now());
  if (now() < until + TOLD_AFTER_MS) return;
  const month = monthAfter(until, -1);
  const reckoned = await reckonedAt(db, month);
  if (reckoned === null || reckoned < until + SETTLED_MS) return;
  const licensorId = await licensorWithout(db, month, until);
  if (licensorId) await makeStatement(platform, { licensorId, month, by: null });
}
