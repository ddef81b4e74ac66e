import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../testing/season.ts';
import { indexWords, sharedRuns, wordsOf } from './fingerprint.ts';

const noise = (seed: number, length: number): Uint32Array => {
  const next = random(seed);
  return Uint32Array.from({ length }, () => next() * 2 ** 32);
};
const held = (length: number): Uint32Array => new Uint32Array(length).fill(627_964_279);
const all = (...parts: Uint32Array[]): Uint32Array => Uint32Array.from(parts.flatMap((part) => [...part]));
const shared = (a: Uint32Array, b: Uint32Array) => sharedRuns(indexWords(a), indexWords(b), 100);

describe('fingerprints', () => {
  it('are little-endian words, wherever their bytes lie', () => {
    const bytes = Uint8Array.of(9, 1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 7);
    expect([...wordsOf(bytes.subarray(1))]).toEqual([1, 0xffff_ffff]);
  });

  it('share a stretch that stands in both, from its first word to its last', () => {
    const place = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(place, place, fc.integer({ min: 110, max: 400 }), fc.integer(), (i, j, length, seed) => {
        const theme = noise(seed, length);
        const [run, ...others] = shared(
          all(noise(seed + 1, i), theme, noise(seed + 2, 300)),
          all(noise(seed + 3, j), theme, noise(seed + 4, 200)),
        );
        expect(others).toEqual([]);
        // A word of other sound that agrees by chance may be added at an end.
        expect(Math.abs(run!.a[0] - i) + Math.abs(run!.b[0] - j)).toBeLessThanOrEqual(4);
        expect(Math.abs(run!.a[1] - i - length) + Math.abs(run!.b[1] - j - length)).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('share no silence, nor does silence make a short stretch long', () => {
    expect(shared(all(noise(1, 50), held(300)), all(held(300), noise(2, 90)))).toEqual([]);
    const jingle = noise(3, 70);
    const one = all(noise(4, 100), jingle, held(200), noise(5, 100));
    expect(shared(one, all(noise(6, 30), jingle, held(200), noise(7, 100)))).toEqual([]);
  });
});
