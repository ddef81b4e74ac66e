import { ageRatings } from '../../../schema/catalog-terms.ts';
import type { Actor } from '../../http/context.ts';
import type { Platform } from '../../platform/platform.ts';
import { ageOf, chooseProfile, type ProfileFacts } from './choose-profile.ts';
import { profileClaim } from './profile-claim.ts';
import { profilesOf } from './queries/profiles.ts';

export type AgeRating = (typeof ageRatings)[number];

/** What is listed for somebody of whom nothing is known: nobody is signed in, or nobody has entered a profile. */
export const STRANGERS_CEILING: AgeRating = '16';
/** How old an answer may be: a list may be behind a change of a profile by as much. A play asks anew each time. */
const GOOD_MS = 30_000;
/** Of one isolate; whoever was asked for longest ago is forgotten first. */
const MOST = 5_000;

type Known = { ceiling: AgeRating; at: number };
const memos = new WeakMap<Platform, Map<string, Known>>();
const memoOf = (platform: Platform) => {
  let memo = memos.get(platform);
  if (!memo) memos.set(platform, (memo = new Map()));
  return memo;
};

/**
 * Up to which age rating titles are shown to a signed-in request: the ceiling of the profile it is in. Makes no profile; one D1 round
 * trip, or none where this isolate was asked the same within 30 s.
 */
export async function ceilingOf(platform: Platform, actor: Actor, headers: Headers): Promise<AgeRating> {
  const claim = await profileClaim(headers, platform, actor.userId);
  const memo = memoOf(platform);
  // By what was signed, not by what was sent: nobody reads another account's answer, nor one of a profile that they did not enter.
  const key = [actor.userId, claim?.profileId, claim?.lock].join(' ');
  const now = platform.now();
  const known = memo.get(key);
  if (known && now - known.at < GOOD_MS) return known.ceiling;
  const profiles = await profilesOf(platform.db, actor.userId);
  const choice = chooseProfile(profiles, claim);
  const ceiling = 'profile' in choice ? choice.profile.ageCeiling : ceilingOutside(profiles);
  memo.delete(key);
  memo.set(key, { ceiling, at: now });
  if (memo.size > MOST) memo.delete(memo.keys().next().value!);
  return ceiling;
}

/** Before the first profile is made it is as open as that one will be; where all are locked, as the youngest may see. */
function ceilingOutside(profiles: readonly ProfileFacts[]): AgeRating {
  if (profiles.length === 0) return '18';
  return ageRatings[Math.min(ageRatings.indexOf(STRANGERS_CEILING), ...profiles.map(ageOf))]!;
}

/** An account's profiles have changed: this isolate asks anew. */
export function forgetCeilings(platform: Platform, userId: string): void {
  const memo = memoOf(platform);
  for (const key of memo.keys()) if (key.startsWith(`${userId} `)) memo.delete(key);
}
