import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalReasons } from '../../schema/api/rights.ts';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { countryCodes } from '../../schema/countries.ts';
import { businessModels } from '../../schema/plans.ts';
import { decide } from './decide.ts';
import { aired, holdback, licence, someone } from './rights.fixture.ts';
import { BEGIN, lasts, offer, planOf, refusal, ways, type Question } from './oracle.fixture.ts';
import type { Grant, HoldbackTerms, LicenceTerms, PurchaseTerms, Rights, RowTerms, Viewer } from './terms.ts';
import { trace } from './trace.ts';

const time = fc.integer({ min: 1, max: 12 }).map((ms) => BEGIN + ms);
/** Null most of the time. */
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
const lasting = fc.integer({ min: 0, max: 12 });
const few = ['JP', 'FR', 'US'];
const country = fc.option(fc.oneof(fc.constantFrom(...few), fc.constantFrom(...countryCodes)), { freq: 9 });
const countries = fc.oneof(
  fc.subarray(few),
  fc.subarray(countryCodes, { minLength: 1, maxLength: 12 }),
  fc.subarray(countryCodes, { minLength: 240 }),
);
const row = {
  season: rarely(fc.constantFrom(1, 2)),
  episodeFrom: rarely(fc.constantFrom(1, 2, 3)),
  episodeTo: rarely(fc.constantFrom(1, 2, 3)),
  territoryMode: fc.constantFrom<RowTerms['territoryMode']>('include', 'exclude'),
  countries,
  startsAt: fc.option(time, { freq: 2 }),
  endsAt: fc.option(time, { freq: 2 }),
  models: fc.oneof(
    fc.constantFrom(...businessModels).map((model) => [model]),
    fc.subarray([...businessModels], { minLength: 1 }),
  ),
};
const ids = <P extends string>(prefix: P) =>
  fc.constantFrom('a', 'b', 'c', 'd').map((end) => `${prefix}_${end}` as const);
const early = fc.array(fc.record({ plan: fc.constantFrom('pro', 'std'), ms: lasting }), { maxLength: 2 });
const languages = fc.option(fc.subarray(['ja', 'en', 'de']));
const licences: fc.Arbitrary<LicenceTerms[]> = fc.uniqueArray(
  fc.record({
    id: ids('lic'),
    ...row,
    maxHeight: fc.option(fc.constantFrom(480, 720, 1080)),
    audioLanguages: languages,
    subtitleLanguages: languages,
    earlyAccess: early,
    downloads: fc.boolean(),
    endedAt: rarely(time),
  }),
  { selector: ({ id }) => id, maxLength: 4 },
);
const holdbacks: fc.Arbitrary<HoldbackTerms[]> = fc.array(fc.record({ id: ids('hbk'), ...row }), {
  maxLength: 3,
});
const plan = fc.record({
  id: fc.constantFrom('std', 'pro'),
  streams: fc.constant(2),
  maxHeight: fc.option(fc.constantFrom(480, 720)),
  ads: fc.boolean(),
  downloads: fc.boolean(),
});
const purchases: fc.Arbitrary<PurchaseTerms[]> = fc.uniqueArray(
  fc.record({
    id: ids('pur'),
    kind: fc.constantFrom<PurchaseTerms['kind']>('rental', 'purchase'),
    season: rarely(fc.constantFrom(1, 2)),
    episodeId: rarely(fc.constantFrom('ep_a', 'ep_b')),
    boughtAt: fc.oneof(fc.constant(BEGIN), time),
    beginBy: fc.option(time),
    playsForMs: fc.option(lasting),
    begunAt: fc.option(time, { freq: 1 }),
    revokedAt: rarely(time),
  }),
  { selector: ({ id }) => id, maxLength: 3 },
);
const question: fc.Arbitrary<Question> = fc.record({
  viewer: fc.record({
    country,
    signedIn: fc.nat(19).map((n) => n > 0),
    ageCeiling: fc.constantFrom(...ageRatings, '18', '18'),
    subscription: fc.option(
      fc.record({ plan, since: fc.oneof(fc.constant(BEGIN), time), until: fc.option(time) }),
      { freq: 2 },
    ),
    purchases,
  }),
  episode: fc.record({
    id: fc.constant('ep_a'),
    season: fc.constantFrom(1, 2),
    number: fc.constantFrom(1, 2, 3),
    published: fc.nat(19).map((n) => n > 0),
    airsAt: fc.option(time, { freq: 2 }),
    ageRating: fc.constantFrom(...ageRatings, ...Array.from({ length: 5 }, () => 'all' as const)),
    takenDown: fc.nat(19).map((n) => n === 0),
  }),
  rights: fc.record({ licences, holdbacks }),
  now: time,
});
const answerTo = ({ viewer, episode, rights, now }: Question) => decide(viewer, episode, rights, now);
const check = (property: (q: Question) => void, numRuns: number) =>
  fc.assert(fc.property(question, property), { numRuns });

