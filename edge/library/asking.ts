import type { SQL } from 'drizzle-orm';
import { and, sql } from 'drizzle-orm';
import type { BatchResponse } from 'drizzle-orm/batch';
import type { Context } from 'hono';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { titles } from '../../schema/db/catalog.ts';
import { profiles } from '../../schema/db/profiles.ts';
import type { Id } from '../../schema/ids.ts';
import { currentProfile } from '../accounts/me/current-profile.ts';
import { inProfile, type ProfileRow, type Statements } from '../accounts/me/in-profile.ts';
import { firstWanted } from '../catalog/locale.ts';
import { visibleTo, type Viewing } from '../catalog/viewing.ts';
import type { Actor, AppEnv } from '../http/context.ts';
import { signedIn } from '../http/guards.ts';
import type { Platform } from '../platform/platform.ts';
import { countryOf } from '../playback/country.ts';

/** A profile's id as a statement knows it: a value, or the question for it (edge/accounts/me/in-profile.ts). */
export type OfProfile = SQL<Id<'profile'>>;

/** Who asks, and where; which profile they are in is asked along with the rest. */
export type Asking = {
  platform: Platform;
  actor: Actor;
  headers: Headers;
  country: string | null;
  /** ISO 639-1. */
  locale: string;
};

export async function askingIn(c: Context<AppEnv>): Promise<Asking> {
  const { headers, cf } = c.req.raw;
  const actor = signedIn(await c.var.actor());
  c.header('cache-control', 'no-store'); // one's own
  const locale = firstWanted(headers.get('accept-language'));
  return { platform: c.var.platform, actor, headers, country: countryOf(cf), locale };
}

/** Reads something of the profile, in the round trip that finds out which it is. @throws Problem as `inProfile` */
export const readAs = <T extends Statements>(
  { platform, actor, headers }: Asking,
  read: (profileId: OfProfile) => T,
): Promise<{ profile: ProfileRow; found: BatchResponse<T> }> => inProfile(platform, actor, headers, read);

/** The profile, for what changes something. One D1 round trip. @throws Problem as `currentProfile` */
export const profileOf = ({ platform, actor, headers }: Asking): Promise<ProfileRow> =>
  currentProfile(platform, actor, headers);

export const viewingAs = ({ country, locale }: Asking, { ageCeiling }: ProfileRow): Viewing => ({
  country,
  ceiling: ageCeiling,
  locale,
});

/** `visibleTo` for a profile whose age is asked along. */
export function visibleIn({ country }: Pick<Asking, 'country'>, profileId: OfProfile): SQL {
  const rank = (rating: SQL) => sql`instr(${ageRatings.join(' ')}, ${rating})`; // grows with the age
  const ceiling = sql`(select ${profiles.ageCeiling} from ${profiles} where ${profiles.id} = ${profileId})`;
  return and(
    visibleTo({ country, ceiling: '18' }),
    sql`${rank(sql`${titles.ageRating}`)} <= ${rank(ceiling)}`,
  )!;
}
