import type { Context } from 'hono';
import {
  MAX_PROFILES,
  type NewProfile,
  type ProfileChange,
  type ProfileProof,
} from '../../../schema/api/me.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Actor, AppEnv } from '../../http/context.ts';
import { Problem } from '../../http/problem.ts';
import type { Platform } from '../../platform/platform.ts';
import { forgetCeilings } from './ceiling.ts';
import { chooseProfile, householdOf, profileClaim } from './current-profile.ts';
import { proofNeeded, type Step } from './household.ts';
import { hashPin } from './pin.ts';
import { prove } from './proof.ts';
import { deleteProfile, insertProfile, updateProfile, type ProfileRow } from './queries/profiles.ts';

/**
 * What a step needs is decided from the profiles as they were read, and written only if they are so still; if not, it is decided
 * anew. So no two requests at once get together what neither would get alone.
 */
const ROUNDS = 6;

async function settled<T>(
  platform: Platform,
  actor: Actor,
  attempt: (profiles: ProfileRow[]) => Promise<T | undefined>,
): Promise<T> {
  for (let round = 0; round < ROUNDS; round++) {
    const done = await attempt(await householdOf(platform, actor));
    if (done === undefined) continue;
    forgetCeilings(platform, actor.userId);
    return done;
  }
  throw new Problem('conflict', 'These profiles are being changed by somebody else right now. Try again.');
}

/** @throws Problem `not-found`: also for a profile of another account */
export function profileNamed(profiles: readonly ProfileRow[], id: Id<'profile'>): ProfileRow {
  const row = profiles.find((profile) => profile.id === id);
  if (!row) throw new Problem('not-found', 'This account has no such profile.');
  return row;
}

const hashed = (pin: string, { secrets }: Platform): Promise<string> =>
  hashPin(pin, crypto.getRandomValues(new Uint8Array(16)), secrets.auth);

export function makeProfile(
  c: Context<AppEnv>,
  actor: Actor,
  { name, avatar, ageCeiling, pin, preferences, ...proof }: NewProfile,
): Promise<ProfileRow> {
  const { platform } = c.var;
  const { db, now, newId } = platform;
  return settled(platform, actor, async (profiles) => {
    if (profiles.length >= MAX_PROFILES)
      throw new Problem('conflict', `An account has ${MAX_PROFILES} profiles at most. Delete one first.`);
    const need = proofNeeded(profiles, { make: { ageCeiling, pin: Boolean(pin) } });
    if (need) await prove(c, actor, profiles, need, proof);
    const at = now();
    const row = { id: newId('profile'), userId: actor.userId, name, avatar, ageCeiling, preferences };
    const pinHash = pin ? await hashed(pin, platform) : null;
    return insertProfile(db, { ...row, pinHash, createdAt: at, updatedAt: at }, profiles);
  });
}

export function changeProfile(
  c: Context<AppEnv>,
  actor: Actor,
  id: Id<'profile'>,
  { currentPin, pinOf, password, pin, ...plain }: ProfileChange,
): Promise<ProfileRow> {
  const { platform } = c.var;
  return settled(platform, actor, async (profiles) => {
    const row = profileNamed(profiles, id);
    const choice = chooseProfile(profiles, await profileClaim(c.req.raw.headers, platform, actor.userId));
    const step: Step = {
      change: id,
      ageCeiling: plain.ageCeiling,
      pin: pin !== undefined,
      entered: 'profile' in choice && choice.profile.id === id,
    };
    const need = proofNeeded(profiles, step);
    if (need) await prove(c, actor, profiles, need, { currentPin, pinOf, password });
    const locked = pin === undefined ? {} : { pinHash: pin && (await hashed(pin, platform)) };
    return updateProfile(platform.db, row, { ...plain, ...locked }, profiles, platform.now());
  });
}

export async function removeProfile(
  c: Context<AppEnv>,
  actor: Actor,
  id: Id<'profile'>,
  proof: ProfileProof,
): Promise<void> {
  const { platform } = c.var;
  await settled(platform, actor, async (profiles) => {
    const row = profileNamed(profiles, id);
    if (profiles.length === 1)
      throw new Problem('conflict', 'The last profile stays. Change it instead, or close the account.');
    const need = proofNeeded(profiles, { remove: id });
    if (need) await prove(c, actor, profiles, need, proof);
    return (await deleteProfile(platform.db, row, profiles)) || undefined;
  });
}