/** What a way gives, the better the greater, in the order in which it counts. */
const merits = (q: Question, { row, model }: ReturnType<typeof ways>[number]): number[] => {
  const terms = planOf(q.viewer, q.now);
  return [
    model === 'ads' ? 0 : 1,
    Math.min(row.maxHeight ?? 1e9, terms.maxHeight ?? 1e9),
    row.audioLanguages?.length ?? 1e9,
    row.subtitleLanguages?.length ?? 1e9,
    row.downloads && terms.downloads ? 1 : 0,
    -['free', 'purchase', 'subscription', 'rental', 'ads'].indexOf(model),
  ];
};
const isBetter = (a: number[], b: number[]): boolean => {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
};

describe('decide, against trying every row at every millisecond', () => {
  it('agrees on who may watch and why not', () => {
    const seen = new Map<string, number>();
    check((q) => {
      const answer = answerTo(q);
      const expected = ways(q, q.now).length > 0 ? { granted: true } : { granted: false, ...refusal(q) };
      expect(answer).toMatchObject(expected);
      const kind = answer.granted ? answer.model : answer.reason;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }, 5_000);
    // No test of what never came up: each model and each reason did.
    const rare = [...businessModels, ...refusalReasons].filter((kind) => (seen.get(kind) ?? 0) < 5);
    expect(rare).toEqual([]);
  });

  it('is a grant at retryAt, and none before: asked again at each moment in between', () => {
    check((q) => {
      const answer = answerTo(q);
      fc.pre(!answer.granted && answer.retryAt !== null);
      expect(answerTo({ ...q, now: answer.retryAt }).granted).toBe(true);
      for (let at = q.now; at < answer.retryAt; at++) expect(answerTo({ ...q, now: at }).granted).toBe(false);
    }, 1_000);
  });

  it('gives the best way there is, of one row, and says exactly how long it lasts', () => {
    check((q) => {
      const answer = answerTo(q);
      fc.pre(answer.granted);
      const all = ways(q, q.now);
      const way = all.find((w) => w.row.id === answer.licenceId && w.model === answer.model)!;
      expect(all.filter((other) => isBetter(merits(q, other), merits(q, way)))).toEqual([]);
      const terms = planOf(q.viewer, q.now);
      expect(answer).toEqual({
        granted: true,
        licenceId: way.row.id,
        model: way.model,
        ads: way.model === 'ads',
        downloads: way.row.downloads && terms.downloads,
        maxHeight: [way.row.maxHeight, terms.maxHeight].reduce((a, b) =>
          a === null || b === null ? (a ?? b) : Math.min(a, b),
        ),
        audio: way.row.audioLanguages,
        subtitles: way.row.subtitleLanguages,
        early: q.episode.airsAt !== null && q.now < q.episode.airsAt,
        begins: answer.begins,
        until: lasts(q, way, answer.begins),
      } satisfies Grant);
      const begun = q.viewer.purchases.find(({ id }) => id === answer.begins);
      expect(answer.begins === null || (begun?.kind === 'rental' && begun.begunAt === null)).toBe(true);
    }, 1_500);
  });

  it('offers what would open it before waiting does', () => {
    const offers = new Set<boolean>();
    check((q) => {
      const answer = answerTo(q);
      fc.pre(!answer.granted);
      const priced = ['not-yet', 'plan-required', 'purchase-required'].includes(answer.reason);
      expect(answer.offer).toEqual(priced ? offer(q, ['pro', 'std'], answer.retryAt) : null);
      offers.add(answer.offer !== null);
    }, 2_000);
    expect(offers.size).toBe(2);
  });

  it('does not depend on the order of anything', () => {
    const turned = <T>(list: readonly T[]) => list.toReversed();
    check((q) => {
      const { viewer, rights } = q;
      const upside: Rights = {
        licences: turned(
          rights.licences.map((l) => ({
            ...l,
            models: turned(l.models),
            earlyAccess: turned(l.earlyAccess),
          })),
        ),
        holdbacks: turned(rights.holdbacks),
      };
      const asker: Viewer = { ...viewer, purchases: turned(viewer.purchases) };
      expect(answerTo({ ...q, viewer: asker, rights: upside })).toEqual(answerTo(q));
    }, 1_500);
  });

  it('traces each row: it applies where there is a way to watch under it, and the chosen one is the one that grants', () => {
    check((q) => {
      const { viewer, episode, rights, now } = q;
      const open = { ...q, viewer: { ...viewer, ageCeiling: episode.ageRating } };
      fc.pre(viewer.signedIn && episode.published && !episode.takenDown);
      const { answer, licences } = trace(open.viewer, episode, rights, now);
      const applies = licences.filter(({ verdict }) => ['applies', 'chosen'].includes(verdict));
      const chosen = licences.filter(({ verdict }) => verdict === 'chosen').map(({ id }) => id);
      expect(new Set(applies.map(({ id }) => id))).toEqual(new Set(ways(open, now).map(({ row }) => row.id)));
      expect(chosen).toEqual(answer.granted ? [answer.licenceId] : []);
    }, 1_500);
  });

  it('grants nothing without a licence, ever', () => {
    check((q) => {
      expect(answerTo({ ...q, rights: { ...q.rights, licences: [] } }).granted).toBe(false);
      const ended = q.rights.licences.map((row) => ({ ...row, endedAt: q.now }));
      expect(answerTo({ ...q, rights: { ...q.rights, licences: ended } }).granted).toBe(false);
    }, 1_500);
  });
});

