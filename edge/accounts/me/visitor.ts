import type { Context } from 'hono';
import type { Visitor } from '../../../schema/api/me.ts';
import type { AppEnv } from '../../http/context.ts';
import { signedIn } from '../../http/guards.ts';
import { countryOf } from '../../playback/country.ts';
import { meOf } from '../signing-in.ts';
import { chooseProfile } from './choose-profile.ts';
import { profileClaim } from './profile-claim.ts';
import { householdWithNews } from './queries/visitor.ts';

/** Who asks, in which profile, and what is new to it. One D1 round trip; makes no profile. */
export async function visitorOf(c: Context<AppEnv>): Promise<Visitor> {
  const { platform } = c.var;
  const { headers, cf } = c.req.raw;
  const actor = signedIn(await c.var.actor());
  const [household, claim] = await Promise.all([
    householdWithNews(platform.db, actor.userId, countryOf(cf)),
    profileClaim(headers, platform, actor.userId),
  ]);
  const choice = chooseProfile(household, claim);
  if (!('profile' in choice)) return { ...meOf(actor), profile: null, unseen: 0 };
  const { id, name, avatar, ageCeiling, preferences, unseen } = choice.profile;
  const shield = preferences.shield ?? false;
  return { ...meOf(actor), profile: { id, name, avatar, ageCeiling, shield }, unseen };
}
