import type { AudioFacts, Loudness, Span } from '../../../schema/media-facts.ts';

/*
 * Loudness by EBU R128 (ITU-R BS.1770): measured, brought to one target, and measured again on what the coded sound decodes to
 * (ADR 0029).
 */

/** LUFS. AES TD1008 for sound that is not all music; EBU R128's −23 is too quiet for telephones. */
export const TARGET_LUFS = -18;
/** dBTP, after coding (EBU R128). */
export const CEILING_DBTP = -1;
/** LU that a track may stray from the target: R128's own tolerance. */
const TOLERANCE_LU = 1;
/** LUFS. What is quieter as a whole is room noise: bringing it up would make a sound of it. */
export const SILENT_LUFS = -50;
/** A limiter's own ceiling lies lower: AAC puts peaks back, by half a dB and more. */
const LIMITER_DBTP = -2;
/** dB. What needs more before a limiter, such as clicks in silence, cannot be made loud: only its noise would be. */
const MOST_GAIN = 36;
/** Encodes of a track, at most. Two do for nearly all limited ones, one for linear ones. */
export const MAX_ENCODES = 4;

/** What is done to a track: a gain in dB, and the ceiling (dBTP) of the limiter behind it, or none. */
export type Treatment = { gain: number; limit: number | null };

/** One gain where the peaks allow it, since it is all that leaves a mix as it was made. Null: nothing to bring up. */
export function firstTreatment(before: Loudness | null): Treatment | null {
  if (!before || before.integrated < SILENT_LUFS) return null;
  const gain = tenths(TARGET_LUFS - before.integrated);
  return { gain, limit: before.truePeak + gain <= CEILING_DBTP ? null : LIMITER_DBTP };
}

/**
 * What to encode with next, given what the last encode decodes to; null: it stands.
 * Peaks that coding raised by little are mended by that much less gain; by more, by a limiter. What a limiter took from the
 * loudness is added before it.
 */
export function nextTreatment({ gain, limit }: Treatment, after: Loudness): Treatment | null {
  const excess = after.truePeak - CEILING_DBTP;
  const missing = TARGET_LUFS - after.integrated;
  if (excess <= 0 && Math.abs(missing) <= TOLERANCE_LU) return null;
  if (limit === null) {
    const change = excess > 0 ? Math.min(missing, -excess - 0.1) : missing;
    const stays = after.truePeak + change <= CEILING_DBTP && missing - change <= TOLERANCE_LU;
    return stays ? { gain: tenths(gain + change), limit } : { gain, limit: LIMITER_DBTP };
  }
  const lowered = limit - (excess > 0 ? excess + 0.2 : 0);
  // A limiter takes back part of any gain before it: half as much again gets there in fewer encodes.
  const raise = missing > 0 ? missing * 1.5 : missing;
  const raised = Math.min(gain + raise, Math.max(gain, MOST_GAIN));
  if (excess <= 0 && raised === gain) return null; // as loud as its peaks let it be
  return { gain: tenths(raised), limit: tenths(Math.max(lowered, -20)) };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Whether the track's coded sound is what was asked for. */
export const onTarget = (after: Loudness): boolean =>
  after.truePeak <= CEILING_DBTP && Math.abs(after.integrated - TARGET_LUFS) <= TOLERANCE_LU;

/** A limited track may stay below the target: its peaks let it be no louder, and a warning says so. Never above, never over the ceiling. */
export const asLoudAsItMay = ({ method, after }: Pick<AudioFacts, 'method' | 'after'>): boolean =>
  after !== null &&
  (onTarget(after) ||
    (method === 'limited' && after.truePeak <= CEILING_DBTP && after.integrated < TARGET_LUFS));

export type Meter = {
  /** Takes a line of FFmpeg's log; true: it was the meter's. */
  take: (this: void, line: string) => boolean;
  /** Null: silence, or too short to measure (R128's gate lies at −70 LUFS, its blocks last 0.4 s). */
  loudness(): Loudness | null;
  /** Seconds; one that lasts to the end ends at `duration`. */
  silence(duration: number): Span[];
};

/** Reads what `ebur128` and `silencedetect` say in FFmpeg's log. */
export function meter(): Meter {
  const measured = { integrated: Number.NaN, truePeak: Number.NaN, range: 0 };
  const starts: number[] = [];
  const ends: number[] = [];
  const facts: [RegExp, (value: number) => void][] = [
    [/silence_start: (\S+)/, (value) => starts.push(Math.max(0, value))],
    [/silence_end: (\S+)/, (value) => ends.push(value)],
    [/^\s+I:\s+(\S+) LUFS/, (value) => (measured.integrated = value)],
    [/^\s+LRA:\s+(\S+) LU/, (value) => (measured.range = value)],
    [/^\s+Peak:\s+(\S+) dBFS/, (value) => (measured.truePeak = value)],
  ];
  return {
    take(line) {
      const fact = facts.find(([pattern]) => pattern.test(line));
      if (!fact) return false;
      fact[1](Number(fact[0].exec(line)?.[1]));
      return true;
    },
    loudness: () =>
      measured.integrated > -70 && Number.isFinite(measured.truePeak) ? { ...measured } : null,
    silence: (duration) =>
      starts.flatMap((start, i): Span[] => {
        const end = Math.min(ends[i] ?? duration, duration);
        return end > start ? [[start, end]] : [];
      }),
  };
}
