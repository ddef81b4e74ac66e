import { and, asc, eq, sql } from 'drizzle-orm';
import { defaultPreferences } from '../../../schema/api/me.ts';
import type { Id } from '../../../schema/ids.ts';
import { users } from '../../../schema/db/accounts.ts';
import { profiles } from '../../../schema/db/profiles.ts';
import { selectRow, type Db } from '../../platform/db.ts';

export type ProfileRow = typeof profiles.$inferSelect;

/** An account's profiles, oldest first. */
export const profilesOf = (db: Db, userId: string): Promise<ProfileRow[]> =>
  db
    .select()
    .from(profiles)
    .where(eq(profiles.userId, userId))
    .orderBy(asc(profiles.createdAt), asc(profiles.id));

/** The first profile of an account that has none: open, without a limit. One statement, so that two requests make one. */
export const insertFirst = (db: Db, userId: string, id: Id<'profile'>, name: string, now: number) => {
  const row = selectRow(profiles, {
    id,
    userId,
    name,
    avatar: 'fox',
    ageCeiling: '18',
    preferences: defaultPreferences,
    createdAt: now,
    updatedAt: now,
  });
  const none = sql`not exists (select 1 from ${profiles} where ${profiles.userId} = ${userId})`;
  return db
    .insert(profiles)
    .select(sql`${row} from ${users} where ${and(eq(users.id, userId), none)}`)
    .onConflictDoNothing();
};
