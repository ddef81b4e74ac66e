import type { Device, Security } from '../../schema/api/accounts.ts';
import type { Platform } from '../platform/platform.ts';
import { deviceOf } from './device-name.ts';
import type { BuiltInIssuer, LiveSession } from './issuer.ts';
import { hasPassword } from './me/reauthenticate.ts';
import { liveSessions, passkeysOf, type SessionRow } from './queries.ts';

/** How somebody signs in, for them to see. */
export async function securityOf(
  platform: Platform,
  issuer: BuiltInIssuer,
  session: LiveSession,
): Promise<Security> {
  const { db, now } = platform;
  const { actor } = session;
  const [password, sessions, passkeys, backupCodesLeft] = await Promise.all([
    hasPassword(platform, actor),
    liveSessions(db, actor.userId, now()),
    passkeysOf(db, actor.userId),
    issuer.backupCodesLeft(session),
  ]);
  return {
    email: actor.email,
    emailVerified: actor.emailVerified,
    hasPassword: password,
    secondFactor: { on: backupCodesLeft !== null, backupCodesLeft: backupCodesLeft ?? 0 },
    passkeys,
    devices: sessions.map((row) => deviceFrom(row, row.id === session.id ? now() : null)),
  };
}

/** @param seenNow of the device that asks, ms UTC: it is here now, whatever its row says */
const deviceFrom = (
  { id, userAgent, city, country, signedInAt, lastSeenAt }: SessionRow,
  seenNow: number | null,
): Device => ({
  id,
  ...deviceOf(userAgent),
  city,
  country,
  signedInAt,
  lastSeenAt: seenNow ?? lastSeenAt,
  current: seenNow !== null,
});
