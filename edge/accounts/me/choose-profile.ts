import { ageRatings } from '../../../schema/catalog-terms.ts';
import type { Id } from '../../../schema/ids.ts';
import { lockOf } from './pin.ts';

/** What choosing needs of a profile; all of them are the account's own. */
export type ProfileFacts = {
  id: Id<'profile'>;
  ageCeiling: (typeof ageRatings)[number];
  pinHash: string | null;
};

/** What a request says of the profile it is in, once its signature held (profile-claim.ts). */
export type ProfileClaim = {
  profileId: Id<'profile'>;
  /** Of the PIN that it was entered with; null: it had none. */
  lock: string | null;
};

/** `no-profile`: the account has none yet; whoever needs one makes the first (first-profile.ts). */
export type Choice<P> = { profile: P } | { refused: 'pin-required' | 'no-profile' };

export const ageOf = ({ ageCeiling }: Pick<ProfileFacts, 'ageCeiling'>): number =>
  ageRatings.indexOf(ageCeiling);

/**
 * Which profile a request is in. A claim counts for a profile of this account that has the PIN it was entered with, or none: so a
 * PIN that was set or changed since locks everybody out. Without one: of those that are not locked, the one with the lowest age
 * ceiling, the older one of two.
 */
export function chooseProfile<P extends ProfileFacts>(
  profiles: readonly P[],
  claim: ProfileClaim | null,
): Choice<P> {
  const claimed = profiles.find((profile) => profile.id === claim?.profileId);
  if (claimed && (claimed.pinHash === null || lockOf(claimed.pinHash) === claim?.lock))
    return { profile: claimed };
  const [lowest] = profiles
    .filter((profile) => profile.pinHash === null)
    .sort((a, b) => ageOf(a) - ageOf(b) || (a.id < b.id ? -1 : 1)); // ids sort by age
  if (lowest) return { profile: lowest };
  return { refused: profiles.length > 0 ? 'pin-required' : 'no-profile' };
}
