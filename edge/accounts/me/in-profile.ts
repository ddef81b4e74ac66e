import { sql, type SQL } from 'drizzle-orm';
import type { BatchItem, BatchResponse } from 'drizzle-orm/batch';
import type { Id } from '../../../schema/ids.ts';
import type { Actor } from '../../http/context.ts';
import { Problem } from '../../http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { chooseProfile, currentProfile, profileClaim } from './current-profile.ts';
import { likelyProfile, profilesOf, type ProfileRow } from './queries/profiles.ts';

export type { ProfileRow } from './queries/profiles.ts';
export type Statements = readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]];

/**
 * Reads something of the profile that a request is in, in the same D1 round trip that finds out which one it is. Two more where an
 * account has no profile yet; one more where a PIN was changed since the profile was entered.
 * @param read makes the statements, for a value that is the profile's id; they may be sent twice, so they only read
 * @throws Problem `pin-required`; `not-signed-in` where the account is gone
 */
export async function inProfile<T extends Statements>(
  platform: Platform,
  actor: Actor,
  headers: Headers,
  read: (profileId: SQL<Id<'profile'>>) => T,
): Promise<{ profile: ProfileRow; found: BatchResponse<T> }> {
  const { db } = platform;
  const claim = await profileClaim(headers, platform, actor.userId);
  const claimed = claim?.profileId ?? null;
  const statements = [profilesOf(db, actor.userId), ...read(likelyProfile(actor.userId, claimed))] as const;
  const [household, ...found] = await db.batch(statements);
  const choice = chooseProfile(household, claim);
  // What `likelyProfile` took for it: locks are looked at here only.
  const likely = household.some(({ id }) => id === claimed) ? { id: claimed } : open(household);
  if ('profile' in choice && choice.profile.id === likely?.id) return { profile: choice.profile, found };
  if ('refused' in choice && choice.refused === 'pin-required')
    throw new Problem(
      'pin-required',
      'Enter a profile first: POST /api/me/profiles/{id}/enter with its PIN.',
    );
  const profile = 'profile' in choice ? choice.profile : await currentProfile(platform, actor, headers);
  return { profile, found: await db.batch(read(sql`${profile.id}`)) };
}

/** The profile that a request is in; null where it is in none. Makes none. One D1 round trip. */
export async function profileIfAny(
  platform: Platform,
  actor: Actor,
  headers: Headers,
): Promise<ProfileRow | null> {
  const [household, claim] = await Promise.all([
    profilesOf(platform.db, actor.userId),
    profileClaim(headers, platform, actor.userId),
  ]);
  const choice = chooseProfile(household, claim);
  return 'profile' in choice ? choice.profile : null;
}

function open(household: readonly ProfileRow[]): ProfileRow | null {
  const choice = chooseProfile(household, null);
  return 'profile' in choice ? choice.profile : null;
}
