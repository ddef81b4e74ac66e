import { and, asc, eq, gte, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Closing } from '../../../../schema/api/me.ts';
import { sessions, users, verifications } from '../../../../schema/db/accounts.ts';
import { plays, progress } from '../../../../schema/db/library.ts';
import { profiles } from '../../../../schema/db/profiles.ts';
import type { Db } from '../../../platform/db.ts';

const closing = { closesAt: users.closesAt, reason: users.closesBecause };
type Row = { closesAt: number | null; reason: string | null };
const shown = ({ closesAt, reason }: Row): Closing => ({
  closesAt,
  reason,
  mayKeep: closesAt !== null && reason === null,
});

/** Null: there is no such account. */
export async function closingOf(db: Db, userId: string): Promise<Closing | null> {
  const [row] = await db.select(closing).from(users).where(eq(users.id, userId));
  return row ? shown(row) : null;
}

type Closed = Closing & { email: string };

/**
 * Closes an account from `closesAt` on, and ends its sessions. Asked twice, the earlier time stands; an admin's reason stays. One
 * statement looks for another admin, so that two who close their accounts at the same moment don't leave none.
 */
export async function closeAccount(
  db: Db,
  { userId, closesAt, reason }: { userId: string; closesAt: number; reason: string | null },
): Promise<Closed | 'unknown' | 'last-admin'> {
  const anotherAdmin = sql`exists (select 1 from users as other where other.role = 'admin' and other.closes_at is null and other.id <> ${userId})`;
  const [[row]] = await db.batch([
    db
      .update(users)
      .set({
        closesAt: sql`min(coalesce(${users.closesAt}, ${closesAt}), ${closesAt})`,
        closesBecause: sql`coalesce(${users.closesBecause}, ${reason})`,
      })
      .where(and(eq(users.id, userId), sql`(${users.role} <> 'admin' or ${anotherAdmin})`))
      .returning({ ...closing, email: users.email }),
    db
      .delete(sessions)
      .where(
        and(
          eq(sessions.userId, userId),
          sql`exists (select 1 from users where id = ${userId} and closes_at is not null)`,
        ),
      ),
  ]);
  if (row) return { ...shown(row), email: row.email };
  return (await closingOf(db, userId)) === null ? 'unknown' : 'last-admin';
}

/**
 * Takes closing back, until its time has come. @param evenAdmins whether also where an admin closed it
 * @returns the e-mail address; undefined where there is nothing that may be taken back
 */
export async function keepAccount(
  db: Db,
  userId: string,
  now: number,
  evenAdmins: boolean,
): Promise<string | undefined> {
  const [row] = await db
    .update(users)
    .set({ closesAt: null, closesBecause: null })
    .where(
      and(
        eq(users.id, userId),
        sql`${users.closesAt} > ${now}`,
        evenAdmins ? undefined : isNull(users.closesBecause),
      ),
    )
    .returning({ email: users.email });
  return row?.email;
}

/** Accounts whose time has come. */
export const dueAccounts = (db: Db, now: number, limit: number): Promise<{ id: string; email: string }[]> =>
  db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(lte(users.closesAt, now))
    .orderBy(asc(users.closesAt))
    .limit(limit);

/** Takes the person out of the minutes that licensors are paid for, some at a time. @returns how many */
export async function forgetPlays(db: Db, userId: string, limit: number): Promise<number> {
  const some = db.select({ id: plays.id }).from(plays).where(eq(plays.userId, userId)).limit(limit);
  const done = await db
    .update(plays)
    .set({ userId: null })
    .where(inArray(plays.id, some))
    .returning({ id: plays.id });
  return done.length;
}

/** Deletes how far the account's profiles have come, some at a time. @returns how many */
export async function deleteProgress(db: Db, userId: string, limit: number): Promise<number> {
  const theirs = db.select({ id: profiles.id }).from(profiles).where(eq(profiles.userId, userId));
  const gone = await db
    .delete(progress)
    .where(
      sql`rowid in (select rowid from ${progress} where ${inArray(progress.profileId, theirs)} limit ${limit})`,
    )
    .returning({ episodeId: progress.episodeId });
  return gone.length;
}

/** What is kept under somebody's address for them: mailed codes, as better-auth calls them (`toOTPIdentifier`). */
const codesFor = (id: string, email: string) =>
  or(
    inArray(
      verifications.identifier,
      ['sign-in', 'email-verification', 'forget-password'].map((type) => `${type}-otp-${email}`),
    ),
    // Those to addresses that they wanted to change to; `;` comes after `:`.
    and(
      gte(verifications.identifier, `change-email-otp-${id}:`),
      lt(verifications.identifier, `change-email-otp-${id};`),
    ),
  );

/** Deletes what is left of an account, which is little: the database takes along what refers to it. Nothing where it was kept after all. */
export async function deleteUser(
  db: Db,
  { id, email }: { id: string; email: string },
  now: number,
): Promise<void> {
  const due = sql`exists (select 1 from users where id = ${id} and closes_at <= ${now})`;
  await db.batch([
    db.delete(verifications).where(and(codesFor(id, email), due)),
    db.delete(users).where(and(eq(users.id, id), lte(users.closesAt, now))),
  ]);
}
