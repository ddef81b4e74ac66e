import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Loudness } from '../../../schema/media-facts.ts';
import {
  asLoudAsItMay,
  firstTreatment,
  MAX_ENCODES,
  meter,
  nextTreatment,
  onTarget,
  type Treatment,
} from './loudness.ts';

const loudness = (integrated: number, truePeak: number): Loudness => ({ integrated, truePeak, range: 8 });

describe('loudness', () => {
  it('takes one gain while the peaks allow it, and a limiter only then', () => {
    expect(firstTreatment(loudness(-27, -10.1))).toEqual({ gain: 9, limit: null });
    expect(firstTreatment(loudness(-12, 0.5))).toEqual({ gain: -6, limit: null });
    expect(firstTreatment(loudness(-27, -9.9))).toEqual({ gain: 9, limit: -2 });
  });

  it('leaves silence, and what is no more than hiss, as it is', () => {
    expect(firstTreatment(null)).toBeNull();
    expect(firstTreatment(loudness(-50.1, -40))).toBeNull();
    expect(firstTreatment(loudness(-49.9, -40))).toEqual({ gain: 31.9, limit: null });
  });

  it('mends a peak that coding raised by a little less gain, a high one by a limiter', () => {
    expect(nextTreatment({ gain: 4, limit: null }, loudness(-18, -1))).toBeNull();
    expect(nextTreatment({ gain: 4, limit: null }, loudness(-18.1, -0.6))).toEqual({
      gain: 3.5,
      limit: null,
    });
    expect(nextTreatment({ gain: 4, limit: null }, loudness(-18.2, 0.4))).toEqual({ gain: 4, limit: -2 });
  });

  it('adds before a limiter what it took', () => {
    expect(nextTreatment({ gain: 8, limit: -2 }, loudness(-20, -1.4))).toEqual({ gain: 11, limit: -2 });
    expect(nextTreatment({ gain: 8, limit: -2 }, loudness(-18, -0.5))).toEqual({ gain: 8, limit: -2.7 });
  });

  /** A limiter that takes back a share of any gain beyond the ceiling, and a coder that raises peaks and lowers loudness. */
  const encoded = (before: Loudness, { gain, limit }: Treatment, share: number, coder: number): Loudness => {
    const peak = before.truePeak + gain;
    const over = limit === null ? 0 : Math.max(0, peak - limit);
    return loudness(before.integrated + gain - share * over - coder / 5, peak - over + coder);
  };

  it('ends on target for any track whose limiter gives way, within the encodes that it may take', () => {
    const track = fc.record({
      integrated: fc.double({ min: -45, max: -6, noNaN: true }),
      crest: fc.double({ min: 4, max: 28, noNaN: true }),
      share: fc.double({ min: 0, max: 0.4, noNaN: true }),
      coder: fc.double({ min: 0, max: 1.5, noNaN: true }),
    });
    fc.assert(
      fc.property(track, ({ integrated, crest, share, coder }) => {
        const before = loudness(integrated, integrated + crest);
        let treatment = firstTreatment(before)!;
        for (let i = 1; i < MAX_ENCODES; i++)
          treatment = nextTreatment(treatment, encoded(before, treatment, share, coder)) ?? treatment;
        expect(onTarget(encoded(before, treatment, share, coder))).toBe(true);
      }),
    );
  });
});

describe('the meter', () => {
  it('reads what ebur128 and silencedetect log, and nothing else', () => {
    const ear = meter();
    const log = [
      '[silencedetect @ 0x5581] [info] silence_start: -0.01',
      '[silencedetect @ 0x5581] [info] silence_end: 1.25 | silence_duration: 1.26',
      '[silencedetect @ 0x5581] [info] silence_start: 9.5',
      '  Integrated loudness:',
      '    I:         -23.4 LUFS',
      '    Threshold: -33.9 LUFS',
      '    LRA:        11.2 LU',
      '    Threshold: -43.9 LUFS',
      '    LRA low:   -33.0 LUFS',
      '    Peak:       -3.1 dBFS',
    ];
    expect(log.map((line) => ear.take(line)).filter((taken) => taken)).toHaveLength(6);
    expect(ear.loudness()).toEqual({ integrated: -23.4, truePeak: -3.1, range: 11.2 });
    expect(ear.silence(12)).toEqual([
      [0, 1.25],
      [9.5, 12],
    ]);
  });

  it('takes the gate of R128 for silence', () => {
    const ear = meter();
    for (const line of ['    I:         -70.0 LUFS', '    LRA:         0.0 LU', '    Peak:       -inf dBFS'])
      ear.take(line);
    expect(ear.loudness()).toBeNull();
    expect(meter().loudness()).toBeNull();
  });

  it('leaves clicks in silence as loud as their peaks let them be, and says so of no other track', () => {
    let treatment = firstTreatment(loudness(-40, -0.1))!;
    const deaf = (): Loudness => loudness(-29, -1.2); // whatever the gain
    for (let i = 1; i < MAX_ENCODES; i++) treatment = nextTreatment(treatment, deaf()) ?? treatment;
    expect(treatment.gain).toBeLessThanOrEqual(36);
    expect(asLoudAsItMay({ method: 'limited', after: deaf() })).toBe(true);
    expect(asLoudAsItMay({ method: 'linear', after: deaf() })).toBe(false);
    expect(asLoudAsItMay({ method: 'limited', after: loudness(-29, -0.8) })).toBe(false);
    expect(asLoudAsItMay({ method: 'limited', after: loudness(-16, -1.2) })).toBe(false);
  });
});
