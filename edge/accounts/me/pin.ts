import { timingSafeEqual } from 'node:crypto';
import { base64url } from 'jose';

/**
 * Rounds of PBKDF2: the most that workerd's WebCrypto takes. Ten thousand PINs are soon gone through all the same; what makes a
 * copy of the database worth nothing is that a secret which is not in it goes in as well.
 */
const ROUNDS = 100_000;

const text = new TextEncoder();

async function derive(pin: string, salt: Uint8Array, rounds: number, secret: string): Promise<Uint8Array> {
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const pepper = await crypto.subtle.importKey('raw', text.encode(secret), hmac, false, ['sign']);
  const peppered = await crypto.subtle.sign('HMAC', pepper, text.encode(`profile pin\0${pin}`));
  const key = await crypto.subtle.importKey('raw', peppered, 'PBKDF2', false, ['deriveBits']);
  const params = { name: 'PBKDF2', hash: 'SHA-256', salt: salt.slice(), iterations: rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, 256));
}

/**
 * A PIN as the database keeps it: `pbkdf2$rounds$salt$hash`.
 * @param salt 16 random bytes, new for each PIN that is set
 */
export async function hashPin(pin: string, salt: Uint8Array, secret: string): Promise<string> {
  const hash = await derive(pin, salt, ROUNDS, secret);
  return ['pbkdf2', ROUNDS, base64url.encode(salt), base64url.encode(hash)].join('$');
}

/** Whether this is the PIN. Who asks has counted the try before (proof.ts). */
export async function isPin(pin: string, hash: string, secret: string): Promise<boolean> {
  const [, rounds = '', salt = '', expected = ''] = hash.split('$');
  const given = await derive(pin, base64url.decode(salt), Number(rounds), secret);
  const kept = base64url.decode(expected);
  return kept.length === given.length && timingSafeEqual(given, kept);
}

/** Names a PIN without telling anything of it: its salt. Another PIN has another, as have the same digits set anew. */
export const lockOf = (hash: string): string => hash.split('$')[2] ?? '';
