import { base64url } from 'jose';

/*
 * The bearer of one claim of one task: `{attempt}.{HMAC-SHA256}`. It needs no expiry: the attempt is the fence, and a
 * later claim makes it worthless (ADR 0015).
 */
const text = new TextEncoder();
const PURPOSE = 'engawa task tokens';

/**
 * Derived from a secret that only the edge has: with one that transcoders know, each could speak for all the others.
 * @param purpose keys of different purposes know nothing of each other
 */
export async function signingKey(secret: string, purpose: string): Promise<CryptoKey> {
  const key = await crypto.subtle.importKey('raw', text.encode(secret), 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: text.encode(purpose) },
    key,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  );
}
const claim = (taskId: string, attempt: number) => text.encode(`engawa task ${taskId} attempt ${attempt}`);

export async function taskToken(secret: string, taskId: string, attempt: number): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await signingKey(secret, PURPOSE), claim(taskId, attempt));
  return `${attempt}.${base64url.encode(new Uint8Array(mac))}`;
}

/** The attempt that a token is good for, or null for a token of another task or of nobody's making. Constant-time. */
export async function attemptOf(secret: string, taskId: string, token: string): Promise<number | null> {
  const [, digits, mac] = /^([1-9]\d{0,9})\.([\w-]{43})$/.exec(token) ?? [];
  if (!digits || !mac) return null;
  const attempt = Number(digits);
  const key = await signingKey(secret, PURPOSE);
  const good = await crypto.subtle.verify('HMAC', key, base64url.decode(mac), claim(taskId, attempt));
  return good ? attempt : null;
}
