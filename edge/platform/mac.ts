import { base64url } from 'jose';

const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/**
 * The first 16 bytes of an HMAC-SHA256, base64url: 22 characters that nobody makes or understands without the secret.
 * @param purpose what is made for one purpose is worth nothing for another
 */
export async function shortMac(secret: string, purpose: string, text: string): Promise<string> {
  const bytes = (part: string) => new TextEncoder().encode(part);
  const key = await crypto.subtle.importKey('raw', bytes(`${purpose}:${secret}`), HMAC, false, ['sign']);
  return base64url.encode(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes(text)), 0, 16));
}
