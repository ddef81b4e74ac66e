import { eq } from 'drizzle-orm';
import type { Role } from '../../schema/api/accounts.ts';
import { users } from '../../schema/db/accounts.ts';
import type { Db } from '../platform/db.ts';

/** The role that somebody has now, or null when they are gone. */
export async function roleOf(db: Db, userId: string): Promise<Role | null> {
  const [row] = await db.select({ role: users.role }).from(users).where(eq(users.id, userId)).limit(1);
  return row?.role ?? null;
}
