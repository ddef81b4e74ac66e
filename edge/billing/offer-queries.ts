import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { offers, purchases } from '../../schema/db/billing.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { holdbacks, licences } from '../../schema/db/rights.ts';
import type { Id } from '../../schema/ids.ts';
import { selectRow, type Db } from '../platform/db.ts';
import type { Subject } from '../rights/terms.ts';

export type OfferRow = typeof offers.$inferSelect;

export async function offerById(db: Db, id: Id<'offer'>): Promise<OfferRow | null> {
  const [row] = await db.select().from(offers).where(eq(offers.id, id));
  return row ?? null;
}

/** A title's offers: the whole one's first, then by season and episode. */
export const offersOf = (db: Db, titleId: Id<'title'>): Promise<OfferRow[]> =>
  db
    .select()
    .from(offers)
    .where(eq(offers.titleId, titleId))
    .orderBy(asc(offers.season), asc(offers.episodeId), asc(offers.createdAt));

/** What `decide` asks of a title's episodes, and what it is called; null: there is no such title. */
export async function titleForSale(db: Db, by: { slug: string } | { id: Id<'title'> }) {
  const [title] = await db
    .select({
      id: titles.id,
      name: titles.nameMain,
      slug: titles.slug,
      ageRating: titles.ageRating,
      takenDownAt: titles.takenDownAt,
      draft: titles.draft,
    })
    .from(titles)
    .where('slug' in by ? eq(titles.slug, by.slug) : eq(titles.id, by.id));
  if (!title) return null;
  const [all, licensed, held] = await db.batch([
    db
      .select({
        id: episodes.id,
        season: episodes.season,
        number: episodes.number,
        airsAt: episodes.airsAt,
        takenDownAt: episodes.takenDownAt,
        published: sql<number>`${episodes.assetId} is not null and ${episodes.publishedAt} is not null`.as(
          'published',
        ),
      })
      .from(episodes)
      .where(eq(episodes.titleId, title.id)),
    db
      .select()
      .from(licences)
      .where(and(eq(licences.titleId, title.id), isNull(licences.endedAt))),
    db.select().from(holdbacks).where(eq(holdbacks.titleId, title.id)),
  ]);
  const subjects = all.map(({ takenDownAt, published, ...episode }): Subject => ({
    ...episode,
    published: Boolean(published) && !title.draft,
    ageRating: title.ageRating,
    takenDown: takenDownAt !== null || title.takenDownAt !== null,
  }));
  return { title, episodes: subjects, rights: { licences: licensed, holdbacks: held } };
}

export const boughtOf = (db: Db, userId: string, titleId: Id<'title'>) =>
  db
    .select()
    .from(purchases)
    .where(and(eq(purchases.userId, userId), eq(purchases.titleId, titleId)));

const samePart = ({ titleId, season, episodeId, kind }: OfferRow) =>
  sql`title_id = ${titleId} and kind = ${kind} and season is ${season} and episode_id is ${episodeId}`;

/** @returns false: the same is sold already, by another offer */
export async function insertOffer(db: Db, row: OfferRow): Promise<boolean> {
  const taken = sql`exists (select 1 from offers where ${samePart(row)} and sold = 1)`;
  const made = await db
    .insert(offers)
    .select(sql`${selectRow(offers, row)} where ${row.sold ? sql`not ${taken}` : sql`true`}`)
    .returning({ id: offers.id });
  return made.length > 0;
}

/** @returns false: the same is sold already, by another offer */
export async function changeOffer(db: Db, { id, ...row }: OfferRow): Promise<boolean> {
  const other = sql`exists (select 1 from offers as other where other.title_id = ${row.titleId} and other.kind = ${row.kind} and other.season is ${row.season} and other.episode_id is ${row.episodeId} and other.sold = 1 and other.id <> ${id})`;
  const { kind, beginWithinMs, playsForMs, prices, sold, updatedAt } = row;
  const done = await db
    .update(offers)
    .set({ kind, beginWithinMs, playsForMs, prices, sold, updatedAt })
    .where(and(eq(offers.id, id), sold ? sql`not ${other}` : undefined))
    .returning({ id: offers.id });
  return done.length > 0;
}
