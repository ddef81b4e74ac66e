import { createHash } from 'node:crypto';
import {
  calculateJwkThumbprint,
  compactVerify,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWK,
} from 'jose';
import * as v from 'valibot';
import { STATEMENT_TYPE, StatementDocument } from '../../schema/statement.ts';

/** What came of looking at a statement: what it says, or why it is not to be trusted. */
export type Verified =
  | {
      holds: true;
      document: StatementDocument;
      keyId: string;
      /** Its key is one of those given. */ known: boolean;
    }
  | { holds: false; because: 'not a statement' | 'forged' | 'another csv' };

/**
 * Verifies a signed statement: its signature by the key in its header, that this key is one of the site's, and, where it is given, that the
 * CSV is the one that was signed.
 * @param keys of the site: its JWKS
 * @param csv its bytes; undefined: only the document is looked at
 */
export async function verifyStatement(
  jws: string,
  keys: readonly JWK[],
  csv?: Uint8Array,
): Promise<Verified> {
  try {
    const { typ, jwk } = decodeProtectedHeader(jws);
    if (typ !== STATEMENT_TYPE || !jwk) return { holds: false, because: 'not a statement' };
    const { payload } = await compactVerify(jws, await importJWK(jwk, 'ES256'), { algorithms: ['ES256'] });
    const document = v.parse(StatementDocument, JSON.parse(new TextDecoder().decode(payload)));
    if (csv && createHash('sha256').update(csv).digest('hex') !== document.csv.sha256)
      return { holds: false, because: 'another csv' };
    // By the key itself, not by what it is called: RFC 7638.
    const keyId = await calculateJwkThumbprint(jwk);
    const theirs = await Promise.all(keys.map((key) => calculateJwkThumbprint(key)));
    return { holds: true, document, keyId, known: theirs.includes(keyId) };
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return { holds: false, because: 'forged' };
    if (error instanceof errors.JOSEError || error instanceof v.ValiError)
      return { holds: false, because: 'not a statement' };
    if (error instanceof SyntaxError || error instanceof TypeError)
      return { holds: false, because: 'not a statement' };
    throw error;
  }
}

/** In sentences, and whether all is as it should be. */
export function sentencesOf(verified: Verified, withCsv: boolean): { sentences: string[]; holds: boolean } {
  if (!verified.holds) return { holds: false, sentences: [wrong[verified.because]] };
  const { document, keyId, known } = verified;
  const { licensor, from, number, reason, plays, minutes, money, issuer, madeAt } = document;
  const sums = Object.entries(money).map(
    ([currency, { revenue, owed }]) =>
      `${owed} owed of ${revenue} (${currency.toUpperCase()}, smallest units)`,
  );
  return {
    holds: known,
    sentences: [
      `Statement ${number} of ${issuer} to ${licensor.name} (${licensor.id}) for ${new Date(from).toISOString().slice(0, 7)}, made ${new Date(madeAt).toISOString()}${reason ? `, because: ${reason}` : ''}.`,
      `${plays} plays, ${minutes} minutes; ${sums.join('; ') || 'nothing earned'}.`,
      known
        ? `Signed by key ${keyId}, which is the site’s.${withCsv ? ' The CSV is the one that was signed.' : ''}`
        : `Signed by key ${keyId}, which is NOT among the site’s keys. If it was once, give them with --keys FILE.`,
    ],
  };
}

const wrong = {
  'not a statement': 'This is no signed statement.',
  forged: 'The signature is NOT right: the statement was changed, or made up.',
  'another csv': 'The CSV is NOT the one that was signed: its SHA-256 is another.',
};
