import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_PARTS, MAX_UPLOAD_BYTES, MIN_PART_BYTES } from '../../schema/api/ingest.ts';
import { missingParts, partCount, partSize } from './part-size.ts';

it('cuts every allowed file into parts that S3 takes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_UPLOAD_BYTES }), (bytes) => {
      const size = partSize(bytes);
      const count = partCount(bytes, size);
      const last = bytes - (count - 1) * size;
      expect(size).toBeGreaterThanOrEqual(MIN_PART_BYTES);
      expect(count).toBeLessThanOrEqual(MAX_PARTS);
      expect(last).toBeGreaterThan(0);
      expect(last).toBeLessThanOrEqual(size);
    }),
  );
});

it.each([
  [1, 8, 1],
  [8 * 2 ** 20, 8, 1],
  [8 * 2 ** 20 + 1, 8, 2],
  [MAX_UPLOAD_BYTES, 21, 9_753],
])('%i bytes: parts of %i MiB, %i of them', (bytes, mib, count) => {
  expect(partSize(bytes)).toBe(mib * 2 ** 20);
  expect(partCount(bytes, partSize(bytes))).toBe(count);
});

it('names the parts that have not arrived', () => {
  expect(missingParts(5, [4, 1])).toEqual([2, 3, 5]);
  expect(missingParts(2, [1, 2])).toEqual([]);
});
