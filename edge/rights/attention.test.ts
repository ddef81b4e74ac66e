import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Id } from '../../schema/ids.ts';
import type { BusinessModel } from '../../schema/plans.ts';
import { attention, type Contract, type Finding } from './attention.ts';
import { licence } from './rights.fixture.ts';

const DAYS = 14;
const day = fc.integer({ min: 1, max: 12 });
const languages = fc.option(fc.subarray(['ja', 'en', 'pt'], { minLength: 1 }), { freq: 2 });
const number = fc.option(fc.constantFrom(1, 2, 3));
const scope = fc.oneof(
  fc.constant({ season: null, episodeFrom: null, episodeTo: null }),
  fc
    .record({ season: fc.constantFrom(1, 2), episodeFrom: number, episodeTo: number })
    .filter(({ episodeFrom, episodeTo }) => (episodeFrom ?? 0) <= (episodeTo ?? 9)),
);
const contracts: fc.Arbitrary<Contract[]> = fc
  .array(
    fc.record({
      territoryMode: fc.constantFrom('include' as const, 'exclude' as const),
      countries: fc.subarray(['JP', 'FR']),
      startsAt: fc.option(day, { freq: 4 }),
      endsAt: fc.option(day, { freq: 4 }),
      models: fc.subarray<BusinessModel>(['free', 'subscription'], { minLength: 1 }),
      audioLanguages: languages,
      subtitleLanguages: languages,
      maxHeight: fc.constantFrom(null, 720),
      licensorId: fc.constantFrom('lsr_a', 'lsr_b'),
      endedAt: fc.option(fc.constant(1), { freq: 1 }).map((at) => at),
      scope,
    }),
    { maxLength: 4 },
  )
  .map((rows) =>
    rows.map(({ scope: where, ...row }, i) => ({
      ...licence({ id: `lic_${'abcd'[i]!}` }),
      ...row,
      ...where,
      endedAt: row.endedAt !== null && i === 3 ? 1 : null,
    })),
  );

type Way = {
  country: string;
  model: BusinessModel;
  of: 'audio' | 'subtitles';
  language: string;
  season: number;
  number: number;
};
const everyWay: Way[] = ['JP', 'FR', 'US'].flatMap((country) =>
  (['free', 'subscription', 'ads'] as const).flatMap((model) =>
    (['audio', 'subtitles'] as const).flatMap((of) =>
      ['ja', 'en', 'pt', 'pt-BR', 'zh'].flatMap((language) =>
        [1, 2, 3].flatMap((season) =>
          [0, 1, 2, 3, 4].map((number) => ({ country, model, of, language, season, number })),
        ),
      ),
    ),
  ),
);

/** Whether a licence lets anybody watch so, in the words of the contract. */
function licensedOn(row: Contract, way: Way, on: number): boolean {
  if (row.endedAt !== null) return false;
  const named = row.countries.includes(way.country);
  if (row.territoryMode === 'include' ? !named : named) return false;
  if (!row.models.includes(way.model)) return false;
  const list = way.of === 'audio' ? row.audioLanguages : row.subtitleLanguages;
  if (list && !list.some((range) => way.language === range || way.language.startsWith(`${range}-`)))
    return false;
  if (row.season !== null) {
    if (row.season !== way.season) return false;
    if (row.episodeFrom !== null && way.number < row.episodeFrom) return false;
    if (row.episodeTo !== null && way.number > row.episodeTo) return false;
  }
  return (row.startsAt === null || row.startsAt <= on) && (row.endsAt === null || on < row.endsAt);
}
const saysTheSame = (a: Contract, b: Contract) =>
  (['licensorId', 'maxHeight', 'audioLanguages', 'subtitleLanguages'] as const).every(
    (name) => JSON.stringify(a[name]) === JSON.stringify(b[name]),
  );

/** Day by day: what is licensed on none of a row of days though it is before and after, what ends for good, what two licences say at once. */
function bySlowLooking(rows: readonly Contract[], way: Way): Set<string> {
  const found = new Set<string>();
  const days = Array.from({ length: DAYS + 2 }, (_, i) => i - 1);
  const open = (on: number) => rows.filter((row) => licensedOn(row, way, on));
  for (const on of days) {
    const before = days.some((other) => other < on && open(other).length > 0);
    const after = days.some((other) => other > on && open(other).length > 0);
    if (open(on).length === 0 && before && after) found.add(`gap ${on}`);
    if (open(on).length === 0 && !after && open(on - 1).length > 0) found.add(`ending ${on}`);
    for (const a of open(on))
      for (const b of open(on))
        if (a.id < b.id && !saysTheSame(a, b)) found.add(`overlap ${a.id} ${b.id} ${on}`);
  }
  return found;
}

