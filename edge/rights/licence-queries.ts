import { and, asc, desc, eq, exists, gt, isNotNull, isNull, lte, not, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import * as v from 'valibot';
import type { LicenceExport, LicenceState } from '../../schema/api/rights-room.ts';
import { titles } from '../../schema/db/catalog.ts';
import { holdbacks, licences, licensors } from '../../schema/db/rights.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';

type Filter = v.InferOutput<typeof LicenceExport>;
const DAY = 86_400_000;
/** How many rows one page looks at where few may fit what the list is narrowed by: a page that found too little goes on from there. */
const LOOKED_AT = 500;

const later = alias(licences, 'later');
const isAmended = (db: Db) =>
  exists(
    db
      .select({ one: sql`1` })
      .from(later)
      .where(eq(later.amends, licences.id)),
  );
const shown = (db: Db) => ({
  row: licences,
  titleName: titles.nameMain,
  titleSlug: titles.slug,
  licensorName: licensors.name,
  amended: sql<number>`${isAmended(db)}`.as('amended'),
});
const listed = (db: Db) =>
  db
    .select(shown(db))
    .from(licences)
    .innerJoin(titles, eq(titles.id, licences.titleId))
    .leftJoin(licensors, eq(licensors.id, licences.licensorId));
export type ListedLicence = Awaited<ReturnType<typeof listed>>[number];

/** What is left of the walk along an index: conditions that no index knows. */
function narrowed(db: Db, { territory, model, state }: Filter, now: number): SQL[] {
  const { startsAt, endsAt, endedAt } = licences;
  const states: Record<LicenceState, SQL | undefined> = {
    current: and(
      isNull(endedAt),
      or(isNull(startsAt), lte(startsAt, now)),
      or(isNull(endsAt), gt(endsAt, now)),
    ),
    future: and(isNull(endedAt), gt(startsAt, now), or(isNull(endsAt), gt(endsAt, now))),
    over: and(isNull(endedAt), lte(endsAt, now)),
    amended: and(isNotNull(endedAt), isAmended(db)),
    revoked: and(isNotNull(endedAt), not(isAmended(db))),
  };
  return [
    territory &&
      sql`(${licences.territoryMode} = 'include') = exists (select 1 from json_each(${licences.countries}) where value = ${territory})`,
    model && sql`exists (select 1 from json_each(${licences.models}) where value = ${model})`,
    state && states[state],
  ].filter((one): one is SQL => Boolean(one));
}

const newest = v.tuple([idSchema('licence')]);
const byEnd = v.tuple([v.number(), idSchema('licence')]);
type Key = v.InferOutput<typeof newest> | v.InferOutput<typeof byEnd>;
/** What a cursor of a list holds: where it stands in the list's order. */
export const licenceCursor = ({ endsWithin }: Filter): v.GenericSchema<unknown, Key> =>
  endsWithin === undefined ? newest : byEnd;

/**
 * Licences page by page: the newest first, or by their end. Walks along an index, and looks at no more than `LOOKED_AT` rows.
 * @returns at most `limit` rows, and where to go on; null: there are no more
 */
export async function licencePage(
  db: Db,
  filter: Filter,
  { after, limit, now }: { after: Key | null; limit: number; now: number },
): Promise<{ rows: ListedLicence[]; next: Key | null }> {
  const { id, endsAt, endedAt, licensorId } = licences;
  const { endsWithin } = filter;
  const conditions = narrowed(db, filter, now);
  const along = and(
    filter.licensor && eq(licensorId, filter.licensor),
    ...(endsWithin === undefined
      ? []
      : [isNull(endedAt), gt(endsAt, now), lte(endsAt, now + endsWithin * DAY)]),
    (after &&
      (after.length === 2
        ? sql`(${endsAt}, ${id}) > (${after[0]}, ${after[1]})`
        : sql`${id} < ${after[0]}`)) ??
      undefined,
  );
  const order = endsWithin === undefined ? [desc(id)] : [asc(endsAt), asc(id)];
  const most = conditions.length > 0 ? LOOKED_AT : limit + 1;
  const walk = db
    .select({ id, endsAt })
    .from(licences)
    .where(along)
    .orderBy(...order)
    .limit(most);
  const ids = db
    .select({ id })
    .from(licences)
    .where(along)
    .orderBy(...order)
    .limit(most);
  const [walked, rows] = await db.batch([
    walk,
    listed(db)
      .where(and(sql`${id} in ${ids}`, ...conditions))
      .orderBy(...order)
      .limit(limit + 1),
  ]);
  const key = (row: { id: Id<'licence'>; endsAt: number | null }): Key =>
    row.endsAt === null || endsWithin === undefined ? [row.id] : [row.endsAt, row.id];
  if (rows.length > limit) return { rows: rows.slice(0, limit), next: key(rows[limit - 1]!.row) };
  const last = walked.length === most && conditions.length > 0 ? walked.at(-1) : undefined;
  return { rows, next: last ? key(last) : null };
}

/** A licence with all that amended each other; null: there is none. */
export async function licenceWithHistory(db: Db, id: Id<'licence'>) {
  const chain = sql`(with recursive chain(id) as (
    select ${id} union
    select amends from licences join chain using (id) where amends is not null union
    select licences.id from licences join chain on licences.amends = chain.id) select id from chain)`;
  const [[one], history] = await db.batch([
    listed(db).where(eq(licences.id, id)),
    db
      .select({ row: licences, amended: sql<number>`${isAmended(db)}`.as('amended') })
      .from(licences)
      .where(sql`${licences.id} in ${chain}`)
      .orderBy(asc(licences.createdAt), asc(licences.id)),
  ]);
  return one ? { ...one, history } : null;
}

const HOLDBACKS = 200;
/** A licensor and what it holds back, the newest first; null: there is no such licensor. */
export async function licensorWithHoldbacks(db: Db, id: Id<'licensor'>) {
  const [[licensor], held] = await db.batch([
    db.select().from(licensors).where(eq(licensors.id, id)),
    db
      .select({ row: holdbacks, titleName: titles.nameMain })
      .from(holdbacks)
      .innerJoin(titles, eq(titles.id, holdbacks.titleId))
      .where(eq(holdbacks.licensorId, id))
      .orderBy(desc(holdbacks.id))
      .limit(HOLDBACKS),
  ]);
  return licensor ? { licensor, held } : null;
}
