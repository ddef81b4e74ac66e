import { compactVerify, decodeProtectedHeader, errors, importJWK } from 'jose';
import * as v from 'valibot';
import type { Key, Opened } from '../../schema/audit-log.ts';

const Anchor = v.object({ seq: v.number(), hash: v.string(), at: v.number() });
const read = (payload: Uint8Array) => v.parse(Anchor, JSON.parse(new TextDecoder().decode(payload)));

/** Checks an anchor's signature (edge/operations/audit/anchors.ts makes it). */
export async function openAnchor(jws: string, keys: readonly Key[]): Promise<Opened> {
  try {
    const { kid, typ } = decodeProtectedHeader(jws);
    if (typ !== 'engawa-audit-anchor') return null; // signed by the same key, for something else
    const key = keys.find((one) => one.kid === kid);
    if (!key) return { anchor: read(Buffer.from(jws.split('.')[1] ?? '', 'base64url')), known: false };
    const { payload } = await compactVerify(jws, await importJWK({ ...key }, 'ES256'), {
      algorithms: ['ES256'],
    });
    return { anchor: read(payload), known: true };
  } catch (error) {
    if (
      error instanceof errors.JOSEError ||
      error instanceof v.ValiError ||
      error instanceof SyntaxError ||
      error instanceof TypeError
    )
      return null;
    throw error;
  }
}
