import { timingSafeEqual } from 'node:crypto';
import { idSchema, type Id } from '../../schema/ids.ts';
import { shortMac } from '../platform/mac.ts';
import * as v from 'valibot';

/**
 * What the private address of a calendar stands for (docs/adr/0063).
 * `country`: where it was copied, ISO 3166-1 alpha-2; null: unknown. Calendar programs ask from wherever their servers are.
 */
export type CalendarClaim = { profileId: Id<'profile'>; serial: number; country: string | null };

const PURPOSE = 'engawa private calendar';
const encoder = new TextEncoder();

/** `{profile}.{serial}-{country}.{HMAC-SHA256, its first 16 bytes}`: the same claim always has the same address. */
export async function calendarToken(
  secret: string,
  { profileId, serial, country }: CalendarClaim,
): Promise<string> {
  const body = `${profileId}.${serial}-${country ?? ''}`;
  return `${body}.${await shortMac(secret, PURPOSE, body)}`;
}

/** What a token says, from nothing but itself; null for one that was not made here. Constant-time. */
export async function openCalendarToken(secret: string, token: string): Promise<CalendarClaim | null> {
  const [, id, serial, country] = /^([a-z0-9_]{1,60})\.(\d{1,9})-([A-Z]{2}|)\.[\w-]{22}$/.exec(token) ?? [];
  const profileId = v.safeParse(idSchema('profile'), id);
  if (!profileId.success) return null;
  const claim = { profileId: profileId.output, serial: Number(serial), country: country || null };
  const [given, good] = [token, await calendarToken(secret, claim)].map((text) => encoder.encode(text));
  return given!.length === good!.length && timingSafeEqual(given!, good!) ? claim : null;
}
