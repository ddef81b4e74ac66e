import { and, asc, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import { purchases } from '../../../../schema/db/billing.ts';
import { ledger } from '../../../../schema/db/books.ts';
import { episodes, titles } from '../../../../schema/db/catalog.ts';
import { plays, progress, trackChoices, watchlist } from '../../../../schema/db/library.ts';
import { profiles } from '../../../../schema/db/profiles.ts';
import type { Id } from '../../../../schema/ids.ts';
import type { Db } from '../../../platform/db.ts';

/* What there may be thousands of rows of in an export: a page at a time, each from where the last one ended. */

const ROWS = 500;
/** What is watched, by the names it has now. */
const place = { title: titles.nameMain, season: episodes.season, episode: episodes.number };

/** By the row ids of SQLite: an index on the owner stands in their order (https://sqlite.org/queryplanner.html#_covering_indexes). */
async function* byRow<T>(read: (after: number) => Promise<{ row: number; item: T }[]>): AsyncGenerator<T[]> {
  for (let after = 0; ;) {
    const rows = await read(after);
    yield rows.map(({ item }) => item);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS) return;
    after = last.row;
  }
}

/** Rows by profile, by what comes second in their key. */
async function* byProfile<T>(
  db: Db,
  userId: string,
  read: (profileId: Id<'profile'>, after: string) => Promise<T[]>,
  key: (row: T) => string,
): AsyncGenerator<T[]> {
  const owned = await db.select({ id: profiles.id }).from(profiles).where(eq(profiles.userId, userId));
  for (const { id } of owned)
    for (let after = ''; ;) {
      const rows = await read(id, after);
      yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < ROWS) break;
      after = key(last);
    }
}

export const progressOf = (db: Db, userId: string) =>
  byProfile(
    db,
    userId,
    (id, after) =>
      db
        .select({
          profileId: progress.profileId,
          titleId: progress.titleId,
          episodeId: progress.episodeId,
          position: progress.position,
          duration: progress.duration,
          completed: progress.completed,
          at: progress.at,
          ...place,
        })
        .from(progress)
        .leftJoin(episodes, eq(episodes.id, progress.episodeId))
        .leftJoin(titles, eq(titles.id, progress.titleId))
        .where(and(eq(progress.profileId, id), gt(progress.episodeId, after as Id<'episode'>)))
        .orderBy(asc(progress.episodeId))
        .limit(ROWS),
    ({ episodeId }) => episodeId,
  );

export const listed = (db: Db, userId: string) =>
  byProfile(
    db,
    userId,
    (id, after) =>
      db
        .select({ ...getTableColumns(watchlist), title: titles.nameMain })
        .from(watchlist)
        .leftJoin(titles, eq(titles.id, watchlist.titleId))
        .where(and(eq(watchlist.profileId, id), gt(watchlist.titleId, after as Id<'title'>)))
        .orderBy(asc(watchlist.titleId))
        .limit(ROWS),
    ({ titleId }) => titleId,
  );

export const tracksChosen = (db: Db, userId: string) =>
  byProfile(
    db,
    userId,
    (id, after) =>
      db
        .select({ ...getTableColumns(trackChoices), title: titles.nameMain })
        .from(trackChoices)
        .leftJoin(titles, eq(titles.id, trackChoices.titleId))
        .where(and(eq(trackChoices.profileId, id), gt(trackChoices.titleId, after as Id<'title'>)))
        .orderBy(asc(trackChoices.titleId))
        .limit(ROWS),
    ({ titleId }) => titleId,
  );

export const bought = (db: Db, userId: string) =>
  byRow((after) =>
    db
      .select({
        row: sql<number>`${purchases}.rowid`,
        item: {
          id: purchases.id,
          title: titles.nameMain,
          titleId: purchases.titleId,
          season: purchases.season,
          episodeId: purchases.episodeId,
          kind: purchases.kind,
          source: purchases.source,
          offerId: purchases.offerId,
          reason: purchases.reason,
          boughtAt: purchases.boughtAt,
          beginBy: purchases.beginBy,
          playsForMs: purchases.playsForMs,
          begunAt: purchases.begunAt,
          revokedAt: purchases.revokedAt,
          revokedBecause: purchases.revokedBecause,
          amount: purchases.amount,
          currency: purchases.currency,
          stripePaymentId: purchases.stripePaymentId,
        },
      })
      .from(purchases)
      .leftJoin(titles, eq(titles.id, purchases.titleId))
      .where(and(eq(purchases.userId, userId), sql`${purchases}.rowid > ${after}`))
      .orderBy(sql`${purchases}.rowid`)
      .limit(ROWS),
  );

export const paid = (db: Db, userId: string) =>
  byRow((after) =>
    db
      .select({
        row: sql<number>`${ledger}.rowid`,
        item: {
          id: ledger.id,
          kind: ledger.kind,
          at: ledger.at,
          country: ledger.country,
          currency: ledger.currency,
          amount: ledger.amount,
          tax: ledger.tax,
          plan: ledger.planId,
          stripeSubscriptionId: ledger.stripeSubscriptionId,
          paidFrom: ledger.paidFrom,
          paidUntil: ledger.paidUntil,
          purchaseId: ledger.purchaseId,
          model: ledger.model,
          title: titles.nameMain,
          titleId: ledger.titleId,
          season: ledger.season,
          episodeId: ledger.episodeId,
          stripePaymentId: ledger.stripePaymentId,
        },
      })
      .from(ledger)
      .leftJoin(titles, eq(titles.id, ledger.titleId))
      .where(and(eq(ledger.userId, userId), sql`${ledger}.rowid > ${after}`))
      .orderBy(sql`${ledger}.rowid`)
      .limit(ROWS),
  );

export const played = (db: Db, userId: string) =>
  byRow((after) =>
    db
      .select({
        row: sql<number>`${plays}.rowid`,
        item: {
          id: plays.id,
          titleId: plays.titleId,
          episodeId: plays.episodeId,
          country: plays.country,
          plan: plays.planId,
          model: plays.model,
          purchaseId: plays.purchaseId,
          given: plays.given,
          audio: plays.audio,
          startedAt: plays.startedAt,
          lastAt: plays.lastAt,
          seconds: plays.seconds,
          ...place,
        },
      })
      .from(plays)
      .leftJoin(episodes, eq(episodes.id, plays.episodeId))
      .leftJoin(titles, eq(titles.id, plays.titleId))
      .where(and(eq(plays.userId, userId), sql`${plays}.rowid > ${after}`))
      .orderBy(sql`${plays}.rowid`)
      .limit(ROWS),
  );
