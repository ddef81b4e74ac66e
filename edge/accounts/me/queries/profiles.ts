import { and, asc, eq, sql, type SQL } from 'drizzle-orm';
import { defaultPreferences, MAX_PROFILES } from '../../../../schema/api/me.ts';
import { ageRatings } from '../../../../schema/catalog-terms.ts';
import type { Id } from '../../../../schema/ids.ts';
import { users } from '../../../../schema/db/accounts.ts';
import { profiles } from '../../../../schema/db/profiles.ts';
import { selectRow, type Db } from '../../../platform/db.ts';

export type ProfileRow = typeof profiles.$inferSelect;

/** An account's profiles, oldest first. */
export const profilesOf = (db: Db, userId: string) =>
  db
    .select()
    .from(profiles)
    .where(eq(profiles.userId, userId))
    .orderBy(asc(profiles.createdAt), asc(profiles.id));

/**
 * The profile that a request is most likely in, as a value for statements that are sent along with the question for the profiles: that
 * of the claim, else the one that `chooseProfile` takes without one. Whether it is, `chooseProfile` says.
 */
export const likelyProfile = (userId: string, claimed: Id<'profile'> | null): SQL<Id<'profile'>> => {
  const own = eq(profiles.userId, userId);
  const age = sql`instr(${ageRatings.join(' ')}, ${profiles.ageCeiling})`; // grows with the age
  const open = sql`(select ${profiles.id} from ${profiles} where ${own} and ${profiles.pinHash} is null order by ${age}, ${profiles.id} limit 1)`;
  return claimed === null
    ? sql<Id<'profile'>>`${open}`
    : sql<
        Id<'profile'>
      >`coalesce((select ${profiles.id} from ${profiles} where ${own} and ${profiles.id} = ${claimed}), ${open})`;
};

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

/**
 * True while an account's profiles are as they were read: what was decided from them may be written. `updatedAt` only ever grows,
 * also within a millisecond.
 */
function unchanged(userId: string, seen: readonly ProfileRow[]): SQL {
  const now = sql`(select group_concat(id || '@' || updated_at) from (select id, updated_at from ${profiles} where user_id = ${userId} order by id))`;
  const then = seen
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, updatedAt }) => `${id}@${updatedAt}`)
    .join(',');
  return sql`${now} = ${then}`;
}

type NewRow = typeof profiles.$inferInsert;

/** @returns undefined where the profiles have changed meanwhile, or there are as many as there may be */
export async function insertProfile(
  db: Db,
  row: NewRow,
  seen: readonly ProfileRow[],
): Promise<ProfileRow | undefined> {
  const count = sql`(select count(*) from ${profiles} where ${profiles.userId} = ${row.userId})`;
  const [made] = await db
    .insert(profiles)
    .select(
      sql`${selectRow(profiles, row)} where ${count} < ${MAX_PROFILES} and ${unchanged(row.userId, seen)}`,
    )
    .returning();
  return made;
}

type Changed = {
  [K in 'name' | 'avatar' | 'ageCeiling' | 'pinHash' | 'preferences']?: ProfileRow[K] | undefined;
};

/** @returns undefined where the profiles have changed meanwhile */
export async function updateProfile(
  db: Db,
  { id, userId }: ProfileRow,
  changed: Changed,
  seen: readonly ProfileRow[],
  now: number,
): Promise<ProfileRow | undefined> {
  const [row] = await db
    .update(profiles)
    .set({ ...changed, updatedAt: sql`max(${now}, ${profiles.updatedAt} + 1)` })
    .where(and(eq(profiles.id, id), unchanged(userId, seen)))
    .returning();
  return row;
}

/** Never the last one. @returns false where the profiles have changed meanwhile */
export async function deleteProfile(
  db: Db,
  { id, userId }: ProfileRow,
  seen: readonly ProfileRow[],
): Promise<boolean> {
  const gone = await db
    .delete(profiles)
    .where(
      and(
        eq(profiles.id, id),
        sql`exists (select 1 from ${profiles} as other where other.user_id = ${userId} and other.id <> ${id})`,
        unchanged(userId, seen),
      ),
    )
    .returning({ id: profiles.id });
  return gone.length > 0;
}
