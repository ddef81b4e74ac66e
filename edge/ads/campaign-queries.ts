import { and, desc, eq, gte, inArray, isNotNull, lte, or, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { CampaignState } from '../../schema/api/ads.ts';
import { campaignHours, campaigns } from '../../schema/db/ads.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';

export type CampaignRow = typeof campaigns.$inferSelect;
export type FilmRow = NonNullable<Awaited<ReturnType<typeof filmRow>>>;

export const campaignRow = async (db: Db, id: Id<'campaign'>): Promise<CampaignRow | undefined> =>
  (await db.select().from(campaigns).where(eq(campaigns.id, id)))[0];

export const filmRow = async (db: Db, id: Id<'episode'>) =>
  (
    await db
      .select({
        titleId: episodes.titleId,
        titleName: titles.nameMain,
        draft: titles.draft,
        season: episodes.season,
        number: episodes.number,
        name: episodes.name,
        assetId: episodes.assetId,
        duration: episodes.duration,
      })
      .from(episodes)
      .innerJoin(titles, eq(titles.id, episodes.titleId))
      .where(eq(episodes.id, id))
  )[0];

/** Names of titles, for who reads a campaign; those that are gone are left out. */
export async function titleNames(db: Db, ids: readonly Id<'title'>[]) {
  const found: { id: Id<'title'>; name: string }[] = [];
  for (let from = 0; from < ids.length; from += 90)
    // D1 binds 100 parameters a statement
    found.push(
      ...(await db
        .select({ id: titles.id, name: titles.nameMain })
        .from(titles)
        .where(inArray(titles.id, ids.slice(from, from + 90)))),
    );
  return found;
}

/** The newest first; one more than `limit`. */
export const listCampaigns = (
  db: Db,
  state: CampaignState | undefined,
  after: readonly [number, Id<'campaign'>] | null,
  limit: number,
): Promise<CampaignRow[]> =>
  db
    .select()
    .from(campaigns)
    .where(
      and(
        state && eq(campaigns.state, state),
        after ? sql`(${campaigns.createdAt}, ${campaigns.id}) < (${after[0]}, ${after[1]})` : undefined,
      ),
    )
    .orderBy(desc(campaigns.createdAt), desc(campaigns.id))
    .limit(limit + 1);

/** Changes a campaign that is in one of some states. @returns whether it was */
export const changeCampaign = async (
  db: Db,
  id: Id<'campaign'>,
  from: readonly CampaignState[],
  change: Partial<typeof campaigns.$inferInsert>,
): Promise<boolean> =>
  (
    await db
      .update(campaigns)
      .set(change)
      .where(and(eq(campaigns.id, id), inArray(campaigns.state, [...from])))
      .returning({ id: campaigns.id })
  ).length === 1;

/** @returns whether there was such a draft */
export const deleteDraft = async (db: Db, id: Id<'campaign'>): Promise<boolean> =>
  (
    await db
      .delete(campaigns)
      .where(and(eq(campaigns.id, id), eq(campaigns.state, 'draft')))
      .returning({ id: campaigns.id })
  ).length === 1;

const sum = (column: SQLiteColumn) => sql<number>`sum(${column})`;
/** Sums of a campaign, each of `ms`, from a moment on, oldest first. Reads a row for each hour in which it was shown. */
export const sumsBy = (db: Db, id: Id<'campaign'>, ms: number, from: number) => {
  const at = sql<number>`${campaignHours.hour} - ${campaignHours.hour} % ${sql.raw(String(ms))}`;
  return db
    .select({
      at,
      impressions: sum(campaignHours.impressions),
      q1: sum(campaignHours.q1),
      q2: sum(campaignHours.q2),
      q3: sum(campaignHours.q3),
      q4: sum(campaignHours.q4),
      skips: sum(campaignHours.skips),
      clicks: sum(campaignHours.clicks),
    })
    .from(campaignHours)
    .where(and(eq(campaignHours.campaignId, id), gte(campaignHours.hour, from)))
    .groupBy(at)
    .orderBy(at);
};

/** Campaigns whose time is over, and those that have what was bought, end. @returns how many did */
export const endOver = async (db: Db, now: number): Promise<number> =>
  (
    await db
      .update(campaigns)
      .set({ state: 'ended', updatedAt: now })
      .where(
        or(
          and(
            inArray(campaigns.state, ['running', 'paused']),
            isNotNull(campaigns.endsAt),
            lte(campaigns.endsAt, now),
          ),
          and(
            eq(campaigns.state, 'running'),
            isNotNull(campaigns.goal),
            gte(campaigns.shown, campaigns.goal),
          ),
        ),
      )
      .returning({ id: campaigns.id })
  ).length;
