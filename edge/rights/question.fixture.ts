import * as fc from 'fast-check';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { countryCodes } from '../../schema/countries.ts';
import { businessModels } from '../../schema/plans.ts';
import { BEGIN, type Question } from './oracle.fixture.ts';
import type { HoldbackTerms, LicenceTerms, PurchaseTerms, RowTerms } from './terms.ts';

// Questions of a world small enough to try each of its moments.

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
const held = fc.record({
  on: fc.constantFrom('std', 'pro'),
  since: fc.oneof(fc.constant(BEGIN), time),
  until: fc.option(time),
});
const plan = fc.record({
  streams: fc.constant(2),
  maxHeight: fc.option(fc.constantFrom(480, 720)),
  ads: fc.boolean(),
  skipAds: fc.boolean(),
  downloads: fc.boolean(),
  rank: fc.constantFrom(1, 2),
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
export const question: fc.Arbitrary<Question> = fc.record({
  viewer: fc.record({
    country,
    signedIn: fc.nat(19).map((n) => n > 0),
    ageCeiling: fc.constantFrom(...ageRatings, '18', '18'),
    // Plans are rows by their ids: the same one has the same terms wherever it is held.
    subscriptions: fc
      .record({ std: plan, pro: plan, held: fc.array(held, { maxLength: 3 }) })
      .map(({ std, pro, held: all }) =>
        all.map(({ on, ...span }) => ({ ...span, plan: { ...(on === 'std' ? std : pro), id: on } })),
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
