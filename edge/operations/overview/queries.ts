import { and, asc, desc, eq, gte, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { Needing, NeedKind } from '../../../schema/api/overview.ts';
import { reconciliations, stripeEvents } from '../../../schema/db/billing.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { dailyShares, hourlyNumbers, sweepFailures } from '../../../schema/db/insights.ts';
import { jobs } from '../../../schema/db/media.ts';
import { takedownNotices } from '../../../schema/db/moderation.ts';
import { rightsAttention } from '../../../schema/db/rights.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Db } from '../../platform/db.ts';
import { COUNTED } from './attention.ts';
import { DAY, dayOf, firstDay } from './days.ts';

const WEEK = 7 * DAY;
/** Licences that end within this are named. */
const SOON = 30 * DAY;
const LIMIT = COUNTED + 1;

type Columns = { [K in keyof Needing]: SQL.Aliased<Needing[K]> };
/** Columns of one kind of list; what is not given is null. */
const columns = (given: { [K in keyof Needing]?: SQL | { getSQL(): SQL } }): Columns =>
  Object.fromEntries(
    (['id', 'name', 'titleId', 'episodeId', 'season', 'number', 'at', 'detail'] as const).map((key) => [
      key,
      sql`${given[key] ?? null}`.as(`needing_${key}`),
    ]),
  ) as Columns;
const ofEpisode = {
  name: titles.nameMain,
  titleId: episodes.titleId,
  episodeId: episodes.id,
  season: episodes.season,
  number: episodes.number,
};
const episodeList = (db: Db, given: Parameters<typeof columns>[0]) =>
  db
    .select(columns({ ...ofEpisode, id: episodes.id, ...given }))
    .from(episodes)
    .innerJoin(titles, eq(titles.id, episodes.titleId));
const titleList = (db: Db, without: 'poster' | 'backdrop') =>
  db
    .select(columns({ id: titles.id, name: titles.nameMain, titleId: titles.id }))
    .from(titles)
    // Word for word as its index says it (schema/db/catalog.ts).
    .where(sql.raw(`${without} is null`))
    .orderBy(desc(titles.updatedAt), desc(titles.id))
    .limit(LIMIT);

/** Each list along an index of its own, and no further than is counted: an overview reads some hundred rows of each at most. */
const lists = {
  // Only what was not begun anew since: the newest job of its episode.
  'failed-jobs': (db: Db, now: number) =>
    db
      .select(columns({ ...ofEpisode, id: jobs.id, at: jobs.finishedAt, detail: jobs.problem }))
      .from(jobs)
      .innerJoin(episodes, eq(episodes.id, jobs.episodeId))
      .innerJoin(titles, eq(titles.id, episodes.titleId))
      .where(
        and(
          eq(jobs.state, 'failed'),
          gte(jobs.createdAt, now - WEEK),
          sql`not exists (select 1 from jobs newer where newer.episode_id = ${jobs.episodeId} and newer.created_at > ${jobs.createdAt})`,
        ),
      )
      .orderBy(desc(jobs.createdAt), desc(jobs.id))
      .limit(LIMIT),
  'publish-refused': (db: Db) =>
    episodeList(db, { at: episodes.updatedAt, detail: episodes.publishRefused })
      .where(sql.raw('publish_refused is not null'))
      .orderBy(desc(episodes.updatedAt), desc(episodes.id))
      .limit(LIMIT),
  airing: (db: Db, now: number) =>
    episodeList(db, { at: episodes.airsAt })
      .where(
        and(
          sql.raw('asset_id is null and ready_asset_id is null'),
          gte(episodes.airsAt, now - DAY),
          lt(episodes.airsAt, now + WEEK),
        ),
      )
      .orderBy(asc(episodes.airsAt), asc(episodes.id))
      .limit(LIMIT),
  // What is to be published later needs nobody.
  ready: (db: Db) =>
    episodeList(db, { at: episodes.updatedAt })
      .where(and(sql.raw('ready_asset_id is not null'), isNull(episodes.publishAt)))
      .orderBy(desc(episodes.updatedAt), desc(episodes.id))
      .limit(LIMIT),
  'licences-ending': (db: Db, now: number) =>
    db
      .select(columns({ id: titles.id, name: titles.nameMain, titleId: titles.id, at: rightsAttention.at }))
      .from(rightsAttention)
      .innerJoin(titles, eq(titles.id, rightsAttention.titleId))
      .where(
        and(
          eq(rightsAttention.kind, 'ending'),
          gte(rightsAttention.at, now),
          lt(rightsAttention.at, now + SOON),
        ),
      )
      .orderBy(asc(rightsAttention.at), asc(rightsAttention.titleId), asc(rightsAttention.number))
      .limit(LIMIT),
  notices: (db: Db) =>
    db
      .select(columns({ id: takedownNotices.id, name: takedownNotices.work, at: takedownNotices.createdAt }))
      .from(takedownNotices)
      .where(eq(takedownNotices.state, 'received'))
      .orderBy(asc(takedownNotices.createdAt), asc(takedownNotices.id))
      .limit(LIMIT),
  posterless: (db: Db) => titleList(db, 'poster'),
  backdropless: (db: Db) => titleList(db, 'backdrop'),
  sweeps: (db: Db) =>
    db
      .select(
        columns({
          id: sweepFailures.sweep,
          name: sweepFailures.sweep,
          at: sweepFailures.since,
          detail: sweepFailures.error,
        }),
      )
      .from(sweepFailures)
      .orderBy(desc(sweepFailures.at))
      .limit(LIMIT),
  'dead-events': (db: Db) =>
    db
      .select(
        columns({
          id: stripeEvents.id,
          name: stripeEvents.type,
          at: stripeEvents.receivedAt,
          detail: stripeEvents.problem,
        }),
      )
      .from(stripeEvents)
      .where(eq(stripeEvents.state, 'dead'))
      .orderBy(asc(stripeEvents.receivedAt), asc(stripeEvents.id))
      .limit(LIMIT),
  // What last night's comparison with Stripe found: until the next one finds nothing.
  drift: (db: Db) =>
    db
      .select(
        columns({
          id: sql`value ->> 'id'`,
          name: sql`value ->> 'id'`,
          at: reconciliations.startedAt,
          detail: sql`value ->> 'what'`,
        }),
      )
      .from(reconciliations)
      .crossJoin(sql`json_each(${reconciliations.findings})`)
      .where(sql`${reconciliations.startedAt} = (select max(started_at) from reconciliations)`)
      .limit(LIMIT),
};

/** What needs somebody, of some kinds, with the stored numbers: one round trip. */
export async function overviewRows(db: Db, kinds: readonly NeedKind[], now: number) {
  const since = dayOf(now) - 6 * DAY;
  const plays = sql<number>`sum(${dailyShares.plays})`.as('total_plays');
  const seconds = sql<number>`sum(${dailyShares.seconds})`.as('total_seconds');
  const [hours, watched, countries, ...needing] = await db.batch([
    db
      .select()
      .from(hourlyNumbers)
      .where(gte(hourlyNumbers.hour, firstDay(now))),
    db
      .select({ id: sql<Id<'title'>>`${titles.id}`.as('title_id'), name: titles.nameMain, plays, seconds })
      .from(dailyShares)
      .innerJoin(titles, eq(titles.id, dailyShares.of))
      .where(and(eq(dailyShares.kind, 'title'), gte(dailyShares.day, since)))
      .groupBy(dailyShares.of)
      .orderBy(sql`total_seconds desc`)
      .limit(10),
    db
      .select({ code: dailyShares.of, plays, seconds })
      .from(dailyShares)
      .where(and(eq(dailyShares.kind, 'country'), gte(dailyShares.day, since)))
      .groupBy(dailyShares.of)
      .orderBy(sql`total_seconds desc`)
      .limit(10),
    ...kinds.map((kind) => lists[kind](db, now)),
  ]);
  return { hours, watched, countries, needing: kinds.map((kind, i) => [kind, needing[i] ?? []] as const) };
}

/** Remembers which sweeps failed, and forgets those that ran through. */
export async function noteSweeps(
  db: Db,
  { ran, failed }: { ran: readonly string[]; failed: readonly { sweep: string; error: string }[] },
  now: number,
): Promise<void> {
  // Nearly always this is all: one read of an empty table.
  const known = await db.select({ sweep: sweepFailures.sweep }).from(sweepFailures);
  for (const { sweep } of known.filter((row) => ran.includes(row.sweep)))
    await db.delete(sweepFailures).where(eq(sweepFailures.sweep, sweep));
  for (const { sweep, error } of failed)
    await db
      .insert(sweepFailures)
      .values({ sweep, error, since: now, at: now, times: 1 })
      .onConflictDoUpdate({
        target: sweepFailures.sweep,
        set: { error, at: now, times: sql`${sweepFailures.times} + 1` },
      });
}
