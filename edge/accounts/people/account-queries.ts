import { and, count, desc, eq, gt, sql } from 'drizzle-orm';
import { credentials, passkeys, users } from '../../../schema/db/accounts.ts';
import { auditEntries } from '../../../schema/db/audit.ts';
import { subscriptions } from '../../../schema/db/billing.ts';
import { episodes, titles } from '../../../schema/db/catalog.ts';
import { plays } from '../../../schema/db/library.ts';
import { consents, profiles } from '../../../schema/db/profiles.ts';
import type { Db } from '../../platform/db.ts';
import { liveSessions } from '../queries.ts';
import { countsNow } from './queries.ts';

/**
 * What support sees of an account, in one round trip. Only columns that it shows are read: no secret, and no address of the network, is
 * in memory that could slip out.
 */
export const accountRows = (db: Db, id: string, now: number) =>
  db.batch([
    db
      .select({
        app: users.twoFactorEnabled,
        closesBecause: users.closesBecause,
        planSince: subscriptions.since,
      })
      .from(users)
      .leftJoin(subscriptions, countsNow(now))
      .where(eq(users.id, id)),
    db
      .select({ n: count() })
      .from(credentials)
      .where(and(eq(credentials.userId, id), sql`${credentials.password} is not null`)),
    db.select({ n: count() }).from(passkeys).where(eq(passkeys.userId, id)),
    liveSessions(db, id, now),
    db
      .select({
        id: profiles.id,
        name: profiles.name,
        avatar: profiles.avatar,
        ageCeiling: profiles.ageCeiling,
        locked: sql<boolean>`${profiles.pinHash} is not null`.mapWith(Boolean).as('locked'),
      })
      .from(profiles)
      .where(eq(profiles.userId, id))
      .orderBy(profiles.createdAt, profiles.id),
    db
      .select({ kind: consents.kind, version: consents.version, given: consents.given, at: consents.at })
      .from(consents)
      .where(eq(consents.userId, id))
      .orderBy(desc(consents.at), desc(consents.id)),
  ]);

/** An account's last plays, the latest first. */
export const lastPlays = (db: Db, userId: string, limit: number) =>
  db
    .select({
      title: titles.nameMain,
      season: episodes.season,
      episode: episodes.number,
      startedAt: plays.startedAt,
      seconds: plays.seconds,
      country: plays.country,
    })
    .from(plays)
    .innerJoin(titles, eq(titles.id, plays.titleId))
    .innerJoin(episodes, eq(episodes.id, plays.episodeId))
    .where(eq(plays.userId, userId))
    .orderBy(desc(plays.id)) // ids sort by age
    .limit(limit);

/** Whether somebody of the staff has opened this account since, ms UTC. */
export async function openedSince(db: Db, actorId: string, userId: string, since: number): Promise<boolean> {
  const [row] = await db
    .select({ seq: auditEntries.seq })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.rowId, userId),
        eq(auditEntries.kind, 'accounts'),
        eq(auditEntries.actorId, actorId),
        gt(auditEntries.at, since),
      ),
    )
    .limit(1);
  return row !== undefined;
}

export async function emailOf(db: Db, id: string): Promise<string | null> {
  const [row] = await db.select({ email: users.email }).from(users).where(eq(users.id, id));
  return row?.email ?? null;
}
