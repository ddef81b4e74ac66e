import { base64url, errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';

/** HMAC keys by id, base64url of 32 bytes or more; the first one signs, all of them verify. */
export type Keys = Readonly<Record<string, string>>;

/** Secrets that hold keys as JSON, read once an isolate: the same text is the same object, and what is known of it can hang on that. */
const read = new Map<string, Keys>();
export function keysIn(secret: string): Keys {
  let keys = read.get(secret);
  if (!keys) read.set(secret, (keys = JSON.parse(secret) as Keys));
  return keys;
}

/** What is said, signed by the first key: a compact JWS. @param typ RFC 8725 §3.11: explicit typing */
export async function seal(payload: JWTPayload, typ: string, keys: Keys): Promise<string> {
  const kid = Object.keys(keys)[0];
  if (!kid) throw new Error('PLAYBACK_KEYS names no key');
  return new SignJWT(payload).setProtectedHeader({ alg: 'HS256', kid, typ }).sign(await keyOf(keys, kid));
}

/** For clocks that differ. */
const SKEW_MS = 60_000;

/** What was said, or null where it was signed by none of these keys, for something else, is over, or not good yet. */
export async function open(token: string, typ: string, keys: Keys, now: number): Promise<JWTPayload | null> {
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keyOf(keys, kid), {
      algorithms: ['HS256'],
      typ,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    const fromTheFuture = (payload.iat ?? 0) * 1000 > now + SKEW_MS; // jose leaves `iat` to its reader
    return fromTheFuture ? null : payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** Imported once an isolate: importing takes longer than verifying. */
const imported = new WeakMap<Keys, Map<string, Promise<CryptoKey>>>();

/** @throws JOSEError for a key that is not, or not any more, in use */
function keyOf(keys: Keys, kid: string | undefined): Promise<CryptoKey> {
  const text = kid !== undefined && Object.hasOwn(keys, kid) ? keys[kid] : undefined;
  if (kid === undefined || text === undefined) throw new errors.JWKSNoMatchingKey();
  let ready = imported.get(keys);
  if (!ready) imported.set(keys, (ready = new Map()));
  let key = ready.get(kid);
  if (!key) ready.set(kid, (key = importKey(kid, text)));
  return key;
}

async function importKey(kid: string, text: string): Promise<CryptoKey> {
  const raw = base64url.decode(text);
  if (raw.length < 32) throw new Error(`PLAYBACK_KEYS ${kid} is shorter than 32 bytes`); // RFC 7518 §3.2: MUST
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}
