import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, type Grant, type LicenceTerms, type Subject, type Viewer } from './decide.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 3, 1);
const here: Viewer = { country: 'JP', signedIn: true };
const aired: Subject = { published: true, airsAt: null };
const row = (terms: Partial<LicenceTerms> = {}): LicenceTerms => ({
  id: 'lic_a',
  territoryMode: 'include',
  countries: ['JP'],
  startsAt: NOW - DAY,
  endsAt: NOW + DAY,
  maxHeight: null,
  audioLanguages: null,
  subtitleLanguages: null,
  ...terms,
});

describe('decide', () => {
  it('grants what the row allows, until it ends', () => {
    expect(decide(here, aired, [row({ maxHeight: 720, audioLanguages: ['ja'] })], NOW)).toEqual({
      granted: true,
      licenceId: 'lic_a',
      maxHeight: 720,
      audio: ['ja'],
      subtitles: null,
      until: NOW + DAY,
    });
  });

  it.each([
    ['nobody is signed in', { country: 'JP', signedIn: false }, aired, [row()], 'not-signed-in', null],
    ['there is no such episode', here, null, [row()], 'not-found', null],
    ['it is not published', here, { published: false, airsAt: null }, [row()], 'not-found', null],
    ['there is no licence', here, aired, [], 'not-in-territory', null],
    [
      'the country is not included',
      { country: 'FR', signedIn: true },
      aired,
      [row()],
      'not-in-territory',
      null,
    ],
    ['the country is excluded', here, aired, [row({ territoryMode: 'exclude' })], 'not-in-territory', null],
    [
      'the country is unknown and a list decides',
      { country: null, signedIn: true },
      aired,
      [row(), row({ territoryMode: 'exclude', countries: ['CN'] })],
      'not-in-territory',
      null,
    ],
    ['it has not aired', here, { published: true, airsAt: NOW + 5 }, [row()], 'not-yet', NOW + 5],
    [
      'the licence ends before it airs',
      here,
      { published: true, airsAt: NOW + 2 * DAY },
      [row()],
      'not-yet',
      null,
    ],
    [
      'a window has ended and the next one is to come',
      here,
      aired,
      [row({ endsAt: NOW }), row({ startsAt: NOW + 9 }), row({ startsAt: NOW + 7 })],
      'not-yet',
      NOW + 7,
    ],
    ['every window has ended', here, aired, [row({ endsAt: NOW })], 'window-ended', null],
    ['a window is empty', here, aired, [row({ startsAt: NOW, endsAt: NOW })], 'not-in-territory', null],
  ] as const)('refuses when %s', (_, viewer, episode, rows, reason, retryAt) => {
    expect(decide(viewer, episode, rows, NOW)).toEqual({ granted: false, reason, retryAt });
  });

  it('opens and closes to the millisecond', () => {
    const rows = [row({ startsAt: NOW, endsAt: NOW + 10 })];
    const at = (ms: number) => decide(here, aired, rows, ms);
    expect(at(NOW - 1)).toMatchObject({ reason: 'not-yet', retryAt: NOW });
    expect(at(NOW)).toMatchObject({ granted: true, until: NOW + 10 });
    expect(at(NOW + 9)).toMatchObject({ granted: true });
    expect(at(NOW + 10)).toMatchObject({ reason: 'window-ended' });
  });

  it('lets a world-wide row cover a viewer whose country is unknown', () => {
    const world = row({ territoryMode: 'exclude', countries: [] });
    expect(decide({ country: null, signedIn: true }, aired, [world], NOW)).toMatchObject({ granted: true });
  });

  it('prefers the tallest picture, then dubs, then subtitles, then the later end', () => {
    const chosen = (...rows: LicenceTerms[]) => (decide(here, aired, rows, NOW) as Grant).licenceId;
    const tall = row({ id: 'lic_tall', maxHeight: 1080, audioLanguages: ['ja'] });
    const wide = row({ id: 'lic_wide', maxHeight: 720 });
    expect(chosen(wide, tall)).toBe('lic_tall');
    expect(
      chosen(
        row({ id: 'lic_one', audioLanguages: ['ja', 'ja'] }),
        row({ id: 'lic_two', audioLanguages: ['ja', 'en'] }),
      ),
    ).toBe('lic_two');
    expect(
      chosen(
        row({ id: 'lic_none', subtitleLanguages: [] }),
        row({ id: 'lic_some', subtitleLanguages: ['en'] }),
      ),
    ).toBe('lic_some');
    expect(chosen(row({ id: 'lic_a' }), row({ id: 'lic_b', endsAt: null }))).toBe('lic_b');
    expect(chosen(row({ id: 'lic_b' }), row({ id: 'lic_a' }))).toBe('lic_a');
  });
});

