import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Plan } from '../../schema/jobs/plan.ts';

/**
 * METHOD=AES-128 (RFC 8216bis §4.4.4.4): CBC with PKCS#7 padding over the whole segment. The playlist states no IV, so it is the
 * media sequence number, which is the segment's index, as 16 bytes big-endian (ADR 0013).
 */
export const segmentIv = (index: number): Uint8Array => {
  const iv = new Uint8Array(16);
  new DataView(iv.buffer).setBigUint64(8, BigInt(index));
  return iv;
};

export function encryptSegment(bytes: Uint8Array, key: Uint8Array, index: number): Uint8Array {
  const cipher = createCipheriv('aes-128-cbc', key, segmentIv(index));
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

/** @throws Error where the padding shows that key or index are wrong, or that bytes were lost */
export function decryptSegment(bytes: Uint8Array, key: Uint8Array, index: number): Uint8Array {
  const decipher = createDecipheriv('aes-128-cbc', key, segmentIv(index));
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

/** How a rendition's segments are stored, and read back again: under their period's key, or as they are. */
export type Seal = (bytes: Uint8Array, period: number, index: number) => Uint8Array;
type Keys = Readonly<Record<string, string>>;

/** What is not said to be for everyone is encrypted, and without its key it is not written at all. @throws RangeError */
export const sealing =
  ({ plan, keys }: { plan: Pick<Plan, 'settings'>; keys: Keys }): Seal =>
  (bytes, period, index) =>
    plan.settings.encryption === 'none' ? bytes : encryptSegment(bytes, keyOf(keys, period), index);

/** As a player opens it: `keyId` null is what its playlist calls not encrypted. @throws Error, RangeError */
export const unsealing =
  ({ keyId, keys }: { keyId: string | null; keys: Keys }): Seal =>
  (bytes, period, index) =>
    keyId === null ? bytes : decryptSegment(bytes, keyOf(keys, period), index);

/** The key of one period, from a task's `keys`. @throws RangeError where it is not there or not 16 bytes */
export function keyOf(keys: Readonly<Record<string, string>>, period: number): Uint8Array {
  const key = Buffer.from(keys[String(period)] ?? '', 'base64url');
  if (key.length !== 16) throw new RangeError(`the task carries no key for period ${period}`);
  return key;
}
