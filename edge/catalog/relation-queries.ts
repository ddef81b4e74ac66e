import { and, asc, eq, or, sql, type SQL } from 'drizzle-orm';
import { episodeOrders, episodes, titleRelations, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';
import type { GivenOrder } from './order.ts';
import { inverseOf, type RelationKind } from './relations.ts';

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

/** Relates two titles that are there, or changes how, on both sides at once. @returns false: one of them is not there */
export async function relate(
  db: Db,
  [titleId, relatedId]: readonly [Id<'title'>, Id<'title'>],
  kind: RelationKind,
): Promise<boolean> {
  const side = (from: Id<'title'>, to: Id<'title'>, kind: RelationKind) =>
    db
      .insert(titleRelations)
      .select(
        sql`select ${from}, ${to}, ${kind} from ${titles} where ${eq(titles.id, from)} and exists (select 1 from titles where id = ${to})`,
      )
      .onConflictDoUpdate({ target: [titleRelations.titleId, titleRelations.relatedId], set: { kind } })
      .returning({ kind: titleRelations.kind });
  const [one, other] = await db.batch([
    side(titleId, relatedId, kind),
    side(relatedId, titleId, inverseOf(kind)),
  ]);
  return one.length === 1 && other.length === 1;
}

/** Takes a relation away, on both sides; also fine where there is none. */
export async function unrelate(db: Db, a: Id<'title'>, b: Id<'title'>): Promise<void> {
  const side = (from: Id<'title'>, to: Id<'title'>) =>
    and(eq(titleRelations.titleId, from), eq(titleRelations.relatedId, to));
  await db.delete(titleRelations).where(or(side(a, b), side(b, a)));
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

export async function setOrder(
  db: Db,
  titleId: Id<'title'>,
  { kind, episodeIds }: GivenOrder,
): Promise<void> {
  const set = { episodeIds: [...episodeIds] };
  await db
    .insert(episodeOrders)
    .values({ titleId, kind, ...set })
    .onConflictDoUpdate({ target: [episodeOrders.titleId, episodeOrders.kind], set });
}

export async function dropOrder(db: Db, titleId: Id<'title'>, kind: GivenOrder['kind']): Promise<void> {
  await db.delete(episodeOrders).where(and(eq(episodeOrders.titleId, titleId), eq(episodeOrders.kind, kind)));
}
