import { eq, inArray } from 'drizzle-orm';
import { users } from '../../schema/db/accounts.ts';
import { titles } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Db } from '../platform/db.ts';

/** Addresses by account, of at most a hundred accounts. */
export async function emailsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, email }) => [id, email]));
}

/** Names of at most a hundred titles. */
export async function namesOf(db: Db, ids: readonly Id<'title'>[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: titles.id, name: titles.nameMain })
    .from(titles)
    .where(inArray(titles.id, [...ids]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function titleExists(db: Db, id: Id<'title'>): Promise<boolean> {
  const [row] = await db.select({ id: titles.id }).from(titles).where(eq(titles.id, id));
  return row !== undefined;
}
