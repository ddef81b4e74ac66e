import { asc, desc, notExists, sql, type SQL } from 'drizzle-orm';
import { alias, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { advertPlays } from '../../schema/db/ads.ts';
import { advertDays, foldedDays, ledger, moneyDays, playDays } from '../../schema/db/books.ts';
import { plays } from '../../schema/db/library.ts';
import type { Db } from '../platform/db.ts';
import { DAY, dayOf } from './months.ts';
import { planDay } from './plan-day.ts';

// Sums of a day, of what is logged play by play. Each is one statement: D1 groups, and a Worker never holds a log in memory.

/** What began on a day may still be written so long after its end: a play lasts half a day at most, and D1 may have been away. */
export const SETTLED_MS = 36 * 3_600_000;
/** A day that may still change is reckoned so often. */
const AGAIN_MS = 3_600_000;
/** Days that are missing, such as all of them at first, at a time. */
const AT_ONCE = 8;

/** Whole numbers of ours, in the text of a statement that says them often: D1 binds a hundred at most. */
export const whole = (value: number): SQL => sql.raw(String(Math.trunc(value)));
const within = (column: SQL | { getSQL(): SQL }, day: number) =>
  sql`${column} >= ${whole(day)} and ${column} < ${whole(day + DAY)}`;

/** Of a play that gave out nothing there is nothing to tell. */
const playsOf = (day: number) => sql`
  select ${whole(day)} as day, title_id, licence_id, coalesce(country, '') as country, coalesce(audio, '') as audio,
    coalesce(plan_id, '') as plan_id, model, coalesce(given, '') as given,
    count(*) as plays, sum(cast(round(seconds) as integer)) as seconds
  from ${plays} where ${within(plays.startedAt, day)} and periods > 0 group by 2, 3, 4, 5, 6, 7, 8`;
/** Its advertisements are all there still; where some are forgotten, the sums of when they were stay. In one transaction with what asks. */
const advertsKept = (day: number) => sql`not exists (
  select 1 from ${foldedDays} where ${foldedDays.day} = ${whole(day)} and ${foldedDays.advertsForgottenAt} is not null)`;
const advertsOf = (day: number) => sql`
  select ${whole(day)} as day, title_id, licence_id, coalesce(country, '') as country, coalesce(language, '') as audio,
    currency, count(*) as shown, sum(millis) as millis
  from ${advertPlays} where ${within(advertPlays.at, day)} and currency is not null and ${advertsKept(day)}
  group by 2, 3, 4, 5, 6`;
const moneyOf = (day: number) => sql`
  select ${whole(day)} as day, kind, coalesce(country, '') as country, coalesce(plan_id, '') as plan_id,
    coalesce(iif(title_id is null, '', model), '') as model, currency,
    count(*) as entries, sum(amount) as amount, sum(tax) as tax
  from ${ledger} where ${within(ledger.at, day)} group by 2, 3, 4, 5, 6`;

/** `kept`: the log is whole. */
type Sums = { key: readonly string[]; sums: readonly string[]; kept?: SQL };
const list = (names: readonly string[]) => sql.raw(names.join(', '));

/** Sums that changed are written, and what there is nothing of any more goes: a day that comes out as it was costs no write. */
function put(db: Db, table: SQLiteTable, day: number, rows: SQL, { key, sums, kept = sql`true` }: Sums) {
  const each = (between: string, say: (name: string) => string) => sql.raw(sums.map(say).join(between));
  const taken = each(', ', (name) => `${name} = excluded.${name}`);
  const changed = each(' or ', (name) => `${name} <> excluded.${name}`);
  return [
    db
      .insert(table)
      .select(sql`${rows} on conflict (day, ${list(key)}) do update set ${taken} where ${changed}`),
    db
      .delete(table)
      .where(
        sql`day = ${whole(day)} and ${kept} and (${list(key)}) not in (select ${list(key)} from (${rows}))`,
      ),
  ] as const;
}

/** Reckons a day (its beginning) from the logs. May be repeated at any time, also side by side: it comes out the same. */
export async function foldDay(db: Db, day: number, now: number): Promise<void> {
  await db.batch([
    ...put(db, playDays, day, playsOf(day), {
      key: ['title_id', 'licence_id', 'country', 'audio', 'plan_id', 'model', 'given'],
      sums: ['plays', 'seconds'],
    }),
    ...put(db, advertDays, day, advertsOf(day), {
      key: ['title_id', 'licence_id', 'country', 'audio', 'currency'],
      sums: ['shown', 'millis'],
      kept: advertsKept(day),
    }),
    ...put(db, moneyDays, day, moneyOf(day), {
      key: ['kind', 'country', 'plan_id', 'model', 'currency'],
      sums: ['entries', 'amount', 'tax'],
    }),
    // How subscriptions stand is known of now only, what came of them on a day a little longer.
    ...(now < day + DAY + SETTLED_MS ? planDay(db, day, now) : []),
    db
      .insert(foldedDays)
      .values({ day, foldedAt: now })
      .onConflictDoUpdate({ target: foldedDays.day, set: { foldedAt: now } }),
  ]);
}

/**
 * Days that are to be reckoned now: those that may have changed, those of which the ledger was told late, those since the last one, and those before the newest one that has none
 * before it, as far back as there is anything: at first that is all of them, later what was brought in from elsewhere.
 */
export async function daysDue(db: Db, now: number): Promise<number[]> {
  const today = dayOf(now);
  const before = alias(foldedDays, 'before');
  const none = notExists(
    db
      .select({ day: before.day })
      .from(before)
      .where(sql`${before.day} = ${foldedDays.day} - ${whole(DAY)}`),
  );
  const [last, late, [edge], [play], [entry], [advert]] = await db.batch([
    db.select().from(foldedDays).orderBy(desc(foldedDays.day)).limit(3),
    db
      .select({ day: foldedDays.day })
      .from(foldedDays)
      .where(sql`folded_at = 0`) // word for word as the partial index has it
      .orderBy(desc(foldedDays.day))
      .limit(AT_ONCE),
    db.select().from(foldedDays).where(none).orderBy(desc(foldedDays.day)).limit(1),
    db.select({ at: plays.startedAt }).from(plays).orderBy(asc(plays.startedAt)).limit(1),
    db.select({ at: ledger.at }).from(ledger).orderBy(asc(ledger.at)).limit(1),
    db.select({ at: advertPlays.at }).from(advertPlays).orderBy(asc(advertPlays.at)).limit(1),
  ]);
  const again = last
    .filter(({ day, foldedAt }) => foldedAt < day + DAY + SETTLED_MS && now - foldedAt >= AGAIN_MS)
    .map(({ day }) => day);
  const oldest = Math.min(today, ...[play, entry, advert].map((row) => (row ? dayOf(row.at) : today)));
  const missing: number[] = [];
  for (let day = last[0] ? last[0].day + DAY : today; day <= today; day += DAY) missing.push(day);
  for (let day = (edge?.day ?? today) - DAY; day >= oldest && missing.length < AT_ONCE; day -= DAY)
    missing.push(day);
  return [...new Set([...again, ...late.map(({ day }) => day), ...missing.slice(0, AT_ONCE)])];
}
