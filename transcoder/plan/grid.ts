import { TARGET_SECONDS, type Chunk, type GridSegment } from '../../schema/jobs/plan.ts';
import type { FrameRate } from '../../schema/ladder.ts';

/** Chunks: the unit of parallel encoding. 16–32 s cost nothing over one long pass; 8 s cost 9 % (seek and encoder start). */
export const CHUNK_SECONDS = 30;
const MIN_CHUNK_SECONDS = 16;
const MAX_CHUNK_SECONDS = 32;
const PERIOD_SECONDS = 60;
/** A tail shorter than this joins the segment before it. */
const TINY_SECONDS = 0.5;
/** A chunk shorter than an encoder's B-frame delay would start at another decode time; one second never is. */
const MIN_TAIL_SECONDS = 1;

export const secondsOf = (frames: number, [num, den]: FrameRate): number => (frames * den) / num;

/** Frames of one closed GOP: about 2 s, and the measure of the whole grid. Every segment starts on one. */
export const gopFrames = ([num, den]: FrameRate): number => Math.max(1, Math.round((2 * num) / den));

/** How to cut chunks: the head and runs of a length (what jobs do), or into a number of them (tests and the bench). */
export type Chunking = { chunkSeconds: number } | { chunkCount: number };

/**
 * The grid: a pure function of frame count and frame rate. Segments ramp 1, 1, 2, then 3 GOPs (2, 2, 4, 6 s: a fast first frame
 * without tripling the requests of an episode); chunks are runs of whole segments; key periods are runs of whole chunks.
 * Chunk 0 is the head: the first segment alone, so that something is watchable seconds after the upload.
 */
export function planGrid(
  frames: number,
  rate: FrameRate,
  chunking: Chunking = { chunkSeconds: CHUNK_SECONDS },
): { grid: GridSegment[]; chunks: Chunk[]; periods: number } {
  const lengths = segmentLengths(frames, rate);
  const seconds = lengths.map((length) => secondsOf(length, rate));
  const runs =
    'chunkCount' in chunking
      ? cutInto(seconds, chunking.chunkCount)
      : headAndRuns(seconds, chunking.chunkSeconds);
  const periodOf = periodsOf(runs.map((run) => sum(seconds.slice(run.from, run.to))));
  const chunks = runs.map((run, index) => ({
    index,
    firstSegment: run.from,
    segments: run.to - run.from,
    period: periodOf[index]!,
  }));
  let first = 0;
  const grid = chunks.flatMap((chunk) =>
    lengths.slice(chunk.firstSegment, chunk.firstSegment + chunk.segments).map((length) => {
      const segment = { first, frames: length, period: chunk.period };
      first += length;
      return segment;
    }),
  );
  return { grid, chunks, periods: periodOf.at(-1)! + 1 };
}

/** Frames `[first, first + frames)` of a chunk. */
export function chunkFrames(
  { grid }: { grid: readonly GridSegment[] },
  chunk: Chunk,
): { first: number; frames: number } {
  const segments = grid.slice(chunk.firstSegment, chunk.firstSegment + chunk.segments);
  return { first: segments[0]!.first, frames: sum(segments.map((segment) => segment.frames)) };
}

function segmentLengths(frames: number, rate: FrameRate): number[] {
  const gop = gopFrames(rate);
  const lengths: number[] = [];
  for (let left = frames; left > 0;) {
    const gops = [1, 1, 2][lengths.length] ?? 3;
    const length = Math.min(left, gops * gop);
    lengths.push(length);
    left -= length;
  }
  const [before, last] = lengths.slice(-2);
  const joined = secondsOf((before ?? 0) + (last ?? 0), rate);
  if (
    last !== undefined &&
    secondsOf(last, rate) < TINY_SECONDS &&
    Math.round(joined) <= TARGET_SECONDS &&
    before
  )
    lengths.splice(-2, 2, before + last);
  return lengths;
}

type Run = { from: number; to: number };

function headAndRuns(seconds: readonly number[], target: number): Run[] {
  const rest = seconds.slice(1);
  if (sum(rest) < MIN_TAIL_SECONDS) return [{ from: 0, to: seconds.length }];
  return [
    { from: 0, to: 1 },
    ...cutEvery(rest, target).map(({ from, to }) => ({ from: from + 1, to: to + 1 })),
  ];
}

function cutEvery(seconds: readonly number[], target: number): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < seconds.length;) {
    let to = from + 1;
    for (let length = seconds[from]!; to < seconds.length; to++) {
      length += seconds[to]!;
      if (length > target + 1 / 2) break; // 5 segments of 6.006 s are 30.03 s
    }
    runs.push({ from, to });
    from = to;
  }
  const [before, last] = runs.slice(-2);
  const short = Math.min(MIN_CHUNK_SECONDS, target / 2);
  if (!before || !last || sum(seconds.slice(last.from, last.to)) >= short) return runs;
  // A short tail joins the chunk before it, or shares with it.
  const both = seconds.slice(before.from, last.to);
  const pieces = sum(both) <= Math.max(MAX_CHUNK_SECONDS, target) ? 1 : 2;
  const shared = cutInto(both, pieces).map((run) => ({
    from: run.from + before.from,
    to: run.to + before.from,
  }));
  return [...runs.slice(0, -2), ...shared];
}

function cutInto(seconds: readonly number[], count: number): Run[] {
  const total = sum(seconds);
  const ends = [0];
  for (const length of seconds) ends.push(ends.at(-1)! + length);
  const pieces = Math.min(count, seconds.length);
  const edges = [0];
  for (let i = 1; i < pieces; i++) {
    // The boundary nearest to an even share that leaves one segment at least for each piece before and after it.
    const ideal = (total * i) / pieces;
    let cut = edges.at(-1)! + 1;
    while (
      cut < seconds.length - (pieces - i) &&
      Math.abs(ends[cut + 1]! - ideal) < Math.abs(ends[cut]! - ideal)
    )
      cut++;
    if (total - ends[cut]! >= MIN_TAIL_SECONDS) edges.push(cut);
  }
  return edges.map((from, i) => ({ from, to: edges[i + 1] ?? seconds.length }));
}

/** Key periods: whole chunks, as near to a minute as they come. */
function periodsOf(chunkSeconds: readonly number[]): number[] {
  let period = 0;
  let length = 0;
  return chunkSeconds.map((seconds) => {
    const better = Math.abs(length + seconds - PERIOD_SECONDS) <= Math.abs(length - PERIOD_SECONDS);
    if (length > 0 && !better) {
      period++;
      length = 0;
    }
    length += seconds;
    return period;
  });
}

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
