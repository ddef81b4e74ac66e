import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SIGNATURE_MS } from '../../edge/playback/playlists.ts';
import { TOKEN_MS } from '../../edge/playback/token.ts';
import { idAt, retirableAt, retired, rotated, rotations, type Rotating, type What } from './rotation.ts';

const NOW = Date.UTC(2026, 10, 23, 1, 45);
const one: Rotating = {
  PLAYBACK_KEYS: '{"p1":"x"}',
  CDN_KEYS: '{"K1":"x"}',
  CONTENT_KEYS: '{"c1":"x"}',
  rotatedAt: {},
};
const ids = (secrets: Rotating, what: What) => Object.keys(JSON.parse(secrets[rotations[what]]!) as object);

test('the new key comes first, the others stay behind it, and nothing else changes', () => {
  const after = rotated(one, 'tokens', idAt(NOW), 'y', NOW);
  expect(JSON.parse(after.PLAYBACK_KEYS!)).toEqual({ k20261123T014500: 'y', p1: 'x' });
  expect(ids(after, 'tokens')[0]).toBe('k20261123T014500');
  expect({ ...after, PLAYBACK_KEYS: one.PLAYBACK_KEYS, rotatedAt: {} }).toEqual(one);
  expect(() => rotated(after, 'tokens', 'p1', 'z', NOW)).toThrow('There is a key p1 already');
});

test('a key that is used now, or that is not there, is not retired', () => {
  const after = rotated(one, 'cdn', 'K2', 'y', NOW);
  const later = { now: NOW + 1e12 };
  expect(() => retired(after, 'cdn', 'K2', later)).toThrow('rotate first');
  expect(() => retired(after, 'cdn', 'K3', later)).toThrow('there are K2, K1');
  expect(ids(retired(after, 'cdn', 'K1', later), 'cdn')).toEqual(['K2']);
});

test.each<['tokens' | 'cdn', string, number]>([
  ['tokens', 'p1', TOKEN_MS],
  ['cdn', 'K1', SIGNATURE_MS],
])('%s: the one before stays until nothing it signed can be in use, unless it leaked', (what, old, life) => {
  const after = rotated(one, what, 'k2', 'y', NOW);
  expect(retirableAt(after, what)).toBeGreaterThan(NOW + life);
  const at = (now: number, leaked = false) => retired(after, what, old, { now, leaked });
  expect(() => at(NOW + life)).toThrow('in use until');
  expect(ids(at(retirableAt(after, what)), what)).toEqual(['k2']);
  expect(ids(at(NOW, true), what)).toEqual(['k2']);
});

test('a content key goes only when nothing is encrypted under it, leaked or not', () => {
  const after = rotated(one, 'content', 'c2', 'y', NOW);
  const go = (inUse: number) => retired(after, 'content', 'c1', { now: NOW, leaked: true, inUse });
  expect(() => go(3)).toThrow('3 assets are encrypted under c1. Encode them anew');
  expect(ids(go(0), 'content')).toEqual(['c2']);
});

test('whatever is rotated and retired, there is always a key, and none that signed of late is gone', () => {
  const step = fc.record({ wait: fc.nat(30 * 3_600_000), retire: fc.option(fc.nat(9)) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let secrets = rotated(one, 'tokens', 'k-1', 'y', 0);
      let now = 0;
      const signedUntil = new Map<string, number>([['p1', 0]]); // by id: when it last signed
      for (const [n, { wait, retire }] of steps.entries()) {
        now += wait;
        signedUntil.set(ids(secrets, 'tokens')[0]!, now);
        if (retire === null) secrets = rotated(secrets, 'tokens', `k${n}`, 'y', now);
        else
          try {
            secrets = retired(secrets, 'tokens', ids(secrets, 'tokens')[retire] ?? 'none', { now });
          } catch {
            // refused: nothing has changed
          }
        const left = ids(secrets, 'tokens');
        expect(left.length).toBeGreaterThan(0);
        const needed = [...signedUntil].filter(([, at]) => now < at + TOKEN_MS);
        expect(left).toEqual(expect.arrayContaining(needed.map(([id]) => id)));
      }
    }),
  );
});
