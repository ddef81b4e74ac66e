import { and, asc, eq, or, sql, type SQL } from 'drizzle-orm';
import { episodeOrders, episodes, titleRelations, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Expected } from '../http/if-match.ts';
import type { Db } from '../platform/db.ts';
import type { GivenOrder } from './order.ts';
import { inverseOf, type RelationKind } from './relations.ts';
import { nextRevision, stale } from './revision.ts';

type Change = { expected: Expected; now: number };
/** The title that was changed, at its new revision; null: it is not there. */
type Changed = { revision: number } | 'stale' | null;

/** What a title is related to, for editors: whatever viewers see of it. */
export const relationsOf = (db: Db, titleId: Id<'title'>) =>
  db
    .select({
      kind: titleRelations.kind,
      id: sql<Id<'title'>>`${titles.id}`.as('related'),
      slug: titles.slug,
      name: titles.nameMain,
    })
    .from(titleRelations)
    .innerJoin(titles, eq(titles.id, titleRelations.relatedId))
    .where(eq(titleRelations.titleId, titleId))
    .orderBy(asc(titleRelations.kind), asc(titles.nameMain));

/** A title that is about to change, and how; no row where nothing is going to. */
const touch = (db: Db, id: Id<'title'>, { expected, now }: Change, only?: SQL) =>
  db
    .update(titles)
    .set({ revision: nextRevision(titles, expected), updatedAt: now })
    .where(and(eq(titles.id, id), only))
    .returning({ revision: titles.revision });
/** The other side of a relation changes along, whatever it is at. */
const touchOther = (db: Db, id: Id<'title'>, only?: SQL) =>
  db
    .update(titles)
    .set({ revision: nextRevision(titles, null) })
    .where(and(eq(titles.id, id), only));

/** Relates two titles that are there, or changes how, on both sides at once. @returns null: one of them is not there */
export function relate(
  db: Db,
  [titleId, relatedId]: readonly [Id<'title'>, Id<'title'>],
  kind: RelationKind,
  change: Change,
): Promise<Changed> {
  const both = sql`(select count(*) from titles t where t.id in (${titleId}, ${relatedId})) = 2`;
  const side = (from: Id<'title'>, to: Id<'title'>, kind: RelationKind) =>
    db
      .insert(titleRelations)
      .select(
        sql`select ${from}, ${to}, ${kind} from ${titles} where ${eq(titles.id, from)} and exists (select 1 from titles where id = ${to})`,
      )
      .onConflictDoUpdate({ target: [titleRelations.titleId, titleRelations.relatedId], set: { kind } })
      .returning({ kind: titleRelations.kind });
  return db
    .batch([
      touch(db, titleId, change, both),
      touchOther(db, relatedId, both),
      side(titleId, relatedId, kind),
      side(relatedId, titleId, inverseOf(kind)),
    ])
    .then(([[changed]]) => changed ?? null, stale);
}

/** Takes a relation away, on both sides; also fine where there is none. */
export function unrelate(db: Db, a: Id<'title'>, b: Id<'title'>, change: Change): Promise<Changed> {
  const side = (from: Id<'title'>, to: Id<'title'>) =>
    and(eq(titleRelations.titleId, from), eq(titleRelations.relatedId, to));
  const there = sql`exists (select 1 from ${titleRelations} where ${side(a, b)})`;
  return db
    .batch([
      touch(db, a, change, there),
      touchOther(db, b, there),
      db.delete(titleRelations).where(or(side(a, b), side(b, a))),
    ])
    .then(([[changed]]) => changed ?? null, stale);
}

export const ordersOf = (db: Db, titleId: Id<'title'> | SQL) =>
  db
    .select({ kind: episodeOrders.kind, episodeIds: episodeOrders.episodeIds })
    .from(episodeOrders)
    .where(eq(episodeOrders.titleId, titleId));

/** The ids among some that are no episodes of a title. */
export async function strangers(
  db: Db,
  titleId: Id<'title'>,
  ids: readonly Id<'episode'>[],
): Promise<Id<'episode'>[]> {
  const rows = await db.select({ id: episodes.id }).from(episodes).where(eq(episodes.titleId, titleId));
  const own = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !own.has(id));
}

export function setOrder(
  db: Db,
  titleId: Id<'title'>,
  { kind, episodeIds }: GivenOrder,
  change: Change,
): Promise<Changed> {
  const set = { episodeIds: [...episodeIds] };
  return db
    .batch([
      touch(db, titleId, change),
      db
        .insert(episodeOrders)
        .values({ titleId, kind, ...set })
        .onConflictDoUpdate({ target: [episodeOrders.titleId, episodeOrders.kind], set }),
    ])
    .then(([[changed]]) => changed ?? null, stale);
}

/** Also fine where there is none. */
export function dropOrder(
  db: Db,
  titleId: Id<'title'>,
  kind: GivenOrder['kind'],
  change: Change,
): Promise<Changed> {
  const which = and(eq(episodeOrders.titleId, titleId), eq(episodeOrders.kind, kind));
  return db
    .batch([
      touch(db, titleId, change, sql`exists (select 1 from ${episodeOrders} where ${which})`),
      db.delete(episodeOrders).where(which),
    ])
    .then(([[changed]]) => changed ?? null, stale);
}