it.each([null, ...countryCodes])('decides for %s as the oracle does, at each millisecond', (country) => {
  const all = (terms: Partial<LicenceTerms>) =>
    licence({ countries: [], startsAt: null, endsAt: null, ...terms });
  const half = countryCodes.filter((_, i) => i % 2 === 0);
  const third = countryCodes.filter((_, i) => i % 3 === 0);
  const rights: Rights = {
    licences: [
      all({ countries: half, startsAt: BEGIN + 2, endsAt: BEGIN + 9 }),
      all({ id: 'lic_b', territoryMode: 'exclude', countries: third, startsAt: BEGIN + 5, maxHeight: 720 }),
      all({ id: 'lic_c', territoryMode: 'exclude', models: ['subscription'], endsAt: BEGIN + 12 }),
    ],
    holdbacks: [
      holdback({ territoryMode: 'include', countries: third, startsAt: BEGIN + 6, endsAt: BEGIN + 8 }),
    ],
  };
  const viewer = { ...someone, country };
  const episode = aired;
  for (let now = BEGIN; now < BEGIN + 14; now++) {
    const q = { viewer, episode, rights, now };
    const expected = ways(q, now).length > 0 ? { granted: true } : { granted: false, ...refusal(q) };
    expect(answerTo(q)).toMatchObject(expected);
  }
});
