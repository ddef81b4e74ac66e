import type { Command } from './args.ts';

/** One chunk's likenesses, by rung, and how many pictures they are of. */
export type ChunkLikeness = { frames: number; likeness: Readonly<Record<string, number>> };

/** x264 says it of each encode when that is closed (`ssim=1`), which FFmpeg does in the order of its outputs. */
const SAID = /^\[libx264 @ 0x[0-9a-f]+\] (?:\[\w+\] )?SSIM Mean Y:([\d.]+)/;
/** It wonders whether the figure is wanted for a race of encoders. */
const WONDERS = /^\[libx264 @ 0x[0-9a-f]+\] \[warning\] --(?:tune )?ssim /;

/**
 * Reads from FFmpeg's log how like its source each rung came out: SSIM of luma, the mean of all pictures. Encoders that do not measure
 * it, such as those of AV1, are left out.
 */
export function likenessMeter({ outputs }: Pick<Command, 'outputs'>) {
  const said: number[] = [];
  return {
    /** Takes a line; true: it was about this, and is no news in a log. */
    take(this: void, line: string): boolean {
      const ssim = SAID.exec(line)?.[1];
      if (ssim) said.push(Number(ssim));
      return ssim !== undefined || WONDERS.test(line);
    },
    likeness(): Record<string, number> {
      const h264 = outputs.filter(({ args }) => args.includes('libx264'));
      if (said.length !== h264.length) return {}; // better none than another rung's
      return Object.fromEntries(h264.map(({ target }, i) => [target.replace(/\.mp4$/, ''), said[i]!]));
    },
  };
}

/** Of an episode, from its chunks': each counts by its pictures; a rung that some chunk says nothing of is left out. */
export function meanLikeness(chunks: readonly ChunkLikeness[]): Map<string, number> {
  const mean = new Map<string, number>();
  const all = chunks.reduce((sum, { frames }) => sum + frames, 0);
  const ids = new Set(chunks.flatMap(({ likeness }) => Object.keys(likeness)));
  for (const id of ids) {
    if (all === 0 || chunks.some(({ likeness }) => likeness[id] === undefined)) continue;
    const sum = chunks.reduce((so, { frames, likeness }) => so + frames * likeness[id]!, 0);
    mean.set(id, sum / all);
  }
  return mean;
}
