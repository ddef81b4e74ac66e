import { and, asc, eq, gt, gte, lt, notExists, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Person, Role } from '../../schema/api/accounts.ts';
import { credentials, users } from '../../schema/db/accounts.ts';
import type { Db } from '../platform/db.ts';

const person = {
  id: users.id,
  name: users.name,
  email: users.email,
  emailVerified: users.emailVerified,
  role: users.role,
  createdAt: sql<number>`${users.createdAt}`,
};

/** The role that somebody has now, or null when they are gone. */
export async function roleOf(db: Db, userId: string): Promise<Role | null> {
  const [row] = await db.select({ role: users.role }).from(users).where(eq(users.id, userId));
  return row?.role ?? null;
}

export const PersonCursor = v.tuple([v.string()]);

/** People by e-mail address, from those that begin with `prefix`; one row more than `limit`. */
export function people(
  db: Db,
  prefix: string,
  after: v.InferOutput<typeof PersonCursor> | null,
  limit: number,
): Promise<Person[]> {
  return db
    .select(person)
    .from(users)
    .where(
      and(
        gte(users.email, prefix),
        lt(users.email, `${prefix}\u{10ffff}`),
        after ? gt(users.email, after[0]) : undefined,
      ),
    )
    .orderBy(asc(users.email))
    .limit(limit + 1);
}

/**
 * Gives somebody a role, in one statement, so that two admins who demote each other can't both succeed.
 * @returns the person, or why not
 */
export async function setRole(
  db: Db,
  id: string,
  role: Role,
  now: number,
): Promise<Person | 'unknown' | 'last-admin'> {
  const anotherAdmin = sql`exists (select 1 from users as other where other.role = 'admin' and other.id <> ${id})`;
  const [changed] = await db
    .update(users)
    .set({ role, updatedAt: new Date(now) })
    .where(
      and(
        eq(users.id, id),
        role === 'admin' ? undefined : sql`(${users.role} <> 'admin' or ${anotherAdmin})`,
      ),
    )
    .returning(person);
  if (changed) return changed;
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
    .where(and(eq(users.email, email), lt(users.createdAt, new Date(before)), notExists(ways)))
    .returning({ id: users.id });
  return gone.length > 0;
}
