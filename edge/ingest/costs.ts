import type { Plan } from '../../schema/jobs/plan.ts';
import type { TaskKind } from '../../schema/jobs/state.ts';

/*
 * What tasks are expected to cost, in seconds of one core: measured with the preset `fast` on one machine. Only their proportions
 * matter, since the estimate (progress.ts) measures how fast this job's transcoders are.
 */

/** Pixels a second that x264 encodes, its share of decoding and scaling in it. */
const H264_PIXELS = 80e6;
/** SVT-AV1 at 10 bits. */
const AV1_PIXELS = 25e6;
/** Of what begins before it works: claim, FFmpeg's start, the store's first answer. */
const START = 1;

const PER_MINUTE: Record<Exclude<TaskKind, 'video-chunk'>, number> = {
  probe: 0, // bounded, whatever the length
  survey: 4, // reads everything, measures by probe encodes
  audio: 2, // two passes
  subtitles: 0.1,
  pictures: 2,
  package: 1, // reads everything back
  markers: 0.1,
};

/** Expected seconds of one core for one task. `part` is the chunk's number for video. */
export function taskCost(kind: TaskKind, part: string, plan: Plan): number {
  if (kind !== 'video-chunk') return START + (PER_MINUTE[kind] * secondsOf(plan)) / 60;
  const chunk = plan.chunks.find(({ index }) => String(index) === part);
  if (!chunk) return START;
  const { firstSegment, segments } = chunk;
  const frames = plan.grid
    .slice(firstSegment, firstSegment + segments)
    .reduce((sum, segment) => sum + segment.frames, 0);
  return START + frames * frameCost(plan);
}

/** Of the video that an inexact plan's chunks do not hold yet. */
export function unplannedCost({ exact, grid, source, ...plan }: Plan): number {
  if (exact) return 0;
  const [num, den] = plan.frameRate;
  const held = grid.reduce((sum, segment) => sum + segment.frames, 0);
  return Math.max(0, (source.duration * num) / den - held) * frameCost(plan);
}

const frameCost = ({ rungs }: Pick<Plan, 'rungs'>): number =>
  rungs.reduce(
    (sum, { codec, width, height }) => sum + (width * height) / (codec === 'av1' ? AV1_PIXELS : H264_PIXELS),
    0,
  );
const secondsOf = ({ frames, frameRate: [num, den], exact, source }: Plan): number =>
  exact ? (frames * den) / num : source.duration;
