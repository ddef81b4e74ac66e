import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameRate } from '../../schema/ladder.ts';
import { TARGET_SECONDS } from '../../schema/jobs/plan.ts';
import { chunkFrames, planGrid, secondsOf, type Chunking } from './grid.ts';
import { periodSpans } from './periods.ts';
import { audioSegments, AAC_FRAME, AAC_PRIMING, SAMPLE_RATE } from './timeline.ts';

const rates: FrameRate[] = [
  [24_000, 1001],
  [24, 1],
  [25, 1],
  [30_000, 1001],
  [30, 1],
  [50, 1],
  [60_000, 1001],
  [15, 1],
  [5, 1],
  [53, 10],
];
const rate = fc.constantFrom(...rates);
const frames = fc.integer({ min: 1, max: 60 * 60 * 40 });
const chunking = fc.oneof<fc.Arbitrary<Chunking>[]>(
  fc.constant({ chunkSeconds: 30 }),
  fc.record({ chunkSeconds: fc.integer({ min: 2, max: 60 }) }),
  fc.record({ chunkCount: fc.integer({ min: 1, max: 40 }) }),
);

describe('the grid', () => {
  it('has every frame exactly once, in segments, chunks and periods', () => {
    fc.assert(
      fc.property(frames, rate, chunking, (frames, rate, chunking) => {
        const { grid, chunks, periods } = planGrid(frames, rate, chunking);
        let next = 0;
        for (const segment of grid) {
          expect(segment.first).toBe(next);
          expect(segment.frames).toBeGreaterThan(0);
          next += segment.frames;
        }
        expect(next).toBe(frames);
        let segment = 0;
        for (const [index, chunk] of chunks.entries()) {
          expect(chunk).toMatchObject({ index, firstSegment: segment });
          segment += chunk.segments;
          const inside = grid.slice(chunk.firstSegment, segment);
          expect(new Set(inside.map(({ period }) => period))).toEqual(new Set([chunk.period]));
          expect(chunk.period - (chunks[index - 1]?.period ?? 0)).toBeLessThanOrEqual(1);
        }
        expect(segment).toBe(grid.length);
        expect(chunks.at(-1)!.period).toBe(periods - 1);
      }),
    );
  });

  it('keeps every segment within the target duration, and does not depend on the chunks', () => {
    fc.assert(
      fc.property(frames, rate, chunking, (frames, rate, chunking) => {
        const { grid } = planGrid(frames, rate, chunking);
        for (const segment of grid)
          expect(Math.round(secondsOf(segment.frames, rate))).toBeLessThanOrEqual(TARGET_SECONDS);
        const cuts = (segments: typeof grid) => segments.map(({ first, frames }) => [first, frames]);
        expect(cuts(grid)).toEqual(cuts(planGrid(frames, rate, { chunkCount: 1 }).grid));
      }),
    );
  });

  it('makes a head of one segment, then chunks of 16 to 32 s but for a tail that leaves no other cut; periods of a minute', () => {
    fc.assert(
      fc.property(frames, rate, (frames, rate) => {
        const { grid, chunks, periods } = planGrid(frames, rate);
        const [head, ...lengths] = chunks.map((chunk) =>
          secondsOf(chunkFrames({ grid }, chunk).frames, rate),
        );
        // A film of one chunk is hardly longer than its first segment.
        expect(lengths.length > 0 ? chunks[0]!.segments : Math.ceil(head! / 4)).toBe(1);
        // What follows is never so short that an encoder would start it at another decode time.
        expect(Math.min(1, ...lengths)).toBe(1);
        // The last two share what is left.
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(33);
        expect(Math.min(16, ...lengths.slice(0, -2))).toBe(16);
        expect(lengths.length < 2 || Math.min(...lengths.slice(-2)) >= 10).toBe(true);
        for (const { from, to } of periodSpans({ grid, frameRate: rate }).slice(0, periods - 1)) {
          expect(to - from).toBeGreaterThan(40);
          expect(to - from).toBeLessThan(80);
        }
      }),
    );
  });

  it('has the same head whatever the length of the film', () => {
    fc.assert(
      fc.property(frames, frames, rate, (some, others, rate) => {
        const [one, other] = [planGrid(some, rate), planGrid(others, rate)];
        fc.pre(one.chunks.length > 1 && other.chunks.length > 1);
        expect(one.grid[0]).toEqual(other.grid[0]);
      }),
    );
  });

  it('cuts into as many chunks as asked for, where there are segments for them', () => {
    const segments = (chunkCount: number, seconds = 60) =>
      planGrid(seconds * 24, [24, 1], { chunkCount }).chunks.map((chunk) => chunk.segments);
    expect(segments(1)).toEqual([12]);
    expect(segments(2)).toEqual([7, 5]);
    expect(segments(5)).toEqual([4, 2, 2, 2, 2]);
    expect(segments(100)).toHaveLength(12);
    expect(segments(4, 14)).toEqual([1, 1, 1, 1]);
  });

  it('ramps 2, 2, 4, then 6 s, and joins a tiny tail to the segment before it', () => {
    const lengths = (frames: number) =>
      planGrid(frames, [24, 1]).grid.map((segment) => secondsOf(segment.frames, [24, 1]));
    expect(lengths(24 * 20)).toEqual([2, 2, 4, 6, 6]);
    expect(lengths(24 * 20 + 6)).toEqual([2, 2, 4, 6, 6.25]);
    expect(lengths(24 * 21)).toEqual([2, 2, 4, 6, 6, 1]);
    expect(lengths(1)).toEqual([1 / 24]);
  });
});

describe('audio on the grid', () => {
  it('has every AAC frame once, starts within a frame of each boundary, and ends within a frame of the video', () => {
    fc.assert(
      fc.property(frames, rate, (frames, rate) => {
        const { grid } = planGrid(frames, rate);
        const segments = audioSegments({ grid, frames, frameRate: rate });
        let next = 0;
        for (const [i, segment] of segments.entries()) {
          expect(segment.first).toBe(next);
          next += segment.frames;
          const start = (segment.first * AAC_FRAME - AAC_PRIMING) / SAMPLE_RATE;
          const late = start - secondsOf(grid[i]!.first, rate);
          expect(Math.abs(late)).toBeLessThanOrEqual(AAC_FRAME / SAMPLE_RATE + 1e-6);
        }
        const end = (next * AAC_FRAME - AAC_PRIMING) / SAMPLE_RATE;
        expect(Math.abs(end - secondsOf(frames, rate))).toBeLessThanOrEqual(AAC_FRAME / SAMPLE_RATE + 1e-6);
      }),
    );
  });
});
