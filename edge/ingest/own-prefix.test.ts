import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { ownPrefix } from './own-prefix.ts';

const PREFIX = 'hls/show/season-1/ep-1/v1/';

it('is the whole folder for the job that makes the asset', () => {
  expect(ownPrefix(PREFIX, null)).toBe(PREFIX);
});

it('holds what an amendment writes, and nothing of the asset or of any other amendment', () => {
  const number = fc.integer({ min: 2, max: 2_000 });
  fc.assert(
    fc.property(number, number, fc.constantFrom('a0-ja', 's0-en', 'v1080-av1'), (mine, other, id) => {
      const own = ownPrefix(PREFIX, { number: mine });
      expect(`${PREFIX}r${mine}-${id}/0.m4s`.startsWith(own)).toBe(true);
      expect(`${PREFIX}r${other}-${id}/0.m4s`.startsWith(own)).toBe(mine === other);
      expect(`${PREFIX}${id}/0.m4s`.startsWith(own)).toBe(false);
    }),
  );
});
