import { base64url } from 'jose';

/** Content master keys by id; the first one is used for new assets. */
export type MasterKeys = Record<string, string>;

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
  const master = keys[keyId];
  if (!master) throw new Error(`CONTENT_KEYS has no key ${keyId}`);
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', base64url.decode(master), 'HKDF', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: text.encode(assetId),
      info: text.encode(`engawa period ${period}`),
    },
    key,
    128,
  );
  return new Uint8Array(bits);
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
