import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countFrames } from '../ffmpeg/probe.ts';
import type { Decoded } from '../plan/package/measured.ts';
import { concat } from '../plan/mp4.ts';
import type { ReadBack } from './read-back.ts';
import type { TaskRun } from './task.ts';
import { inParallel } from './write.ts';

/**
 * First and last segment of each rendition with pictures or sound, and all key frames for fast seeking: decoded as any player
 * would, one process a rendition. All segments in between were cut by the same rules and are held to the same times; decoding
 * them too would cost as much as a tenth of the encode.
 */
export function decodeEnds(
  run: TaskRun<'package'>,
  { initBytes, samples }: Pick<ReadBack, 'initBytes' | 'samples'>,
): Promise<Decoded[]> {
  const pieces = [...initBytes].flatMap(([rendition, init]) => {
    const parts = samples.get(rendition) ?? [];
    return parts[0] ? [{ rendition, init, parts, first: parts[0] }] : [];
  });
  return inParallel(pieces, 2, async ({ rendition, init, parts, first }, i) => {
    run.report(0.85 + (0.1 * i) / pieces.length, `decoding the ends of ${rendition}`);
    const file = join(run.scratch, `${rendition}.mp4`);
    await writeFile(file, concat([init, ...parts.map(({ clear }) => clear)]));
    const found = await countFrames(file, run);
    await rm(file);
    const frames = parts.reduce((sum, { samples: count }) => sum + count, 0);
    return {
      name: rendition,
      expected: { frames, start: first.decodeTime + first.composition },
      found,
    };
  });
}
