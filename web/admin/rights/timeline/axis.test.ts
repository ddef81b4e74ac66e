import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInSight, moved, placeOf, spanAt, stacked, ticks, zooms } from './axis.ts';

const time = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) });

it('shows whole months, the asked moment among them, with a readable number of marks in order', () => {
  fc.assert(
    fc.property(time, fc.array(time, { maxLength: 5 }), fc.constantFrom(...zooms), (around, times, zoom) => {
      const span = spanAt(zoom, around, times);
      expect(new Date(span.from).getUTCDate() + new Date(span.to).getUTCDate()).toBe(2);
      expect(span.from <= around && around < span.to).toBe(true);
      const marks = ticks(span).map(({ at }) => at);
      expect(marks).toEqual([...new Set(marks)].toSorted((a, b) => a - b));
      expect(marks.every((at) => at >= span.from && at < span.to)).toBe(true);
      expect(marks.length).toBeLessThanOrEqual(14);
      expect(marks.length).toBeGreaterThan(0);
    }),
  );
});

it('shows everything that is known when all is asked for', () => {
  fc.assert(
    fc.property(time, fc.array(time, { minLength: 1, maxLength: 5 }), (around, times) => {
      const span = spanAt('all', around, times);
      expect(times.every((at) => span.from <= at && at < span.to)).toBe(true);
    }),
  );
});

it('stands what overlaps below each other, and loses nothing', () => {
  const window = fc.record({ startsAt: fc.option(time), endsAt: fc.option(time) });
  fc.assert(
    fc.property(fc.array(window, { maxLength: 12 }), (rows) => {
      const levels = stacked(rows);
      expect(levels.flat()).toHaveLength(rows.length);
      for (const level of levels)
        for (const [i, row] of level.slice(1).entries())
          expect(level[i]!.endsAt ?? Infinity).toBeLessThanOrEqual(row.startsAt ?? -Infinity);
    }),
  );
});

it('places a moment, an open side at the edge', () => {
  const span = { from: Date.UTC(2026, 0), to: Date.UTC(2027, 0) };
  expect(placeOf(null, 0, span)).toBe(0);
  expect(placeOf(null, 1, span)).toBe(1);
  expect(placeOf(Date.UTC(2025, 5), 0, span)).toBe(0);
  expect(placeOf((span.from + span.to) / 2, 0, span)).toBe(0.5);
  expect(isInSight({ startsAt: null, endsAt: span.from }, span)).toBe(false);
  expect(isInSight({ startsAt: null, endsAt: null }, span)).toBe(true);
  expect(moved(Date.UTC(2026, 11, 15), 1)).toBe(Date.UTC(2027, 0, 1));
});
