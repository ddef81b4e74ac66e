import { statfs } from 'node:fs/promises';
import { Sentence } from './sentence.ts';

/** The demo world, its renditions and the scratch of a few encodes. */
export const NEEDED_BYTES = 2 * 1024 ** 3;

export const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** @throws Sentence when the disk is nearly full */
export async function enoughSpace(folder: string, needed = NEEDED_BYTES): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < needed)
    throw new Sentence(
      `The disk of ${folder} has ${gigabytes(free)} left and Engawa needs ${gigabytes(needed)}: make room, or choose another disk with --data FOLDER.`,
    );
  return free;
}