// A small world in which every moment can be tried: times 0 to 13, three countries, few heights and languages.
const time = fc.integer({ min: 1, max: 12 });
const languages = fc.option(fc.subarray(['ja', 'en', 'de']));
const anyRow: fc.Arbitrary<LicenceTerms> = fc.record({
  id: fc.constantFrom('lic_a', 'lic_b', 'lic_c', 'lic_d'),
  territoryMode: fc.constantFrom('include', 'exclude'),
  countries: fc.subarray(['JP', 'FR', 'US']),
  startsAt: fc.option(time),
  endsAt: fc.option(time),
  maxHeight: fc.option(fc.constantFrom(480, 720, 1080)),
  audioLanguages: languages,
  subtitleLanguages: languages,
});
const world = fc.record({
  viewer: fc.record({ country: fc.option(fc.constantFrom('JP', 'FR', 'US')), signedIn: fc.boolean() }),
  episode: fc.option(fc.record({ published: fc.boolean(), airsAt: fc.option(time) })),
  rows: fc.uniqueArray(anyRow, { selector: (r) => r.id, maxLength: 4 }),
  now: time,
});

/** Whether a row lets the viewer watch at one moment, said as plainly as possible. */
const permits = (r: LicenceTerms, viewer: Viewer, episode: Subject, at: number): boolean => {
  if (episode.airsAt !== null && at < episode.airsAt) return false;
  if (r.startsAt !== null && at < r.startsAt) return false;
  if (r.endsAt !== null && at >= r.endsAt) return false;
  return inTerritory(r, viewer);
};
const inTerritory = (r: LicenceTerms, viewer: Viewer): boolean => {
  if (viewer.country === null) return r.territoryMode === 'exclude' && r.countries.length === 0;
  if (r.territoryMode === 'include') return r.countries.includes(viewer.country);
  return !r.countries.includes(viewer.country);
};

/** What is to be said, found by trying every moment; null: a grant. */
function oracle(
  viewer: Viewer,
  episode: Subject | null,
  rows: LicenceTerms[],
  now: number,
): { reason: string; retryAt: number | null } | null {
  if (!viewer.signedIn) return { reason: 'not-signed-in', retryAt: null };
  if (!episode?.published) return { reason: 'not-found', retryAt: null };
  const watchable = (at: number) => rows.some((r) => permits(r, viewer, episode, at));
  if (watchable(now)) return null;
  const moments = Array.from({ length: 14 }, (_, at) => at);
  const retryAt = moments.find((at) => at > now && watchable(at)) ?? null;
  // Rows whose window holds at least one moment, wherever the episode's air date falls.
  const everHere = rows.filter((r) =>
    moments.some((at) => permits(r, viewer, { published: true, airsAt: null }, at)),
  );
  if (everHere.length === 0) return { reason: 'not-in-territory', retryAt };
  const alive = everHere.some((r) => r.endsAt === null || now < r.endsAt);
  return { reason: alive ? 'not-yet' : 'window-ended', retryAt };
}

describe('decide, against trying every moment', () => {
  it('agrees on who may watch, why not, and when', () => {
    fc.assert(
      fc.property(world, ({ viewer, episode, rows, now }) => {
        const expected = oracle(viewer, episode, rows, now);
        const answer = decide(viewer, episode, rows, now);
        expect(answer).toMatchObject(expected ? { granted: false, ...expected } : { granted: true });
      }),
      { numRuns: 3000 },
    );
  });

  it('chooses a row that no other applying row beats, whatever the order of the rows', () => {
    const score = (r: LicenceTerms) => [
      r.maxHeight ?? 1e9,
      r.audioLanguages?.length ?? 1e9,
      r.subtitleLanguages?.length ?? 1e9,
      r.endsAt ?? 1e9,
    ];
    const beats = (a: number[], b: number[]): boolean => {
      const at = a.findIndex((value, i) => value !== b[i]);
      return at >= 0 && a[at]! > b[at]!;
    };
    fc.assert(
      fc.property(world, ({ viewer, episode, rows, now }) => {
        const answer = decide(viewer, episode, rows, now);
        expect(decide(viewer, episode, [...rows].reverse(), now)).toEqual(answer);
        if (!answer.granted || !episode) return;
        const open = rows.filter((r) => permits(r, viewer, episode, now));
        const chosen = open.find((r) => r.id === answer.licenceId)!;
        expect([chosen.maxHeight, chosen.audioLanguages, chosen.subtitleLanguages, chosen.endsAt]).toEqual([
          answer.maxHeight,
          answer.audio,
          answer.subtitles,
          answer.until,
        ]);
        expect(open.some((other) => beats(score(other), score(chosen)))).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
