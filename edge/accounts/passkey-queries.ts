import { and, eq, lt, sql } from 'drizzle-orm';
import { MAX_PASSKEYS, type Passkey } from '../../schema/api/accounts.ts';
import { passkeys, users } from '../../schema/db/accounts.ts';
import { selectRow, type Db } from '../platform/db.ts';

export type PasskeyRow = typeof passkeys.$inferSelect;

export const passkeyRows = (db: Db, userId: string): Promise<PasskeyRow[]> =>
  db.select().from(passkeys).where(eq(passkeys.userId, userId)).limit(MAX_PASSKEYS);

export async function passkeyById(db: Db, id: string): Promise<PasskeyRow | null> {
  const [row] = await db.select().from(passkeys).where(eq(passkeys.id, id));
  return row ?? null;
}

/** Null where the key is somebody's already, or there are as many as there may be: one statement, so that two at once count both. */
export async function insertPasskey(db: Db, row: PasskeyRow): Promise<Passkey | null> {
  const room = sql`(select count(*) from ${passkeys} where ${passkeys.userId} = ${row.userId}) < ${MAX_PASSKEYS}`;
  const [made] = await db
    .insert(passkeys)
    .select(sql`${selectRow(passkeys, row)} from ${users} where ${and(eq(users.id, row.userId), room)}`)
    .onConflictDoNothing()
    .returning();
  return made ? shown(made) : null;
}

/**
 * Notes a use. False where the counter did not rise since it was read: the same answer twice, or two copies of one key, at the
 * same moment. Passkeys that do not count say 0 each time (W3C WebAuthn Level 3 §6.1.1).
 */
export async function usePasskey(db: Db, id: string, counter: number, now: number): Promise<boolean> {
  const rises = counter === 0 ? eq(passkeys.counter, 0) : lt(passkeys.counter, counter);
  const used = await db
    .update(passkeys)
    .set({ counter, usedAt: now })
    .where(and(eq(passkeys.id, id), rises))
    .returning({ id: passkeys.id });
  return used.length > 0;
}

export async function renamePasskey(
  db: Db,
  userId: string,
  id: string,
  name: string,
): Promise<Passkey | null> {
  const [row] = await db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning();
  return row ? shown(row) : null;
}

export async function removePasskey(db: Db, userId: string, id: string): Promise<boolean> {
  const gone = await db
    .delete(passkeys)
    .where(and(eq(passkeys.id, id), eq(passkeys.userId, userId)))
    .returning({ id: passkeys.id });
  return gone.length > 0;
}

const shown = ({ id, name, createdAt, usedAt }: PasskeyRow): Passkey => ({ id, name, createdAt, usedAt });
