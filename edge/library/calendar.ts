import { sql } from 'drizzle-orm';
import type { CalendarAddress, OwnCalendar } from '../../schema/api/library.ts';
import { episodeCard, titleCard } from '../catalog/cards.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { profileOf, visibleIn, type Asking } from './asking.ts';
import { calendarToken, openCalendarToken } from './calendar-token.ts';
import { keptProfile, ownAirings, renewCalendar } from './queries/calendar.ts';
import { reachedIn } from './queries/history.ts';
import { shieldFor } from './shield.ts';
import { ofProfile, unwrittenOf, withUnwritten } from './unwritten.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** As much as the calendar of the whole site holds (edge/pages/feeds). */
const [BACK, AHEAD] = [7 * DAY_MS, 37 * DAY_MS];

/** The address of the calendar of the profile that somebody is in, for where they are. */
export async function calendarAddress(asking: Asking): Promise<CalendarAddress> {
  const { id, calendarSerial } = await profileOf(asking);
  return addressOf(asking, { profileId: id, serial: calendarSerial });
}

/** A new one. Sent twice it is newer still; the last answer is the one that counts. */
export async function newCalendarAddress(asking: Asking): Promise<CalendarAddress> {
  const { id } = await profileOf(asking);
  const [renewed] = await renewCalendar(asking.platform.db, id);
  if (!renewed) throw new Problem('not-found', 'This profile is not there any more.');
  return addressOf(asking, { profileId: id, serial: renewed.serial });
}

async function addressOf(
  { platform, country }: Asking,
  claim: Pick<Parameters<typeof calendarToken>[1], 'profileId' | 'serial'>,
): Promise<CalendarAddress> {
  return { path: `/calendar/${await calendarToken(platform.secrets.auth, { ...claim, country })}.ics` };
}

/**
 * What stands at such an address: what may be listed in its country and at the age of its profile, behind the profile's spoiler
 * shield. A bad signature costs no storage read; a good one one D1 round trip, with the shield on two.
 * @param locale ISO 639-1
 * @throws Problem `invalid-token` for an address that is not good, or not any more
 */
export async function calendarAt(platform: Platform, token: string, locale: string): Promise<OwnCalendar> {
  const claim = await openCalendarToken(platform.secrets.auth, token);
  if (!claim) throw notGood();
  const { db } = platform;
  // To the hour: within it, the answer is the same to the byte.
  const hour = Math.floor(platform.now() / HOUR_MS) * HOUR_MS;
  const range = { from: hour - BACK, to: hour + AHEAD };
  const own = sql<typeof claim.profileId>`${claim.profileId}`;
  const [[profile], rows] = await db.batch([
    keptProfile(db, claim.profileId),
    ownAirings(db, claim.profileId, visibleIn(claim, own), { locale }, range),
  ]);
  if (!profile || profile.calendarSerial !== claim.serial) throw notGood();
  const { shield: on } = profile.preferences;
  const ids = rows.map(({ episode }) => episode.id);
  const [known, all] =
    on && ids.length > 0
      ? await Promise.all([reachedIn(db, own, ids), unwrittenOf(platform, profile.userId)])
      : [[], []];
  const shield = shieldFor(on, withUnwritten(known, ofProfile(all, profile.id)));
  return {
    name: profile.name,
    items: rows.map(({ episode, title }) => ({
      airsAt: episode.airsAt ?? 0,
      episode: shield(episodeCard(episode)),
      title: titleCard(title),
    })),
  };
}

const notGood = () =>
  new Problem(
    'invalid-token',
    'This address of a calendar is not good any more. Copy the new one from the calendar page of the site.',
  );
