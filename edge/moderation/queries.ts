import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { takedowns } from '../../schema/db/rights.ts';
import type { Id } from '../../schema/ids.ts';
import { countEpisodes } from '../catalog/title-facts.ts';
import { selectRow, type Db } from '../platform/db.ts';
import { watchable } from '../playback/revoke.ts';

export type TakedownRow = typeof takedowns.$inferSelect;
/** A title, or one episode of it. */
export type Target = { titleId: Id<'title'>; episodeId: Id<'episode'> | null };

const rowOf = ({ titleId, episodeId }: Target) =>
  episodeId === null
    ? { table: titles, is: eq(titles.id, titleId) }
    : { table: episodes, is: eq(episodes.id, episodeId) };
const ofTarget = ({ titleId, episodeId }: Target) =>
  and(
    eq(takedowns.titleId, titleId),
    episodeId === null ? isNull(takedowns.episodeId) : eq(takedowns.episodeId, episodeId),
    isNull(takedowns.liftedAt),
  );

export const titleOf = async (db: Db, id: Id<'episode'>): Promise<Id<'title'> | null> =>
  (await db.select({ titleId: episodes.titleId }).from(episodes).where(eq(episodes.id, id)))[0]?.titleId ??
  null;

/**
 * Takes something down, at once: the switch and why. Once it is down, it stays as it is.
 * @returns the takedown in force; null: there is no such title
 */
export async function takeDown(db: Db, row: TakedownRow): Promise<TakedownRow | null> {
  const { table, is } = rowOf(row);
  const [, , [inForce]] = await db.batch([
    db
      .insert(takedowns)
      .select(sql`${selectRow(takedowns, row)} from ${table} where ${and(is, isNull(table.takenDownAt))}`),
    db
      .update(table)
      .set({ takenDownAt: row.at, updatedAt: row.at })
      .where(and(is, isNull(table.takenDownAt))),
    db.select().from(takedowns).where(ofTarget(row)).limit(1),
    ...countEpisodes(db, row.titleId), // what was published while it was down counts only once it is back
  ]);
  return inForce ?? null;
}

/** Takes a takedown back, at once. Null: it is not down. */
export async function lift(
  db: Db,
  target: Target,
  { by, at, because }: { by: string; at: number; because: string },
): Promise<TakedownRow | null> {
  const { table, is } = rowOf(target);
  const [[lifted]] = await db.batch([
    db
      .update(takedowns)
      .set({ liftedAt: at, liftedBy: by, liftedBecause: because })
      .where(ofTarget(target))
      .returning(),
    db
      .update(table)
      .set({ takenDownAt: null, updatedAt: at })
      .where(and(is, isNotNull(table.takenDownAt))),
    ...countEpisodes(db, target.titleId),
  ]);
  return lifted ?? null;
}

/** Of a title and its episodes, the latest first. */
export const takedownsOf = (db: Db, titleId: Id<'title'>): Promise<TakedownRow[]> =>
  db
    .select()
    .from(takedowns)
    .where(eq(takedowns.titleId, titleId))
    .orderBy(desc(takedowns.at), desc(takedowns.id));

export const assetsOf = (db: Db, { titleId, episodeId }: Target): Promise<Id<'asset'>[]> =>
  watchable(
    db,
    and(eq(episodes.titleId, titleId), episodeId === null ? undefined : eq(episodes.id, episodeId)),
  );
