import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AdminEpisode, AdminTitleDetail } from '../../../../schema/api/editing.ts';
import { readFileName } from '../../../../schema/file-name/read.ts';
import { placeOf } from './place.ts';
import { grouped, linesOf, type Group, type Row, type Said } from './rows.ts';
import { bestTitle, folded, likeness, searches, type Candidate } from './titles.ts';

type Known = { season: number; number: number; absoluteNumber?: number; hasJob?: boolean };
const episodes = (...known: Known[]) =>
  known.map(
    ({ season, number, absoluteNumber = null, hasJob = false }) =>
      ({
        id: `ep_${season}_${number}`,
        season,
        number,
        absoluteNumber,
        kind: season === 0 ? 'special' : 'story',
        latestJobId: hasJob ? 'job_1' : null,
      }) as AdminEpisode,
  );
const run = (season: number, count: number, more: Partial<Known> = {}): Known[] =>
  Array.from({ length: count }, (_, i) => ({ season, number: i + 1, ...more }));
const titleOf = (kind: 'series' | 'movie', ...known: Known[]) =>
  ({
    id: 'ttl_1',
    kind,
    names: { main: 'Kaze' },
    episodeList: episodes(...known),
  }) as unknown as AdminTitleDetail;

describe('where a file belongs', () => {
  const two = titleOf('series', ...run(1, 24), ...run(2, 12));
  it.each([
    ['Kaze S02E05.mkv', two, { season: 2, number: 5, by: 'name', sure: true }],
    ['Kaze - 05.mkv', two, { season: 1, number: 5, by: 'name', sure: true }],
    ['Kaze - 25.mkv', two, { season: 2, number: 1, by: 'counted', sure: true }],
    ['Kaze - 40.mkv', two, { season: 2, number: 16, by: 'counted', sure: false }],
    ['Kaze - 30.mkv', titleOf('series', ...run(1, 24)), { season: 1, number: 30, by: 'name', sure: true }],
    ['Kaze - 05.mkv', titleOf('series'), { season: 1, number: 5, by: 'name', sure: true }],
    ['Kaze - 05.mkv', titleOf('series', ...run(3, 12)), { season: 3, number: 5, by: 'name', sure: true }],
    [
      'Kaze - 05.mkv', // the first season has its videos: it may be one of the second
      titleOf('series', ...run(1, 24, { hasJob: true }), ...run(2, 12)),
      { season: 1, number: 5, by: 'name', sure: false },
    ],
    [
      'Kaze - 25.mkv',
      titleOf('series', ...run(1, 26), { season: 2, number: 1, absoluteNumber: 25 }),
      { season: 2, number: 1, by: 'absolute', sure: true },
    ],
    ['Kaze - OVA 2.mkv', two, { season: 0, number: 2, by: 'name', sure: true }],
    ['Kaze - OVA.mkv', two, null],
    ['Kaze.mkv', two, null],
    ['Kaze.mkv', titleOf('movie'), { season: 1, number: 1, by: 'only', sure: true }],
    ['Kaze Movie.mkv', titleOf('movie'), { season: 1, number: 1, by: 'only', sure: true }],
    ['Kaze.mkv', titleOf('series', ...run(1, 1)), { season: 1, number: 1, by: 'only', sure: false }],
    ['Kaze - 01-12.mkv', two, null],
  ])('%s', (name, title, place) => expect(placeOf(readFileName(name), title)).toEqual(place));

  it('counting through seasons finds each episode once', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 5 }), (lengths) => {
        const title = titleOf('series', ...lengths.flatMap((count, i) => run(i + 1, count)));
        const total = lengths.reduce((a, b) => a + b, 0);
        const spots = Array.from({ length: total }, (_, i) => {
          const place = placeOf({ what: 'episode', season: null, episode: i + 1 }, title)!;
          return `${place.season} ${place.number}`;
        });
        expect(new Set(spots).size).toBe(total);
      }),
    ));
});

