import type { FrameRate } from '../../../schema/ladder.ts';

const standard: readonly FrameRate[] = [
  [24_000, 1001],
  [24, 1],
  [25, 1],
  [30_000, 1001],
  [30, 1],
  [48, 1],
  [50, 1],
  [60_000, 1001],
  [60, 1],
];
const MAX_RATE = 60.5;
/** Slower than this, a slide show: segments could not keep to the target duration. */
const MIN_RATE = 5;
const valueOf = ([num, den]: FrameRate): number => num / den;

export type Cadence = {
  rate: FrameRate;
  /** Frames of the output. */
  frames: number;
  /** Each source frame becomes exactly one output frame. False: frames are repeated or left out to hold the rate. */
  constant: boolean;
};

/**
 * The constant rate of the output. Claims of the container are believed only if every frame's timestamp agrees: frame i must
 * fall on tick i. Otherwise the source is variable, and its quickest common cadence decides.
 * @param times presentation times, seconds, ascending; the first one is time zero
 * @param lastDuration of the last frame, seconds, 0 where unknown
 */
export function cadence(
  times: readonly number[],
  lastDuration: number,
  claims: readonly (FrameRate | null)[],
): Cadence {
  const first = times[0] ?? 0;
  const span = (times.at(-1) ?? 0) - first;
  const average = times.length > 1 && span > 0 ? (times.length - 1) / span : 0;
  const candidates = [
    ...claims.filter((claim) => claim !== null).map(snap),
    ...standard.toSorted((a, b) => Math.abs(valueOf(a) - average) - Math.abs(valueOf(b) - average)),
  ];
  const onTicks = (rate: FrameRate) =>
    times.every((time, i) => Math.round((time - first) * valueOf(rate)) === i);
  const constant = candidates.find(
    (rate) => valueOf(rate) <= MAX_RATE && valueOf(rate) >= MIN_RATE && onTicks(rate),
  );
  if (constant) return { rate: constant, frames: Math.max(1, times.length), constant: true };

  const rate = nearestStandard(quickest(times) || average || 24);
  const last = lastDuration > 0 ? lastDuration : 1 / valueOf(rate);
  return { rate, frames: Math.max(1, Math.round((span + last) * valueOf(rate))), constant: false };
}

/** `24000/1001` as ffprobe writes it; null for `0/0` and for what is no rate. */
export function parseRate(text: string | undefined): FrameRate | null {
  const [num, den] = (text ?? '').split('/').map(Number);
  return num && den && Number.isInteger(num) && Number.isInteger(den) ? [num, den] : null;
}

/** 2997/125 is how some containers round 24000/1001. */
const snap = (rate: FrameRate): FrameRate =>
  standard.find((other) => Math.abs(valueOf(other) / valueOf(rate) - 1) < 1e-5) ?? rate;

/** Seconds by which gaps of one rate differ at most where a container counts in milliseconds, as Matroska does. */
const GRAIN = 0.0015;

/**
 * Frames per second at the tenth percentile of the gaps: what a good part of the film moves at. Of gaps that are alike but for a
 * container's rounding it is the mean that tells 23.976 from 24.
 */
function quickest(times: readonly number[]): number {
  const gaps = times.slice(1).flatMap((time, i) => (time > times[i]! ? [time - times[i]!] : []));
  const gap = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 10)];
  if (gap === undefined) return 0;
  const alike = gaps.filter((other) => Math.abs(other - gap) <= GRAIN);
  return alike.length / alike.reduce((sum, other) => sum + other, 0);
}

const nearestStandard = (rate: number): FrameRate =>
  standard.reduce((best, other) =>
    Math.abs(Math.log(valueOf(other) / rate)) < Math.abs(Math.log(valueOf(best) / rate)) ? other : best,
  );
