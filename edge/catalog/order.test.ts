import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { watchOrder, type GivenOrder, type Placed } from './order.ts';

const at = (season: number, number: number, airsAt: number | null = null): Placed => ({
  id: `ep_${season}x${number}`,
  season,
  number,
  airsAt,
});
const ids = (episodes: readonly Placed[]) => episodes.map(({ id }) => id.slice(3)).join(' ');

it('goes by season and number, specials in their place by when they aired', () => {
  const series = [at(1, 1, 10), at(1, 2, 20), at(2, 1, 50), at(2, 2, 60)];
  expect(ids(watchOrder([at(0, 1, 30), ...series], []))).toBe('1x1 1x2 0x1 2x1 2x2');
  expect(ids(watchOrder([at(0, 1, 20), ...series], []))).toBe('1x1 1x2 0x1 2x1 2x2');
  expect(ids(watchOrder([at(0, 1, 5), ...series], []))).toBe('0x1 1x1 1x2 2x1 2x2');
  expect(ids(watchOrder([at(0, 2, 30), at(0, 1, 40), at(0, 3, 30), ...series], []))).toBe(
    '1x1 1x2 0x2 0x3 0x1 2x1 2x2',
  );
});

it('ends with specials of which no time is known', () => {
  expect(ids(watchOrder([at(0, 1), at(1, 1, 10), at(1, 2)], []))).toBe('1x1 1x2 0x1');
  expect(ids(watchOrder([at(0, 1, 30), at(1, 1), at(1, 2)], []))).toBe('1x1 1x2 0x1');
  expect(ids(watchOrder([at(0, 2), at(0, 1)], []))).toBe('0x1 0x2');
});

it('is an editor’s where one was given, the aired one first, with what was added since in its usual place', () => {
  const all = [at(1, 1), at(1, 2), at(1, 3), at(0, 1)];
  const order = (kind: GivenOrder['kind'], ...names: string[]): GivenOrder => ({
    kind,
    episodeIds: names.map((name) => `ep_${name}` as const),
  });
  expect(ids(watchOrder(all, [order('chronological', '1x2', '1x1')]))).toBe('1x2 1x3 0x1 1x1');
  expect(
    ids(watchOrder(all, [order('chronological', '1x2'), order('aired', '0x1', '1x1', '1x2', '1x3')])),
  ).toBe('0x1 1x1 1x2 1x3');
  expect(ids(watchOrder(all, [order('production', '1x3')]))).toBe('1x1 1x2 1x3 0x1');
  expect(ids(watchOrder(all, [order('aired', '9x9', '1x1', '1x1')]))).toBe('1x1 1x2 1x3 0x1');
});

const place = fc
  .tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 6 }),
    fc.option(fc.integer({ min: 0, max: 9 })),
  )
  .map(([season, number, airsAt]) => at(season, number, airsAt));
const places = fc.uniqueArray(place, { selector: ({ id }) => id, maxLength: 14 });

const bySeason = (episodes: readonly Placed[]) =>
  episodes
    .filter(({ season }) => season > 0)
    .toSorted((a, b) => a.season - b.season || a.number - b.number)
    .map(({ id }) => id);

it('holds every episode once, numbered ones in their order, and does not depend on that of the rows', () => {
  fc.assert(
    fc.property(places, fc.array(fc.nat(20)), fc.boolean(), (episodes, picks, isGiven) => {
      const episodeIds = picks.flatMap((i) => episodes[i]?.id ?? []);
      const orders = isGiven ? [{ kind: 'aired' as const, episodeIds }] : [];
      const list = watchOrder(episodes, orders);
      expect(new Set(list)).toEqual(new Set(episodes));
      expect(list).toHaveLength(episodes.length);
      expect(watchOrder(episodes.toReversed(), orders)).toEqual(list);
      const given = new Set(episodeIds);
      const [expected, kept] =
        isGiven && given.size > 0
          ? [[...given], list.filter(({ id }) => given.has(id)).map(({ id }) => id)]
          : [bySeason(episodes), list.filter(({ season }) => season > 0).map(({ id }) => id)];
      expect(kept).toEqual(expected);
    }),
  );
});
