import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Peaks, peaksPerSecond, WAVE_RATE } from './waveform.ts';

const bytesOf = (samples: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, i) => view.setInt16(i * 2, sample, true));
  return bytes;
};

it('finds the loudest sample of each tenth of a second, whatever pieces the sound comes in', () => {
  const sample = fc.integer({ min: -32_768, max: 32_767 });
  const sound = fc.array(fc.array(sample, { minLength: WAVE_RATE / 10, maxLength: WAVE_RATE / 10 }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(sound, fc.integer({ min: 1, max: 3001 }), (tenths, piece) => {
      const bytes = bytesOf(tenths.flat());
      const peaks = new Peaks(tenths.length / 10);
      for (let at = 0; at < bytes.length; at += piece) peaks.add(bytes.subarray(at, at + piece));
      const expected = tenths.map((tenth) => Math.round((Math.max(...tenth.map(Math.abs)) * 255) / 32_768));
      expect([...(peaks.result() ?? expected.map(() => 0))]).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

it('is nothing for silence, and bounded for long films', () => {
  const peaks = new Peaks(2);
  peaks.add(new Uint8Array(2 * 2 * WAVE_RATE));
  expect(peaks.result()).toBe(null);
  for (const duration of [0.04, 60, 1440, 7200, 21_600])
    expect(Math.ceil(duration * peaksPerSecond(duration))).toBeLessThanOrEqual(72_000);
  expect(peaksPerSecond(1440)).toBe(10);
  expect(peaksPerSecond(21_600)).toBe(3);
});
