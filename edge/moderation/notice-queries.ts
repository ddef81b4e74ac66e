import { and, desc, eq, gt, notExists, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { takedownNotices } from '../../schema/db/moderation.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { selectRow, type Db } from '../platform/db.ts';

export type NoticeRow = typeof takedownNotices.$inferSelect;

const receipt = {
  id: takedownNotices.id,
  state: takedownNotices.state,
  createdAt: takedownNotices.createdAt,
};

/**
 * Keeps a notice, unless the same one came in after `since`: two clicks, or a form that was sent again, are one.
 * @returns the receipt, and whether it is of this row
 */
export async function receive(db: Db, row: NoticeRow, since: number) {
  const same = and(eq(takedownNotices.digest, row.digest), gt(takedownNotices.createdAt, since));
  const [, [kept]] = await db.batch([
    db.insert(takedownNotices).select(
      sql`${selectRow(takedownNotices, row)} where ${notExists(
        db
          .select({ one: sql`1` })
          .from(takedownNotices)
          .where(same),
      )}`,
    ),
    db.select(receipt).from(takedownNotices).where(same).orderBy(desc(takedownNotices.createdAt)).limit(1),
  ]);
  if (!kept) throw new Error('a notice was neither kept nor there before');
  return { receipt: kept, isNew: kept.id === row.id };
}

export const receiptOf = async (db: Db, id: Id<'notice'>) =>
  (await db.select(receipt).from(takedownNotices).where(eq(takedownNotices.id, id)))[0] ?? null;

export const NoticeCursor = v.tuple([v.number(), idSchema('notice')]);

/** The latest first; one more than `limit`. */
export function notices(
  db: Db,
  state: NoticeRow['state'] | undefined,
  after: v.InferOutput<typeof NoticeCursor> | null,
  limit: number,
): Promise<NoticeRow[]> {
  const { createdAt, id } = takedownNotices;
  // A row value, which SQLite seeks along the index (https://sqlite.org/rowvalue.html §2.3); `or` would read all that came before.
  const further = after && sql`(${createdAt}, ${id}) < (${after[0]}, ${after[1]})`;
  return db
    .select()
    .from(takedownNotices)
    .where(and(state && eq(takedownNotices.state, state), further ?? undefined))
    .orderBy(desc(createdAt), desc(id))
    .limit(limit + 1);
}

export const noticeById = async (db: Db, id: Id<'notice'>): Promise<NoticeRow | null> =>
  (await db.select().from(takedownNotices).where(eq(takedownNotices.id, id)))[0] ?? null;

/**
 * Answers a notice that was not answered yet.
 * @returns whether it was this answer: of two at the same moment one is
 */
export async function answerNotice(
  db: Db,
  id: Id<'notice'>,
  answer: Pick<NoticeRow, 'state' | 'answeredAt' | 'answeredBy' | 'answer'>,
): Promise<boolean> {
  const open = and(eq(takedownNotices.id, id), eq(takedownNotices.state, 'received'));
  const answered = await db
    .update(takedownNotices)
    .set(answer)
    .where(open)
    .returning({ id: takedownNotices.id });
  return answered.length > 0;
}

const NAMED = sql.raw('value');
/** Titles by slug and episodes by id, as addresses name them: one parameter for all of each. */
export async function namedIn(db: Db, slugs: readonly string[], ids: readonly string[]) {
  const [bySlug, byId] = await db.batch([
    db
      .select({
        titleId: titles.id,
        slug: titles.slug,
        name: titles.nameMain,
        takenDownAt: titles.takenDownAt,
      })
      .from(titles)
      .where(sql`${titles.slug} in (select ${NAMED} from json_each(${JSON.stringify(slugs)}))`),
    db
      .select({
        titleId: episodes.titleId,
        episodeId: sql<Id<'episode'>>`${episodes.id}`.as('episode_id'),
        season: episodes.season,
        number: episodes.number,
        name: titles.nameMain,
        takenDownAt: sql<number | null>`coalesce(${episodes.takenDownAt}, ${titles.takenDownAt})`.as(
          'down_at',
        ),
      })
      .from(episodes)
      .innerJoin(titles, eq(titles.id, episodes.titleId))
      .where(sql`${episodes.id} in (select ${NAMED} from json_each(${JSON.stringify(ids)}))`),
  ]);
  return { bySlug, byId };
}
