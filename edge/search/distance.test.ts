import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anywhere, fromStart } from './distance.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '進', '撃'), maxLength: 12 });
const whole = (a: string, b: string) => fromStart(a, b).whole;

/** By its definition, without a table. */
function slow(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [x, y] = [a.slice(0, -1), b.slice(0, -1)];
  let least = Math.min(slow(x, b) + 1, slow(a, y) + 1, slow(x, y) + (a.at(-1) === b.at(-1) ? 0 : 1));
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1))
    least = Math.min(least, slow(a.slice(0, -2), b.slice(0, -2)) + 1);
  return least;
}

describe('distance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['evangelion', 'evangeilon', 1],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['same', 'same', 0],
  ])('of %s and %s', (a, b, typos) => expect(whole(a, b)).toBe(typos));

  it('is what its definition says', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(whole(a, b)).toBe(slow(a, b));
      }),
    );
  });

  it('is the same from either side, and zero only for the same', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(whole(a, b)).toBe(whole(b, a));
        expect(whole(a, b) === 0).toBe(a === b);
      }),
    );
  });

  it('of the nearest beginning and part is the least of all of them', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(short, short, (query, name) => {
        const ends = Array.from({ length: name.length + 1 }, (_, end) => end);
        expect(fromStart(query, name).prefix).toBe(
          Math.min(...ends.map((end) => whole(query, name.slice(0, end)))),
        );
        expect(anywhere(query, name)).toBe(
          Math.min(
            ...ends.flatMap((end) =>
              ends.slice(0, end + 1).map((begin) => whole(query, name.slice(begin, end))),
            ),
          ),
        );
      }),
    );
  });
});