/** The same, as the findings say it. */
function asFound(findings: readonly Finding[], way: Way, named: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const { kind, from, until, licences } of findings.filter((one) => isOf(one, way, named))) {
    if (kind === 'ending') {
      found.add(`ending ${from}`);
      continue;
    }
    for (let on = -1; on <= DAYS; on++) {
      if ((from !== null && on < from) || (until !== null && on >= until)) continue;
      found.add(kind === 'gap' ? `gap ${on}` : `overlap ${licences.join(' ')} ${on}`);
    }
  }
  return found;
}
function isOf(
  { territories: { mode, countries }, models, audio, subtitles, episodes }: Finding,
  way: Way,
  named: readonly string[],
): boolean {
  if (countries.includes(way.country) !== (mode === 'include') || !models.includes(way.model)) return false;
  const list = way.of === 'audio' ? audio : subtitles;
  // `pt-BR` is a language that nobody names, unless `pt` is named, which it belongs to.
  const known = named.find((range) => way.language === range || way.language.startsWith(`${range}-`)) ?? '*';
  if (list && !list.includes(known)) return false;
  return (
    episodes.length === 0 ||
    episodes.some(
      (part) =>
        (part.season === way.season &&
          (part.episodeFrom ?? 0) <= way.number &&
          way.number <= (part.episodeTo ?? Infinity)) ||
        (part.season === null && !seasonsOf(way)),
    )
  );
}
let seasonsOf = (_way: Way): boolean => false;

it('finds what looking at each day, country, model, language and episode finds, and nothing else', () => {
  const kinds = new Map<string, number>();
  fc.assert(
    fc.property(contracts, (rows) => {
      const findings = attention(rows);
      const counting = rows.filter((row) => row.endedAt === null && (row.startsAt ?? 0) < (row.endsAt ?? 99));
      seasonsOf = (way) => counting.some((row) => row.season === way.season);
      for (const { kind } of findings) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      for (const way of everyWay) {
        const named = counting.flatMap(
          (row) => (way.of === 'audio' ? row.audioLanguages : row.subtitleLanguages) ?? [],
        );
        const expected = bySlowLooking(rows, way);
        const got = asFound(findings, way, named);
        if (got.size !== expected.size || [...got].some((one) => !expected.has(one)))
          throw new Error(
            `${JSON.stringify(way)}: found ${[...got].join(', ')}; there is ${[...expected].join(', ')}\n${JSON.stringify(findings)}`,
          );
      }
    }),
    { numRuns: 150 },
  );
  expect([...kinds.keys()].toSorted()).toEqual(['ending', 'gap', 'overlap']);
});

const row = (id: Id<'licence'>, terms: Partial<Contract>): Contract => ({
  ...licence({ id, startsAt: null, endsAt: null }),
  licensorId: null,
  ...terms,
});

it('says a gap of one language as that, not as one of the title', () => {
  const findings = attention([
    row('lic_a', { endsAt: 10, audioLanguages: ['ja', 'en'], models: ['free', 'ads'] }),
    row('lic_b', { startsAt: 10, audioLanguages: ['ja'], models: ['free', 'ads'] }),
    row('lic_c', { startsAt: 20, audioLanguages: ['en'], models: ['free', 'ads'], countries: ['JP', 'FR'] }),
  ]);
  expect(findings.filter(({ kind }) => kind === 'gap')).toEqual([
    {
      kind: 'gap',
      from: 10,
      until: 20,
      licences: ['lic_a', 'lic_c'],
      territories: { mode: 'include', countries: ['JP'] },
      models: ['free', 'ads'],
      audio: ['en'],
      subtitles: [],
      episodes: [],
    },
  ]);
});

it('joins episodes that lie next to each other, and says all as none in particular', () => {
  const findings = attention([
    row('lic_a', { season: 1, episodeTo: 12, endsAt: 10 }),
    row('lic_b', { season: 1, episodeFrom: 13, endsAt: 10 }),
    row('lic_c', { season: 2, endsAt: 10 }),
    row('lic_d', { season: 2, episodeFrom: 3, episodeTo: 4, endsAt: 9 }),
  ]);
  expect(findings).toMatchObject([
    { licences: ['lic_a'], episodes: [{ season: 1, episodeFrom: null, episodeTo: 12 }] },
    { licences: ['lic_b'], episodes: [{ season: 1, episodeFrom: 13, episodeTo: null }] },
    { licences: ['lic_c'], episodes: [{ season: 2, episodeFrom: null, episodeTo: null }] },
  ]);
});

it('says of the world but for a few which few', () => {
  const [finding] = attention([row('lic_a', { territoryMode: 'exclude', countries: ['CN'], endsAt: 10 })]);
  expect(finding!.territories).toEqual({ mode: 'exclude', countries: ['CN'] });
});