describe('which title is meant', () => {
  const candidate = (main: string, synonyms: string[] = []): Candidate =>
    ({
      id: `ttl_${main}`,
      names: { main, native: null, english: null },
      synonyms,
      year: null,
      kind: 'series',
    }) as Candidate;
  it.each([
    ['hoshi no umi', ['Hoshi no Umi', 'Hoshi no Umi 2'], 'Hoshi no Umi', true],
    ['Re Start', ['Re-Start!'], 'Re-Start!', true],
    ['Hoshi no Umi II', ['Hoshi no Umi'], 'Hoshi no Umi', false],
    ['Umi', ['Yama', 'Kawa'], null, false],
    ['星の海', ['星の海'], '星の海', true],
  ])('%s of %j', (said, known, main, sure) => {
    const best = bestTitle(
      said,
      known.map((name) => candidate(name)),
    );
    expect(best?.title.names.main ?? null).toBe(main);
    expect(best?.sure ?? false).toBe(sure);
  });
  it('two of the same name are for a person to tell apart', () => {
    expect(bestTitle('Kaze', [candidate('Kaze'), candidate('Other', ['KAZE'])])?.sure).toBe(false);
  });
  it('looks for less and less', () => {
    expect(searches('Hoshi no Umi 2')).toEqual(['Hoshi no Umi 2', 'Hoshi no Umi', 'Hoshi']);
    expect(searches('Kaze')).toEqual(['Kaze']);
  });
  it('likeness is the same from both sides, and between none and all', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(likeness(a, b)).toBeCloseTo(likeness(b, a));
        expect(likeness(a, a)).toBe(1);
        expect(likeness(a, b)).toBeGreaterThanOrEqual(0);
        expect(likeness(a, b)).toBeLessThanOrEqual(1);
      }),
    ));
});

describe('the table', () => {
  const row = (path: string, said: Said = {}): Row => ({
    file: new File(['x'], path.split('/').pop()!),
    path,
    key: path,
    read: readFileName(path),
    said,
    open: null,
  });
  const group = (rows: Row[], title: AdminTitleDetail | null, sure = true): Group => ({
    name: 'Kaze',
    title,
    sure,
    rows,
  });
  const told = (rows: Row[], title: AdminTitleDetail | null, sure = true) =>
    linesOf(group(rows, title, sure)).map(({ troubles, notes }) => [troubles, notes]);
  const series = titleOf('series', { season: 1, number: 1, hasJob: true }, { season: 1, number: 2 });

  it('says what happens to each file', () => {
    const rows = ['01.mkv', '02.mkv', '02.en.ass', '01.de.ass', '03.mkv', 'NCOP.mkv', '01-02.mkv', 'a.ttf'];
    expect(
      told(
        rows.map((name) => row(name.replace(/^/, 'Kaze - '))),
        series,
      ),
    ).toEqual([
      [[], ['new-version']],
      [[], []],
      [[], ['after-video']],
      [[], ['after-video']],
      [[], ['new-episode']],
      [[], ['extra']],
      [[], ['several']],
      [[], ['other']],
    ]);
  });
  it('asks what it cannot tell', () => {
    expect(told([row('Kaze - 02.ass'), row('Kaze.mkv')], series)).toEqual([
      [['language', 'no-video'], []],
      [['place'], []],
    ]);
    expect(told([row('Kaze - 02.mkv')], null)).toEqual([[['title'], []]]);
    expect(told([row('Kaze - 02.mkv')], series, false)).toEqual([[['unsure'], []]]);
    expect(told([row('Kaze - 02.mkv', { sure: true })], series, false)).toEqual([[[], []]]);
  });
  it('names clashes at both files, and what was left out clashes with nothing', () => {
    const [old, better] = [row('Kaze - 02.mkv'), row('Kaze - 02v2.mkv')];
    expect(told([old, better], series).map(([troubles]) => troubles)).toEqual([['clash'], ['clash']]);
    expect(told([{ ...old, said: { use: 'skip' } }, better], series).map(([troubles]) => troubles)).toEqual([
      [],
      [],
    ]);
    const [a, b] = [row('Kaze - 01.en.ass'), row('Kaze - 01.eng.srt')];
    expect(told([a, b], series).map(([troubles]) => troubles)).toEqual([['twice'], ['twice']]);
    expect(told([a, { ...b, said: { role: 'sdh' } }], series).map(([troubles]) => troubles)).toEqual([
      [],
      [],
    ]);
  });
  it('what somebody typed counts, however wrong', () => {
    expect(told([row('Kaze - 02.mkv', { number: 'two' })], series)).toEqual([[['place'], []]]);
    expect(linesOf(group([row('Kaze - 02.mkv', { number: '1' })], series))[0]).toMatchObject({
      episode: { id: 'ep_1_1' },
      troubles: [],
    });
  });
  it('groups by the name of the title, however it is written', () => {
    const rows = ['Kaze - 01.mkv', 'KAZE - 02.mkv', 'Umi - 01.mkv', '01.mkv'].map((name) => row(name));
    expect(grouped(rows, folded).map(({ name, rows: mine }) => [name, mine.length])).toEqual([
      ['Kaze', 2],
      ['Umi', 1],
      ['', 1],
    ]);
  });
});
