import { trickOf, type Chunk, type Plan } from '../../../schema/jobs/plan.ts';
import type { Rung } from '../../../schema/ladder.ts';
import { chunkFrames, gopFrames } from '../grid.ts';

type Timed = Pick<Plan, 'grid' | 'frameRate' | 'rungs'>;

/**
 * Frames from one key frame of a rung to the next, in one chunk: each segment begins with one (RFC 8216bis §3: a player may join at
 * any). More are only put into the rung whose key frames are the trick-play rendition, every GOP; elsewhere they are a third of
 * the bytes of drawn film and nobody asks for them (ADR 0040). Encoders count from a chunk's start, so it is the longest stride that
 * meets every segment: three GOPs, but in the chunk that holds the short segments of an episode's beginning.
 */
export function groupFrames(plan: Timed, chunk: Chunk, rung: Pick<Rung, 'id'>): number {
  const gop = gopFrames(plan.frameRate);
  if (trickOf(plan)?.rung.id === rung.id) return gop;
  const { first, frames } = chunkFrames(plan, chunk);
  const inner = plan.grid.slice(chunk.firstSegment + 1, chunk.firstSegment + chunk.segments);
  return inner.map((segment) => segment.first - first).reduce(divisor, 0) || frames;
}

/** Numbers, within each segment of the grid, of the pictures at which a rung has key frames. */
export function plannedKeys(plan: Timed & Pick<Plan, 'chunks'>, rung: Pick<Rung, 'id'>): number[][] {
  return plan.chunks.flatMap((chunk) => {
    const group = groupFrames(plan, chunk, rung);
    const { first: start } = chunkFrames(plan, chunk);
    return plan.grid
      .slice(chunk.firstSegment, chunk.firstSegment + chunk.segments)
      .map(({ first, frames }) =>
        Array.from({ length: frames }, (_, i) => i).filter((i) => (first - start + i) % group === 0),
      );
  });
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
