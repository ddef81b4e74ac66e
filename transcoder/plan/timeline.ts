import type { GridSegment, Plan } from '../../schema/jobs/plan.ts';
import type { FrameRate } from '../../schema/ladder.ts';
import { secondsOf } from './grid.ts';

/**
 * Where media time zero stands, seconds, in every rendition (ADR 0012). Decode times of B-frames and of the AAC encoder's
 * priming lie before the first picture and must not become negative, so everything is shifted by one constant.
 */
export const OFFSET_SECONDS = 1;

export const SAMPLE_RATE = 48_000;
/** Samples of one AAC-LC frame, and how many the encoder puts before the first real one. */
export const AAC_FRAME = 1024;
export const AAC_PRIMING = 1024;

/** Ticks of a video track: whole numbers per frame, whole numbers per second. */
export function videoTicks([num, den]: FrameRate): { timescale: number; perFrame: number } {
  const fine = num < 10_000 ? 1000 : 1;
  return { timescale: num * fine, perFrame: den * fine };
}

/** AAC frames of the output: the fewest that reach the video's end, the priming frame among them. */
const audioFrames = ({ frames, frameRate }: Pick<Plan, 'frames' | 'frameRate'>): number =>
  Math.ceil((Math.round(secondsOf(frames, frameRate) * SAMPLE_RATE) + AAC_PRIMING) / AAC_FRAME);

/** Samples to encode: whole frames, since a last one that is shorter would say so in its own duration. */
export const audioSamples = (plan: Pick<Plan, 'frames' | 'frameRate'>): number =>
  audioFrames(plan) * AAC_FRAME - AAC_PRIMING;

/** Seconds, on the shifted timeline, at which segments after the first one start. */
export const segmentTimes = ({ grid, frameRate }: Pick<Plan, 'grid' | 'frameRate'>): number[] =>
  grid.slice(1).map((segment) => OFFSET_SECONDS + secondsOf(segment.first, frameRate));

/**
 * The AAC frames of each segment of the grid: `first` counts from the priming frame, which plays before time zero.
 * A segment begins with the first frame that starts at or after its boundary.
 */
export function audioSegments(
  plan: Pick<Plan, 'grid' | 'frames' | 'frameRate'>,
): { first: number; frames: number; period: number; index: number }[] {
  const total = audioFrames(plan);
  const startOf = (segment: GridSegment) => {
    if (segment.first === 0) return 0;
    const boundary = microseconds(secondsOf(segment.first, plan.frameRate)) * (SAMPLE_RATE / 1e6);
    return Math.min(total, Math.ceil((boundary + AAC_PRIMING) / AAC_FRAME - 1e-9));
  };
  return plan.grid.map((segment, index) => {
    const first = startOf(segment);
    const next = plan.grid[index + 1];
    return { first, frames: (next ? startOf(next) : total) - first, period: segment.period, index };
  });
}

/** FFmpeg takes times in whole microseconds. */
const microseconds = (seconds: number): number => Math.round(seconds * 1e6);

/** Decode time of an audio frame, in samples. */
export const audioDecodeTime = (frame: number): number =>
  OFFSET_SECONDS * SAMPLE_RATE - AAC_PRIMING + frame * AAC_FRAME;
