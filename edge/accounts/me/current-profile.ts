import type { Actor } from '../../http/context.ts';
import { Problem } from '../../http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { users } from '../../../schema/db/accounts.ts';
import { chooseProfile } from './choose-profile.ts';
import { profileClaim } from './profile-claim.ts';
import { insertFirst, profilesOf, type ProfileRow } from './queries/profiles.ts';

export { chooseProfile, type Choice, type ProfileClaim, type ProfileFacts } from './choose-profile.ts';
export { profileClaim } from './profile-claim.ts';

/**
 * An account's profiles, oldest first; the first is made where there is none yet. At any moment, by any number of requests at once.
 * @throws Problem `not-signed-in` where the account is gone
 */
export async function householdOf(platform: Platform, actor: Actor): Promise<ProfileRow[]> {
  const { db, newId, now } = platform;
  const found = await profilesOf(db, actor.userId);
  if (found.length > 0) return found;
  const { userId, name } = actor;
  await ensureUser(platform, actor);
  await insertFirst(db, userId, newId('profile'), firstName(name), now());
  const made = await profilesOf(db, userId);
  if (made.length === 0) throw new Problem('not-signed-in', 'This account is not there any more.');
  return made;
}

/** Whoever comes from an outside issuer has no row of their own here until something is to be kept about them. */
export async function ensureUser({ db, settings, now }: Platform, actor: Actor): Promise<void> {
  if (!settings.authIssuer) return;
  const { userId: id, name, email, emailVerified, role } = actor;
  const at = new Date(now());
  const row = { id, name, emailVerified, role, createdAt: at, updatedAt: at };
  // An address is one account's here; should the issuer give it to two people, the second is known by the id only.
  const insert = (address: string) =>
    db
      .insert(users)
      .values({ ...row, email: address })
      .onConflictDoNothing();
  await db.batch([insert(email || id), insert(id)]);
}

/** As long as a profile's name may be (schema/api/me.ts), and no half of a character outside the BMP. */
const firstName = (name: string): string =>
  name
    .trim()
    .slice(0, 40)
    .replace(/[\ud800-\udbff]$/, '')
    .trim() || 'Me';

/**
 * The profile that a signed-in request is in. One D1 round trip, three where the account has no profile yet. Whoever reads the
 * account's profiles along with other things asks `chooseProfile` with `profileClaim` instead, and this only for `no-profile`.
 * @throws Problem `pin-required`: all profiles are locked, and the request is in none; `not-signed-in` where the account is gone
 */
export async function currentProfile(
  platform: Platform,
  actor: Actor,
  headers: Headers,
): Promise<ProfileRow> {
  const [claim, household] = await Promise.all([
    profileClaim(headers, platform, actor.userId),
    householdOf(platform, actor),
  ]);
  const choice = chooseProfile(household, claim);
  if ('profile' in choice) return choice.profile;
  throw new Problem('pin-required', 'Enter a profile first: POST /api/me/profiles/{id}/enter with its PIN.');
}
