import { base64url } from 'jose';
import type { Keys } from './keyring.ts';

/** Content master keys by id; the first one is used for new assets. */
export type MasterKeys = Keys;

/** The id under which new assets derive their keys. */
export function currentKeyId(keys: MasterKeys): string {
  const first = Object.keys(keys)[0];
  if (!first) throw new Error('CONTENT_KEYS names no key');
  return first;
}

/**
 * The AES-128 key of one key period: HKDF-SHA256 (RFC 5869) of the master key, salt = asset id, info = `engawa period N`.
 * Nothing is stored and nothing is looked up. 16 bytes.
 */
export async function periodKey(
  keys: MasterKeys,
  keyId: string,
  assetId: string,
  period: number,
): Promise<Uint8Array> {
  const bits = await crypto.subtle.deriveBits(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: text.encode(assetId),
      info: text.encode(`engawa period ${period}`),
    },
    await masterKey(keys, keyId),
    128,
  );
  return new Uint8Array(bits);
}
const text = new TextEncoder();

/** Imported once an isolate. */
const imported = new WeakMap<MasterKeys, Map<string, Promise<CryptoKey>>>();
function masterKey(keys: MasterKeys, keyId: string): Promise<CryptoKey> {
  const master = keys[keyId];
  if (!master) throw new Error(`CONTENT_KEYS has no key ${keyId}`);
  let ready = imported.get(keys);
  if (!ready) imported.set(keys, (ready = new Map()));
  let key = ready.get(keyId);
  if (!key)
    ready.set(
      keyId,
      (key = crypto.subtle.importKey('raw', base64url.decode(master), 'HKDF', false, ['deriveBits'])),
    );
  return key;
}

/** Keys of several periods, base64url, as task messages carry them. */
export async function periodKeys(
  keys: MasterKeys,
  keyId: string,
  assetId: string,
  periods: readonly number[],
): Promise<Record<string, string>> {
  const entries = periods.map(
    async (p) => [String(p), base64url.encode(await periodKey(keys, keyId, assetId, p))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
