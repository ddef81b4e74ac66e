import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { auditFaults } from '../../schema/audit-verify.ts';
import type { LogVerdict } from '../../schema/audit-log.ts';
import { openAnchor } from './anchor.ts';
import { outcome } from './words.ts';

const good: LogVerdict = {
  fault: null,
  seq: 12,
  at: 0,
  hash: 'ab',
  unsealed: 0,
  anchors: 2,
  origin: 'https://engawa.test',
  unproven: [],
  forged: [],
};

describe('what is said of a log', () => {
  it('is one line where it holds', () => {
    expect(outcome(good)).toEqual({
      holds: true,
      sentences: [
        'The audit log of https://engawa.test holds to entry 12 of 1970-01-01T00:00:00.000Z: 2 signed anchors agree, head ab.',
      ],
    });
  });

  it('says where it breaks and how, for each way', () => {
    for (const what of auditFaults) {
      const { holds, sentences } = outcome({ ...good, fault: { what, seq: 13 } });
      expect(holds).toBe(false);
      expect(sentences[0]).toMatch(/BROKEN: .*entry 13.* It holds to entry 12 of 1970/);
    }
    expect(outcome({ ...good, forged: ['audit/anchors/x.jws'] }).holds).toBe(false);
    expect(outcome({ ...good, unproven: ['audit/anchors/x.jws'], unsealed: 3 })).toMatchObject({
      holds: true,
    });
  });
});

describe('an anchor', () => {
  const anchor = { seq: 3, hash: 'ab', at: 1 };
  const sign = async (typ: string) => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(anchor)))
      .setProtectedHeader({ alg: 'ES256', kid: 'k1', typ })
      .sign(privateKey);
    return { jws, key: { ...(await exportJWK(publicKey)), kty: 'EC', kid: 'k1' } };
  };

  it('is proof with its key, a word without it, and nothing with another', async () => {
    const { jws, key } = await sign('engawa-audit-anchor');
    const other = await sign('engawa-audit-anchor');
    expect(await openAnchor(jws, [key])).toEqual({ anchor, known: true });
    expect(await openAnchor(jws, [])).toEqual({ anchor, known: false });
    expect(await openAnchor(jws, [other.key])).toBeNull();
    expect(await openAnchor(jws.replace(/\.[^.]+\./, '.e30.'), [key])).toBeNull();
    expect(await openAnchor('rubbish', [key])).toBeNull();
    const token = await sign('JWT');
    expect(await openAnchor(token.jws, [token.key])).toBeNull();
  });
});
