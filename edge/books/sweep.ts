import type { Platform } from '../platform/platform.ts';
import { daysDue, foldDay, SETTLED_MS } from './fold.ts';
import { DAY, monthAfter, monthOf } from './months.ts';
import { reckonMonth } from './reckon.ts';
import { licensorWithout, monthDue, reckonedAt } from './statement-queries.ts';
import { makeStatement } from './statements.ts';

/** What a month earned is reckoned so often while it may change. */
const AGAIN_MS = 6 * 3_600_000;
/** Statements are made on the fifth: by then what was watched, paid and reconciled has settled. */
const TOLD_AFTER_MS = 4 * DAY;

/** Run by cron each minute: sums of the days that are due; once there are none, a month of those whose days changed. */
export async function sweepBooks({ db, now }: Platform): Promise<void> {
  const due = await daysDue(db, now());
  for (const day of due) await foldDay(db, day, now());
  if (due.length > 0) return;
  const month = await monthDue(db, now() - AGAIN_MS);
  if (month !== null) await reckonMonth(db, month, now());
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
  if (licensorId) await makeStatement(platform, { licensorId, month, by: null, anew: false });
}
