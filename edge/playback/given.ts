import type { Id } from '../../schema/ids.ts';
import { recent } from '../platform/recent.ts';

/**
 * Keys given of late, in this isolate's memory (ADR 0046). A key that is asked for again within seconds is given again without asking
 * the account's object: whoever asks has it, and the object would count nothing. What ends a stream here takes them back here.
 */
const given = recent<ReadonlyMap<number, Given>>(4096);
type Given = { key: Uint8Array<ArrayBuffer>; at: number };

/** As long as the object lets a lease go untouched (edge/platform/viewer-account.ts). */
export const GIVEN_MS = 5_000;

export function givenOfLate(
  sessionId: Id<'playback'>,
  period: number,
  now: number,
): Uint8Array<ArrayBuffer> | null {
  const known = given.get(sessionId)?.get(period);
  return known && known.at <= now && now < known.at + GIVEN_MS ? known.key : null;
}

export function rememberGiven(
  sessionId: Id<'playback'>,
  period: number,
  key: Uint8Array<ArrayBuffer>,
  now: number,
): void {
  given.set(sessionId, new Map(given.get(sessionId)).set(period, { key, at: now }));
}

/** The stream has ended: none of its keys is given again. */
export const takeBack = (sessionId: Id<'playback'>): void => given.set(sessionId, new Map());
