import * as v from 'valibot';
import { linesOf, verifyLog, type Key, type LogVerdict, type Opened } from '../../../schema/audit-log.ts';

// What `npm run audit -- verify` does, in this browser: nothing of it is the server's word but the log itself.

const utf8 = new TextEncoder();
const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const digest = async (text: string) => hex(await crypto.subtle.digest('SHA-256', utf8.encode(text)));

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
const json = (base64url: string): unknown => JSON.parse(new TextDecoder().decode(bytesOf(base64url)));
const Header = v.object({ alg: v.literal('ES256'), kid: v.string(), typ: v.literal('engawa-audit-anchor') });
const Payload = v.object({ seq: v.number(), hash: v.string(), at: v.number() });

/** A compact JWS (RFC 7515 §7.1) signed with ES256 (RFC 7518 §3.4). */
async function openAnchor(jws: string, keys: readonly Key[]): Promise<Opened> {
  const [head = '', payload = '', signature = ''] = jws.split('.');
  try {
    const { kid } = v.parse(Header, json(head));
    const anchor = v.parse(Payload, json(payload));
    const jwk = keys.find((key) => key.kid === kid);
    if (!jwk) return { anchor, known: false };
    const curve = { name: 'ECDSA', namedCurve: 'P-256' };
    const { kty, crv, x, y } = jwk as JsonWebKey;
    const key = await crypto.subtle.importKey('jwk', { kty: kty!, crv: crv!, x: x!, y: y! }, curve, false, [
      'verify',
    ]);
    const signed = utf8.encode(`${head}.${payload}`);
    const good = await crypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      bytesOf(signature),
      signed,
    );
    return good ? { anchor, known: true } : null;
  } catch {
    return null; // no JWS of ours
  }
}

async function* piecesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader(); // not every browser iterates streams
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

/** @throws BrokenExport, or what a lost connection throws */
export const checkLog = (body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<LogVerdict> =>
  verifyLog(linesOf(piecesOf(body)), digest, openAnchor);
