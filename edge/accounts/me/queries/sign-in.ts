import { and, eq } from 'drizzle-orm';
import { credentials } from '../../../../schema/db/accounts.ts';
import type { Db } from '../../../platform/db.ts';

/** The account's password as better-auth keeps it; null: it has none. */
export async function passwordHash(db: Db, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ password: credentials.password })
    .from(credentials)
    .where(and(eq(credentials.userId, userId), eq(credentials.providerId, 'credential')));
  return row?.password ?? null;
}
