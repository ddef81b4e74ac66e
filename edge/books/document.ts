import { calculateJwkThumbprint, CompactSign, decodeJwt, importJWK, type JWK } from 'jose';
import * as v from 'valibot';
import { STATEMENT_TYPE, StatementDocument } from '../../schema/statement.ts';

/**
 * A statement as a compact JWS by the site's signing key, like access tokens and the audit log's anchors: who has the public JWKS can tell
 * that it is ours and whole (ADR 0093). The public key stands in the header as well (RFC 7515 §4.1.3), so that an old statement can be
 * read after the site has another; that it was ours is known by its thumbprint.
 * @param signingKey private JWK of a P-256 key
 */
export async function signedStatement(document: StatementDocument, signingKey: string): Promise<string> {
  const key = JSON.parse(signingKey) as JWK;
  const { kty, crv, x, y } = key;
  return new CompactSign(new TextEncoder().encode(JSON.stringify(document)))
    .setProtectedHeader({
      alg: 'ES256',
      typ: STATEMENT_TYPE,
      kid: await calculateJwkThumbprint(key),
      jwk: { kty: kty!, crv: crv!, x: x!, y: y! },
    })
    .sign(await importJWK(key, 'ES256'));
}

/** What a document of our own store says. */
export const documentIn = (jws: string): StatementDocument => v.parse(StatementDocument, decodeJwt(jws));
