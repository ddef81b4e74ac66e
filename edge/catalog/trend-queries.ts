import { sql } from 'drizzle-orm';
import { plays } from '../../schema/db/library.ts';
import { titles } from '../../schema/db/catalog.ts';
import type { Db } from '../platform/db.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** Where more was watched in a week than this, the latest plays stand for all: reading is bounded, whatever the platform’s size. */
const MOST = 100_000;

/**
 * Writes each title’s trend: a play counts 1, less by a seventh of that for each day since, nothing after a week. Reads an index of the
 * plays only, the latest ones first, and writes only titles whose trend is another one now.
 */
export async function writeTrends(db: Db, now: number): Promise<void> {
  await db.run(sql`
    with latest as materialized (
      select ${plays.titleId} as title_id, ${plays.startedAt} as at from ${plays}
      where ${plays.startedAt} > ${now - WEEK} and ${plays.startedAt} <= ${now}
      order by ${plays.startedAt} desc limit ${MOST}),
    trends as materialized (
      select title_id, round(sum(1.0 - (${now} - at) * 1.0 / ${WEEK}), 3) as trend from latest group by title_id),
    changed as (
      select trends.title_id, trends.trend from trends join ${titles} t on t.id = trends.title_id
      where t.trend <> trends.trend
      union all
      select t.id, 0 from ${titles} t where t.trend > 0 and t.id not in (select title_id from trends))
    update ${titles} set trend = changed.trend from changed where ${titles.id} = changed.title_id`);
}
