import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../testing/season.ts';
import { SECONDS_PER_WORD } from './fingerprint.ts';
import { markersOf, type Episode } from './markers.ts';

const STEP = SECONDS_PER_WORD;
const inWords = (seconds: number) => Math.round(seconds / STEP);

/** Words as no sound has them twice. */
function words(seed: number, seconds: number): Uint32Array {
  const next = random(seed);
  return Uint32Array.from({ length: inWords(seconds) }, () => next() * 2 ** 32);
}
/** The same sound after another encode: each bit wrong with this probability. */
function worn(sound: Uint32Array, seed: number, wrong = 0.06): Uint32Array {
  const next = random(seed);
  return sound.map((word) => {
    let flips = 0;
    for (let bit = 0; bit < 32; bit++) flips |= Number(next() < wrong) << bit;
    return word ^ flips;
  });
}
function episode(parts: readonly Uint32Array[], rest: Partial<Episode> = {}): Episode {
  const all = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  const fingerprint = { words: all, secondsPerWord: STEP };
  return { duration: all.length * STEP, chapters: [], silence: [], black: [], fingerprint, ...rest };
}
const without = { duration: 300, silence: [], black: [], fingerprint: null };
const kinds = (season: Episode[]) =>
  markersOf(season).map((list) => list.map(({ kind, first }) => (first ? `new ${kind}` : kind)));

describe('markers by sound', () => {
  const theme = words(1, 80);
  /** Seeds of other sound than the theme's. */
  const strangers = fc.integer({ min: 1000, max: 1_000_000 });

  it('knows a theme from one end of a long season to the other, from neighbour to neighbour', () => {
    const season = Array.from({ length: 60 }, (_, i) =>
      episode([words(5000 + 2 * i, 3 + i), worn(theme, 6000 + i), words(5001 + 2 * i, 200)]),
    );
    expect(kinds(season)).toEqual(season.map((_, i) => [i === 0 ? 'new opening' : 'opening']));
  });

  it('finds a theme wherever it is planted in the first half, and nothing else', () => {
    const lead = fc.double({ min: 0, max: 80, noNaN: true });
    fc.assert(
      fc.property(fc.array(lead, { minLength: 2, maxLength: 5 }), strangers, (leads, seed) => {
        const season = leads.map((seconds, i) =>
          episode([words(seed + 2 * i, seconds), worn(theme, seed + i), words(seed + 2 * i + 1, 200)]),
        );
        markersOf(season).forEach((found, i) => {
          expect(found).toMatchObject([{ kind: 'opening', source: 'fingerprint', first: i === 0 }]);
          const start = inWords(leads[i]!) * STEP;
          // Words made up here have no blur of other sound at their edges: what is taken off for it is the error.
          expect(Math.abs(found[0]!.start - start)).toBeLessThan(1);
          expect(Math.abs(found[0]!.end - start - 80)).toBeLessThan(2);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('marks nothing in a season of which nothing repeats', () => {
    fc.assert(
      fc.property(strangers, fc.integer({ min: 2, max: 5 }), (seed, count) => {
        const season = Array.from({ length: count }, (_, i) => episode([words(seed + i, 300)]));
        expect(markersOf(season)).toEqual(season.map(() => []));
      }),
      { numRuns: 30 },
    );
  });

  it('does not take a recap for an opening: the end of one episode at the start of the next', () => {
    const scene = words(2, 60);
    expect(kinds([episode([words(3, 300), scene]), episode([scene, words(4, 300)])])).toEqual([[], []]);
  });

  it('knows an opening that closes the last episode', () => {
    const plain = (seed: number) => episode([words(seed, 10), worn(theme, seed), words(seed + 100, 250)]);
    const last = episode([words(50, 250), worn(theme, 9), words(51, 5)]);
    expect(kinds([plain(5), plain(6), last])).toEqual([['new opening'], ['opening'], ['ending']]);
  });

  it('wants more than two episodes to agree on a short stretch of a long season: music cues come back', () => {
    const cue = words(7, 25);
    const season = Array.from({ length: 8 }, (_, i) =>
      i < 2
        ? episode([words(200 + i, 40 + 5 * i), cue, words(220 + i, 200)])
        : episode([words(240 + i, 300)]),
    );
    expect(kinds(season)).toEqual(season.map(() => []));
    expect(kinds(season.slice(0, 3))).toEqual([['new opening'], ['opening'], []]);
  });

  it('does not mark an episode that was uploaded twice', () => {
    const whole = words(8, 300);
    expect(kinds([episode([whole]), episode([worn(whole, 8)])])).toEqual([[], []]);
  });

  it('moves edges to the silence or black picture beside them', () => {
    const season = [
      episode([words(10, 30), theme, words(11, 200)], {
        silence: [[29.2, 30.3]],
        black: [
          [29.9, 30.1],
          [110.7, 111.4],
        ],
      }),
      episode([words(12, 50), theme, words(13, 200)], { silence: [[40, 45]] }),
    ];
    const [first, second] = markersOf(season);
    expect(first![0]).toMatchObject({ start: 30.3, end: 110.7 });
    // Five seconds away is another silence.
    expect(Math.abs(second![0]!.start - 50)).toBeLessThan(1);
  });
});

describe('markers by chapters', () => {
  const theme = words(20, 90);
  const chapter = (title: string, start: number, end: number) => ({ title, start, end });

  it('win over sound in the episode that has them, and share its knowledge of what is new', () => {
    const season = [
      episode([words(21, 20), theme, words(22, 200)]),
      episode([words(23, 40), theme, words(24, 200)], {
        chapters: [chapter('OP', 40.5, 129.5), chapter('Preview', 280, 300)],
      }),
    ];
    const [first, second] = markersOf(season);
    expect(first).toMatchObject([{ kind: 'opening', source: 'fingerprint', first: true }]);
    expect(second).toEqual([
      { kind: 'opening', start: 40.5, end: 129.5, source: 'chapters', first: false },
      { kind: 'preview', start: 280, end: 300, source: 'chapters', first: false },
    ]);
  });

  it('a sound that no other episode has is new; without sound, the first of its kind is', () => {
    const named = { chapters: [chapter('Opening', 10, 100)] };
    const special = episode([words(30, 300)], named);
    const usual = (seed: number) => episode([words(seed, 10), theme, words(seed + 1, 200)]);
    expect(kinds([usual(31), special, usual(33)])).toEqual([['new opening'], ['new opening'], ['opening']]);
    expect(
      kinds([
        { ...without, ...named },
        { ...without, ...named },
      ]),
    ).toEqual([['new opening'], ['opening']]);
  });

  it('a named opening that is too short to be compared is new once', () => {
    const named = { chapters: [chapter('Opening', 10, 20)] };
    const season = [50, 52].map((seed) =>
      episode([words(seed, 10), words(49, 10), words(seed + 1, 200)], named),
    );
    expect(kinds(season)).toEqual([['new opening'], ['opening']]);
  });
});

it('compares 26 episodes of 24 minutes in seconds', () => {
  const opening = words(40, 89);
  const ending = words(41, 90);
  const season = Array.from({ length: 26 }, (_, i) =>
    episode([
      words(300 + i, 60 + i),
      worn(opening, i),
      words(400 + i, 1100),
      worn(ending, i),
      words(500 + i, 30),
    ]),
  );
  const before = performance.now();
  const found = markersOf(season);
  const seconds = (performance.now() - before) / 1000;
  expect(found.every((list) => list.map(({ kind }) => kind).join() === 'opening,ending')).toBe(true);
  // About one second on one core; the bound is for a busy machine.
  expect(seconds).toBeLessThan(20);
});
