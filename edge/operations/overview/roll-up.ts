import { and, eq, gte, lt, sql } from 'drizzle-orm';
import { users } from '../../../schema/db/accounts.ts';
import { dailyShares, hourlyNumbers } from '../../../schema/db/insights.ts';
import { plays } from '../../../schema/db/library.ts';
import { jobs } from '../../../schema/db/media.ts';
import type { Db } from '../../platform/db.ts';
import type { Platform } from '../../platform/platform.ts';
import { DAY, dayOf, firstDay, HOUR } from './days.ts';

const MINUTE = 60_000;
/** How often today is reckoned. Each time reads today’s plays once for each of three sums; what it costs: ADR 0077. */
const EVERY_MINUTES = 10;
/** Plays that began yesterday go on, and are written when they end: yesterday is reckoned again this long into today. */
const LATE_MS = 6 * HOUR;
/** Days that are missing, such as all of them at first, at a time. */
const AT_ONCE = 8;
/** A job that took longer than this is not counted: the index is by the day it began. */
const LONGEST_JOB_MS = 7 * DAY;
/** What of a day is kept by title and by country. */
const MOST = 50;

/** Run by cron each minute: the sums that the overview shows. */
export async function sweepNumbers({ db, now }: Platform): Promise<void> {
  const at = now();
  if (Math.floor(at / MINUTE) % EVERY_MINUTES !== 0) return;
  const today = dayOf(at);
  const stored = await daysStored(db, firstDay(at));
  const missing: number[] = [];
  for (let day = firstDay(at); day < today; day += DAY) if (!stored.has(day)) missing.push(day);
  const late = at - today < LATE_MS ? [today - DAY] : [];
  for (const day of new Set([today, ...late, ...missing.slice(-AT_ONCE)])) await rollUp(db, day, at);
}

async function daysStored(db: Db, from: number): Promise<Set<number>> {
  const day = sql<number>`${hourlyNumbers.hour} - ${hourlyNumbers.hour} % ${sql.raw(String(DAY))}`;
  const rows = await db.selectDistinct({ day }).from(hourlyNumbers).where(gte(hourlyNumbers.hour, from));
  return new Set(rows.map((row) => row.day));
}

/**
 * Reckons a day (its beginning, ms UTC) from plays, accounts and jobs, and puts it in the place of what was stored of it. May be
 * repeated at any time, also side by side: it comes out the same.
 */
export async function rollUp(db: Db, day: number, now: number): Promise<void> {
  const [end, until] = [day + DAY, Math.min(day + DAY, now)];
  const within = sql`${plays.startedAt} >= ${day} and ${plays.startedAt} < ${end}`;
  const shares = (kind: 'title' | 'country', of: typeof plays.titleId | typeof plays.country) =>
    db.insert(dailyShares).select(
      sql`select ${day}, ${kind}, coalesce(${of}, ''), count(*), sum(${plays.seconds}) from ${plays}
        where ${within} group by 3 order by 5 desc limit ${sql.raw(String(MOST))}`,
    );
  await db.batch([
    db.delete(hourlyNumbers).where(and(gte(hourlyNumbers.hour, day), lt(hourlyNumbers.hour, end))),
    db.insert(hourlyNumbers).select(sql`
      with recursive hours(hour) as (
        select ${day} union all select hour + ${HOUR} from hours where hour + ${HOUR} < ${until}),
      happened(at, plays, seconds, viewers, accounts, encodes, encode_seconds) as (
        select ${plays.startedAt}, 1, ${plays.seconds}, 0, 0, 0, 0 from ${plays} where ${within}
        union all
        select min(${plays.startedAt}), 0, 0, 1, 0, 0, 0 from ${plays}
          where ${within} and ${plays.userId} is not null group by ${plays.userId}
        union all
        select ${users.createdAt}, 0, 0, 0, 1, 0, 0 from ${users}
          where ${users.createdAt} >= ${day} and ${users.createdAt} < ${end}
        union all
        select ${jobs.finishedAt}, 0, 0, 0, 0, 1, (${jobs.finishedAt} - ${jobs.createdAt}) / 1000.0 from ${jobs}
          where ${jobs.state} = 'ready' and ${jobs.createdAt} >= ${day - LONGEST_JOB_MS} and ${jobs.createdAt} < ${end}
          and ${jobs.finishedAt} >= ${day} and ${jobs.finishedAt} < ${end} and ${jobs.change} is null)
      select hours.hour, coalesce(sum(plays), 0), coalesce(sum(seconds), 0), coalesce(sum(viewers), 0),
        coalesce(sum(accounts), 0), coalesce(sum(encodes), 0), coalesce(sum(encode_seconds), 0)
      from hours left join happened on happened.at - happened.at % ${HOUR} = hours.hour group by hours.hour`),
    db.delete(dailyShares).where(and(eq(dailyShares.day, day), eq(dailyShares.kind, 'title'))),
    db.delete(dailyShares).where(and(eq(dailyShares.day, day), eq(dailyShares.kind, 'country'))),
    shares('title', plays.titleId),
    shares('country', plays.country),
  ]);
}
