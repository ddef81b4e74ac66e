import { and, asc, desc, eq, exists, gt, gte, lt, notExists, sql } from 'drizzle-orm';
import type { Passkey, Role } from '../../schema/api/accounts.ts';
import { credentials, passkeys, sessions, users, verifications } from '../../schema/db/accounts.ts';
import type { Db } from '../platform/db.ts';

/**
 * The role that somebody has now, or null when they are gone, or the session that they come by has ended. Whose account is about to be
 * deleted is a viewer until it is kept.
 */
export async function roleOf(db: Db, userId: string, sessionId?: string): Promise<Role | null> {
  const alive = sql`exists (select 1 from ${sessions} where ${sessions.id} = ${sessionId ?? null} and ${sessions.userId} = ${users.id})`;
  const [row] = await db
    .select({ role: sql<Role>`iif(${users.closesAt} is null, ${users.role}, 'viewer')` })
    .from(users)
    .where(and(eq(users.id, userId), sessionId === undefined ? undefined : alive));
  return row?.role ?? null;
}

/** Whether somebody has turned on two-step sign-in, or has a passkey. */
export async function hasSecondFactor(db: Db, userId: string): Promise<boolean> {
  // Named in full: in a select of one table Drizzle writes columns without it.
  const key = sql`exists (select 1 from ${passkeys} p where p.user_id = users.id)`;
  const [row] = await db
    .select({ has: sql<number>`${users.twoFactorEnabled} or ${key}` })
    .from(users)
    .where(eq(users.id, userId));
  return Boolean(row?.has);
}

export async function userIdAt(db: Db, email: string): Promise<string | null> {
  const [row] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  return row?.id ?? null;
}
export const addressIsTaken = async (db: Db, email: string): Promise<boolean> =>
  (await userIdAt(db, email)) !== null;

/** The account at an address that nobody has confirmed, if there is one. */
export async function unconfirmedAt(db: Db, email: string): Promise<string | null> {
  const [row] = await db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, email), eq(users.emailVerified, false)));
  return row?.id ?? null;
}

/** The hash of the password at an address now; null: there is none. */
export async function passwordAt(db: Db, email: string): Promise<string | null> {
  const [row] = await db
    .select({ password: credentials.password })
    .from(credentials)
    .innerJoin(users, eq(users.id, credentials.userId))
    .where(and(eq(users.email, email), eq(credentials.providerId, 'credential')));
  return row?.password ?? null;
}

/** Sessions that have not run out, the one that was seen last first. */
export const liveSessions = (db: Db, userId: string, now: number) =>
  db
    .select({
      id: sessions.id,
      userAgent: sessions.userAgent,
      city: sessions.city,
      country: sessions.country,
      signedInAt: sql<number>`${sessions.createdAt}`,
      lastSeenAt: sql<number>`${sessions.updatedAt}`,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.expiresAt, new Date(now))))
    .orderBy(desc(sessions.updatedAt), asc(sessions.id));
export type SessionRow = Awaited<ReturnType<typeof liveSessions>>[number];

/** Whether there was one. */
export async function endSession(db: Db, userId: string, id: string): Promise<boolean> {
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
    .returning({ id: sessions.id });
  return ended.length > 0;
}
/** Somebody has shown once more that it is they. False where the session ended meanwhile. */
export async function proveSession(db: Db, userId: string, id: string, at: number): Promise<boolean> {
  const proved = await db
    .update(sessions)
    .set({ provedAt: new Date(at) })
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId)))
    .returning({ id: sessions.id });
  return proved.length > 0;
}
/** Who has shown their password, and not yet the second factor; better-auth's own name of it. */
const halfWay = (userId: string) =>
  and(
    gte(verifications.identifier, '2fa-'),
    lt(verifications.identifier, '2fa.'),
    eq(verifications.value, userId),
  );

/** Signs out everywhere, and stops who is between the two steps of a sign-in. */
export async function endSessions(db: Db, userId: string): Promise<void> {
  await db.batch([
    db.delete(sessions).where(eq(sessions.userId, userId)),
    db.delete(verifications).where(halfWay(userId)),
  ]);
}

/**
 * Puts the hash `to` in the place of `from`, and ends every session that began with that.
 * @param change `at`: now, ms UTC
 * @returns false where another has stood there since, and nothing was changed
 */
export async function replacePassword(
  db: Db,
  { userId, from, to, at }: { userId: string; from: string; to: string; at: number },
): Promise<boolean> {
  const theirs = and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential'));
  const done = exists(
    db
      .select({ id: credentials.id })
      .from(credentials)
      .where(and(theirs, eq(credentials.password, to))),
  );
  const [changed] = await db.batch([
    db
      .update(credentials)
      .set({ password: to, updatedAt: new Date(at) })
      .where(and(theirs, eq(credentials.password, from)))
      .returning({ id: credentials.id }),
    db.delete(sessions).where(and(eq(sessions.userId, userId), done)),
    db.delete(verifications).where(and(halfWay(userId), done)),
  ]);
  return changed.length > 0;
}

const passkey = {
  id: passkeys.id,
  name: passkeys.name,
  createdAt: passkeys.createdAt,
  usedAt: passkeys.usedAt,
};
/** Oldest first. */
export const passkeysOf = (db: Db, userId: string): Promise<Passkey[]> =>
  db.select(passkey).from(passkeys).where(eq(passkeys.userId, userId)).orderBy(asc(passkeys.createdAt));

/**
 * Gives somebody a role, in one statement, so that two admins who demote each other can't both succeed.
 */
export async function setRole(
  db: Db,
  id: string,
  role: Role,
  now: number,
): Promise<'changed' | 'unknown' | 'last-admin'> {
  const anotherAdmin = sql`exists (select 1 from users as other where other.role = 'admin' and other.closes_at is null and other.id <> ${id})`;
  const [changed] = await db
    .update(users)
    .set({ role, updatedAt: new Date(now) })
    .where(
      and(
        eq(users.id, id),
        role === 'admin' ? undefined : sql`(${users.role} <> 'admin' or ${anotherAdmin})`,
      ),
    )
    .returning({ id: users.id });
  if (changed) return 'changed';
  return (await roleOf(db, id)) === null ? 'unknown' : 'last-admin';
}

/**
 * Takes away an account that has no way to sign in: what a sign-up leaves behind that broke off between its two
 * writes (D1 has no transaction across them). One younger than `before` may still be on its way.
 */
export async function removeHalfMade(db: Db, email: string, before: number): Promise<boolean> {
  const ways = db.select({ id: credentials.id }).from(credentials).where(eq(credentials.userId, users.id));
  const gone = await db
    .delete(users)
    .where(
      and(
        eq(users.email, email),
        // Somebody who showed that the address is theirs signs in by mailed codes, and needs nothing else.
        eq(users.emailVerified, false),
        lt(users.createdAt, new Date(before)),
        notExists(ways),
      ),
    )
    .returning({ id: users.id });
  return gone.length > 0;
}
