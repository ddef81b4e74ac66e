import type { Id } from '../../../schema/ids.ts';
import { ageRatings } from '../../../schema/catalog-terms.ts';
import { ageOf, type ProfileFacts } from './choose-profile.ts';

type AgeCeiling = (typeof ageRatings)[number];

/** What somebody is about to do to an account's profiles. */
export type Step =
  | { make: { ageCeiling: AgeCeiling; pin: boolean } }
  | {
      change: Id<'profile'>;
      ageCeiling?: AgeCeiling | undefined;
      /** Whether a PIN is set, changed or taken away. */
      pin: boolean;
      /** Whether the request is in this profile: then name, avatar and preferences are its own to change. */
      entered: boolean;
    }
  | { remove: Id<'profile'> };

/** Which PIN shows that a grown-up asks: that `of` one profile, or of any; one whose profile may see `atLeast` this much. */
export type Need = { of: Id<'profile'> | null; atLeast: number };
const NOTHING = -1;

/**
 * What a step has to be proved with; null: with nothing. The account's password always does. The rule is for a child who holds an
 * unlocked device (docs/adr/0043): what can be watched without proof must not grow, and a PIN proves no more than its own profile
 * may see, so that the PIN of a child's own profile, or one that a child has just set, opens nothing else.
 */
export function proofNeeded(profiles: readonly ProfileFacts[], step: Step): Need | null {
  const open = profiles.filter((profile) => profile.pinHash === null);
  /** What everybody may watch who holds the device. */
  const reach = Math.max(NOTHING, ...open.map(ageOf));
  const anyLocked = open.length < profiles.length;
  if ('make' in step) {
    const age = ageOf(step.make);
    return age > reach || (step.make.pin && anyLocked) ? { of: null, atLeast: age } : null;
  }
  const id = 'change' in step ? step.change : step.remove;
  const target = profiles.find((profile) => profile.id === id);
  if (!target) return null;
  const before = ageOf(target);
  const after = 'change' in step && step.ageCeiling ? ageOf({ ageCeiling: step.ageCeiling }) : before;
  const guarded = 'remove' in step || step.pin || after !== before;
  if (after > before) return { of: target.pinHash === null ? null : id, atLeast: after };
  if (target.pinHash !== null)
    return guarded || ('change' in step && !step.entered) ? { of: id, atLeast: NOTHING } : null;
  return guarded && anyLocked ? { of: null, atLeast: before } : null;
}

/** Whether the PIN of this profile is one that is needed. */
export const suffices = (profile: ProfileFacts, need: Need): boolean =>
  profile.pinHash !== null && (need.of === null || need.of === profile.id) && ageOf(profile) >= need.atLeast;

/** Whose PIN is meant where a request does not say: the profile's own, else that of the locked one that may see most. */
export function guardian<P extends ProfileFacts>(profiles: readonly P[], need: Need): P | undefined {
  if (need.of !== null) return profiles.find((profile) => profile.id === need.of);
  return profiles.filter(({ pinHash }) => pinHash !== null).sort((a, b) => ageOf(b) - ageOf(a))[0];
}
