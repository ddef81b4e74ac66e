import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { countryCodes } from '../../schema/countries.ts';
import { businessModels } from '../../schema/plans.ts';
import { BEGIN, END, licensed, type Question } from '../rights/oracle.fixture.ts';
import { aired, holdback, licence, someone } from '../rights/rights.fixture.ts';
import type { Rights, RowTerms } from '../rights/terms.ts';
import { shownWhere } from './shown.ts';

const time = fc.integer({ min: 1, max: 12 }).map((ms) => BEGIN + ms);
const few = ['JP', 'FR', 'US'];
const row = {
  territoryMode: fc.constantFrom<RowTerms['territoryMode']>('include', 'exclude'),
  countries: fc.oneof(fc.subarray(few), fc.subarray(countryCodes, { minLength: 240 })),
  startsAt: fc.option(time, { freq: 2 }),
  endsAt: fc.option(time, { freq: 2 }),
  models: fc.subarray([...businessModels], { minLength: 1 }),
};
const number = fc.option(fc.constantFrom(1, 2, 3));
type Scope = Record<'season' | 'episodeFrom' | 'episodeTo', fc.Arbitrary<number | null>>;
/** Of a whole title or one season: of these the rule says exactly what the oracle says. */
const whole: Scope = {
  season: fc.option(fc.constant(1)),
  episodeFrom: fc.constant(null),
  episodeTo: fc.constant(null),
};
const part: Scope = { season: fc.constantFrom(1, 2), episodeFrom: number, episodeTo: number };
const rights = (scope: Scope): fc.Arbitrary<Rights> =>
  fc.record({
    licences: fc.array(
      fc.record({ ...row, ...scope }).map((terms) => ({ ...licence(), ...terms })),
      { maxLength: 3 },
    ),
    holdbacks: fc.array(
      fc.record({ ...row, ...scope }).map((terms) => ({ ...holdback(), ...terms })),
      { maxLength: 3 },
    ),
  });
const moment = fc.integer({ min: BEGIN, max: END });

const places = [1, 2].flatMap((season) => [0, 1, 2, 3, 4].map((number) => ({ season, number })));
/** The slow way: some episode, some row, some model, some moment from now on. */
const isShown = (rights: Rights, country: string | null, now: number): boolean =>
  places.some((place) => {
    const viewer = { ...someone, country };
    const question: Question = { viewer, episode: { ...aired, ...place }, rights, now };
    for (let at = now; at <= END; at++)
      for (const row of rights.licences)
        if (row.models.some((model) => licensed(question, row, model, at))) return true;
    return false;
  });
const says = (shownIn: string, country: string | null) =>
  shownIn === '*' || (country !== null && shownIn.includes(` ${country} `));
const countries = [...few, 'KP', null];

it('lists a title where some of it may be watched at some time from now on, and knows when that changes', () => {
  fc.assert(
    fc.property(rights(whole), moment, (rights, now) => {
      const { shownIn, shownUntil } = shownWhere(rights, now);
      for (const country of countries) expect(says(shownIn, country)).toBe(isShown(rights, country, now));
      expect(shownUntil ?? Infinity).toBeGreaterThan(now);
      for (let at = now; at < Math.min(shownUntil ?? Infinity, END); at++)
        expect(shownWhere(rights, at).shownIn).toBe(shownIn);
      const after = shownUntil === null ? null : shownWhere(rights, shownUntil).shownIn;
      expect(after).not.toBe(shownIn);
    }),
    { numRuns: 300 },
  );
});

it('hides nothing that may be watched, whatever part of a title rows are about', () => {
  fc.assert(
    fc.property(rights(part), moment, (rights, now) => {
      const { shownIn } = shownWhere(rights, now);
      const hidden = countries.filter((country) => isShown(rights, country, now) && !says(shownIn, country));
      expect(hidden).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it('shows nothing without a licence', () => {
  expect(shownWhere({ licences: [], holdbacks: [] }, BEGIN)).toEqual({ shownIn: '', shownUntil: null });
});

it('names countries where some are left out, in the way that `titles` keeps them', () => {
  const japan = {
    ...licence(),
    territoryMode: 'include' as const,
    countries: ['JP', 'US'],
    endsAt: BEGIN + 5,
  };
  expect(shownWhere({ licences: [japan], holdbacks: [] }, BEGIN)).toEqual({
    shownIn: ' JP US ',
    shownUntil: BEGIN + 5,
  });
  const world = licence({ territoryMode: 'exclude', countries: [], endsAt: null });
  expect(shownWhere({ licences: [world], holdbacks: [] }, BEGIN)).toMatchObject({ shownIn: '*' });
});
