import { and, eq, sql } from 'drizzle-orm';
import { credentials, sessions } from '../../../../schema/db/accounts.ts';
import type { Db } from '../../../platform/db.ts';

/** The account's password as better-auth keeps it; null: it has none. */
export async function passwordHash(db: Db, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ password: credentials.password })
    .from(credentials)
    .where(and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential')));
  return row?.password ?? null;
}

/** When somebody signed in to a session, ms UTC; 0: it is not theirs, or over. */
export async function sessionStart(db: Db, userId: string, token: string): Promise<number> {
  const [row] = await db
    .select({ createdAt: sql<number>`${sessions.createdAt}` })
    .from(sessions)
    .where(and(eq(sessions.token, token), eq(sessions.userId, userId)));
  return row?.createdAt ?? 0;
}
