import { and, asc, desc, eq, gt, inArray, lte, sql } from 'drizzle-orm';
import type { Invite } from '../../../schema/api/people.ts';
import { invites, passkeys, sessions, users } from '../../../schema/db/accounts.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Db } from '../../platform/db.ts';

const STAFF = ['moderator', 'editor', 'admin'] as const;
type StaffRole = (typeof STAFF)[number];

/** Everybody with a role, those with the same one together. */
export const staffRows = (db: Db, limit: number) =>
  db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      emailVerified: users.emailVerified,
      role: users.role,
      closesAt: users.closesAt,
      createdAt: sql<number>`${users.createdAt}`,
      lastSeenAt: sql<
        number | null
      >`(select max(s.updated_at) from ${sessions} s where s.user_id = users.id)`,
      secondFactor:
        sql<boolean>`${users.twoFactorEnabled} or exists (select 1 from ${passkeys} p where p.user_id = users.id)`.mapWith(
          Boolean,
        ),
    })
    .from(users)
    .where(inArray(users.role, [...STAFF]))
    .orderBy(asc(users.role), asc(users.id))
    .limit(limit);

const invite = {
  id: invites.id,
  email: invites.email,
  role: sql<StaffRole>`${invites.role}`,
  by: users.name,
  createdAt: invites.createdAt,
  expiresAt: invites.expiresAt,
};
const withInviter = (db: Db) =>
  db.select(invite).from(invites).leftJoin(users, eq(users.id, invites.invitedBy));

export const openInvites = (db: Db, now: number): Promise<Invite[]> =>
  withInviter(db).where(gt(invites.expiresAt, now)).orderBy(desc(invites.expiresAt)).limit(200);

/** The invitation to an address, if there is one that can still be taken. */
export async function inviteTo(db: Db, email: string, now: number): Promise<Invite | null> {
  const [row] = await withInviter(db).where(and(eq(invites.email, email), gt(invites.expiresAt, now)));
  return row ?? null;
}

type NewRow = typeof invites.$inferInsert;
/** Invites, in place of an invitation to the same address. False where somebody with that address works here already. */
export async function putInvite(db: Db, row: NewRow): Promise<boolean> {
  const staff = db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, row.email), inArray(users.role, [...STAFF])));
  if ((await staff).length > 0) return false;
  await db.insert(invites).values(row).onConflictDoUpdate({ target: invites.email, set: row });
  return true;
}

export async function removeInvite(db: Db, id: Id<'invite'>): Promise<boolean> {
  return (await db.delete(invites).where(eq(invites.id, id)).returning({ id: invites.id })).length > 0;
}

/**
 * Gives whoever owns the invited address its role, and takes the invitation away: once, also for two at the same moment.
 * @returns false where there is nothing to take any more
 */
export async function takeInvite(
  db: Db,
  { userId, email }: { userId: string; email: string },
  now: number,
): Promise<boolean> {
  const open = and(eq(invites.email, email), gt(invites.expiresAt, now));
  const [given] = await db.batch([
    db
      .update(users)
      .set({ role: sql`(select ${invites.role} from ${invites} where ${open})`, updatedAt: new Date(now) })
      .where(
        and(
          eq(users.id, userId),
          eq(users.email, email),
          eq(users.emailVerified, true),
          eq(users.role, 'viewer'),
          sql`exists (select 1 from ${invites} where ${open})`,
        ),
      )
      .returning({ id: users.id }),
    db
      .delete(invites)
      .where(
        and(
          eq(invites.email, email),
          sql`exists (select 1 from users where id = ${userId} and role <> 'viewer')`,
        ),
      ),
  ]);
  return given.length > 0;
}

/** Those that nobody took in time: an address of somebody who never came is kept no longer. */
export async function removeOldInvites(db: Db, now: number): Promise<void> {
  await db.delete(invites).where(lte(invites.expiresAt, now));
}
