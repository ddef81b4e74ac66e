import { createHash } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';
import { expect, it } from 'vitest';
import { signedStatement } from '../../edge/books/document.ts';
import type { StatementDocument } from '../../schema/statement.ts';
import { sentencesOf, verifyStatement } from './verify.ts';

const csv = new TextEncoder().encode('\uFEFFtitle_id,title\r\n');
const document: StatementDocument = {
  format: 'engawa-statement',
  version: 1,
  issuer: 'https://engawa.test',
  id: 'stm_0000',
  licensor: { id: 'lsr_0000', name: 'Kino' },
  from: Date.UTC(2024, 0),
  until: Date.UTC(2024, 1),
  number: 2,
  reason: 'A play came late.',
  rules: 1,
  csv: { sha256: createHash('sha256').update(csv).digest('hex'), lines: 0 },
  plays: 3,
  minutes: 70,
  money: { jpy: { revenue: 101, owed: 50 } },
  titles: {},
  madeAt: Date.UTC(2024, 1, 5),
};
async function aKey() {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const whole = await exportJWK(privateKey);
  const { d: _d, ...open } = whole;
  return { signing: JSON.stringify(whole), open: open as JWK, privateKey };
}

it('knows its own statement, and the CSV that goes with it', async () => {
  const { signing, open } = await aKey();
  const verified = await verifyStatement(await signedStatement(document, signing), [open], csv);
  const { sentences, holds } = sentencesOf(verified, true);
  expect(holds).toBe(true);
  expect(sentences.join('\n')).toMatch(
    /Statement 2 .* Kino .* 2024-01.*late\.\.\n3 plays, 70 minutes; 50 owed of 101 \(JPY/,
  );
});

it('tells apart a changed CSV, a changed document, another key and what is no statement', async () => {
  const { signing, open, privateKey } = await aKey();
  const jws = await signedStatement(document, signing);
  const [head, body, mark] = jws.split('.');
  expect(await verifyStatement(jws, [open], new Uint8Array([1]))).toEqual({
    holds: false,
    because: 'another csv',
  });
  const more = Buffer.from(JSON.stringify({ ...document, money: {} })).toString('base64url');
  expect(await verifyStatement(`${head}.${more}.${mark}`, [open])).toEqual({
    holds: false,
    because: 'forged',
  });
  // Signed by somebody who calls their key by our name.
  const other = await aKey();
  expect(await verifyStatement(await signedStatement(document, other.signing), [open])).toMatchObject({
    known: false,
  });
  const anchor = await new CompactSign(Buffer.from(body!, 'base64url'))
    .setProtectedHeader({ alg: 'ES256', typ: 'engawa-audit-anchor' })
    .sign(privateKey);
  expect(await verifyStatement(anchor, [open])).toEqual({ holds: false, because: 'not a statement' });
  expect(await verifyStatement('nothing', [open])).toEqual({ holds: false, because: 'not a statement' });
});
