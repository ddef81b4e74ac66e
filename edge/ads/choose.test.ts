import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BREAK_ADVERTS, BREAK_SECONDS } from '../../schema/api/ads.ts';
import { ageRatings } from '../../schema/catalog-terms.ts';
import { choose, expectedBy, fill, type CampaignTerms, type Counts, type Watching } from './choose.ts';

const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const time = fc.integer({ min: 0, max: 1000 });
const rating = fc.constantFrom(...ageRatings);
const country = fc.constantFrom('JP', 'DE', 'FR');
const language = fc.constantFrom('ja', 'en', 'pt');
const titleId = fc.constantFrom<`ttl_${string}`[]>('ttl_a', 'ttl_b');

const terms = fc.record({
  startsAt: maybe(time),
  endsAt: maybe(time),
  countries: maybe(fc.array(country, { minLength: 1 })),
  languages: maybe(fc.array(language, { minLength: 1 })),
  titleIds: maybe(fc.array(titleId, { minLength: 1 })),
  leastRating: maybe(rating),
  mostRating: maybe(rating),
  capPerDay: maybe(fc.integer({ min: 1, max: 3 })),
  goal: maybe(fc.integer({ min: 1, max: 100 })),
  pacing: fc.constantFrom('even' as const, 'asap' as const),
  priority: fc.integer({ min: 1, max: 3 }),
  shown: fc.integer({ min: 0, max: 100 }),
});
const campaigns = fc
  .array(terms, { maxLength: 8 })
  .map((all) => all.map((one, i): CampaignTerms => ({ ...one, id: `cmp_${i}` })));
const viewer: fc.Arbitrary<Watching> = fc.record({
  country: maybe(country),
  heard: maybe(fc.constantFrom('ja', 'en-GB', 'pt-BR')),
  titleId,
  rating,
});
const counts: fc.Arbitrary<Counts> = fc.dictionary(
  fc.integer({ min: 0, max: 7 }).map((i) => `cmp_${i}`),
  fc.integer({ min: 0, max: 4 }),
);
const question = fc.tuple(campaigns, viewer, counts, time, fc.string());

/** What a campaign asks for that is not so. */
function wrongs(one: CampaignTerms, who: Watching, seen: Counts, now: number): string[] {
  const rank = (rated: Watching['rating']) => ageRatings.indexOf(rated);
  const met = {
    time: now >= (one.startsAt ?? now) && now < (one.endsAt ?? now + 1),
    country: !one.countries || one.countries.some((code) => code === who.country),
    heard: !one.languages || one.languages.some((language) => language === who.heard?.split('-')[0]),
    title: !one.titleIds || one.titleIds.includes(who.titleId),
    least: !one.leastRating || rank(who.rating) >= rank(one.leastRating),
    most: !one.mostRating || rank(who.rating) <= rank(one.mostRating),
    cap: !one.capPerDay || (seen[one.id] ?? 0) < one.capPerDay,
    goal: !one.goal || one.shown < one.goal,
  };
  return Object.entries(met).flatMap(([name, is]) => (is ? [] : [name]));
}

const anything: CampaignTerms = {
  id: 'cmp_open',
  startsAt: null,
  endsAt: null,
  countries: null,
  languages: null,
  titleIds: null,
  leastRating: null,
  mostRating: null,
  capPerDay: null,
  goal: null,
  pacing: 'even',
  priority: 2,
  shown: 9,
};
const somebody: Watching = { country: null, heard: null, titleId: 'ttl_a', rating: 'all' };

describe('choosing what is shown', () => {
  it('shows nobody what is not for them, over its cap, out of its time or beyond its goal', () => {
    fc.assert(
      fc.property(question, ([all, who, seen, now, seed]) => {
        for (const one of choose(all, who, seen, now, seed)) expect(wrongs(one, who, seen, now)).toEqual([]);
      }),
    );
  });

  it('leaves out nothing that fits: what asks for nothing is always there', () => {
    fc.assert(
      fc.property(question, ([all, ...rest]) => {
        expect(choose([...all, anything], ...rest)).toContainEqual(anything);
      }),
    );
  });

  it('is the same whatever order campaigns come in, and by priority', () => {
    fc.assert(
      fc.property(question, ([all, ...rest]) => {
        const chosen = choose(all, ...rest);
        expect(choose(all.toReversed(), ...rest)).toEqual(chosen);
        const priorities = chosen.map(({ priority }) => priority);
        expect(priorities).toEqual(priorities.toSorted((a, b) => b - a));
      }),
    );
  });

  it('spreads an even campaign over its time: never ahead, and met at its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 100, max: 1000 }), (goal, length) => {
        const one: CampaignTerms = { ...anything, startsAt: 0, endsAt: length, goal, shown: 0 };
        for (let now = 0; now < length; now++) {
          if (choose([one], somebody, {}, now, '').length > 0) one.shown += 1;
          expect(one.shown).toBeLessThanOrEqual(Math.ceil(expectedBy(one, now)));
        }
        expect(one.shown).toBe(goal);
      }),
    );
  });

  it('equal ones take turns by how far they are behind', () => {
    const row = (id: `cmp_${string}`, shown: number): CampaignTerms => ({
      ...anything,
      id,
      goal: 10,
      pacing: 'asap',
      shown,
    });
    const ids = choose([row('cmp_a', 5), row('cmp_b', 2), row('cmp_c', 9)], somebody, {}, 0, 'x').map(
      ({ id }) => id,
    );
    expect(ids).toEqual(['cmp_b', 'cmp_a', 'cmp_c']);
    const firsts = new Set(
      Array.from(
        { length: 40 },
        (_, n) => choose([row('cmp_a', 5), row('cmp_b', 5)], somebody, {}, 0, `${n}`)[0]?.id,
      ),
    );
    expect(firsts.size).toBe(2); // and by chance where nothing else says
  });
});

it('a break is never longer or fuller than it may be, shows nothing twice, and keeps the order', () => {
  const offered = fc.array(
    fc.record({ seconds: fc.integer({ min: 1, max: 150 }), film: fc.constantFrom('a', 'b', 'c', 'd') }),
  );
  fc.assert(
    fc.property(offered, (all) => {
      const taken = fill(all);
      expect(taken.length).toBeLessThanOrEqual(BREAK_ADVERTS);
      expect(taken.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThanOrEqual(BREAK_SECONDS);
      expect(new Set(taken.map(({ film }) => film)).size).toBe(taken.length);
      expect(taken).toEqual(all.filter((one) => taken.includes(one)));
      const some = all.some(({ seconds }) => seconds <= BREAK_SECONDS);
      expect(taken.length > 0).toBe(some);
    }),
  );
});
