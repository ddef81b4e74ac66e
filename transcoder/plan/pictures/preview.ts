import type { Plan } from '../../../schema/jobs/plan.ts';
import { secondsOf } from '../grid.ts';
import { distance, type Look } from './look.ts';
import { durationOf, TICKS, timesOutput, type Size } from './looks-args.ts';
import { normaliseFilters } from '../source/normalise.ts';
import { options } from '../options.ts';
import { seekPoint, sourceInput } from '../source/input.ts';
import { unfit, worth } from './stills.ts';
import type { Command } from '../video/args.ts';

const SECONDS = 8;
const SHORTEST = 2;
const WIDEST = 480;
const FASTEST = 30;
/** Bit/s: with the buffer below, eight seconds stay under 400 kB. */
const CAP = 320_000;
export const PREVIEW_FILE = 'preview.mp4';
export const PREVIEW_TIMES = 'preview.txt';

export type Clip = { start: number; frames: number; rate: [number, number] } & Size;

/**
 * A stretch that shows what the episode is like: it begins at a picture that could be a still, is lively, and lies before the last
 * third, which it does not give away. Null where the film is too short for a preview to make sense.
 */
export function choosePreview(plan: Plan, looks: readonly Look[]): Clip | null {
  const duration = durationOf(plan);
  if (duration < SHORTEST) return null;
  const length = Math.min(SECONDS, duration);
  let start = 0;
  let most = -Infinity;
  for (const [i, look] of looks.entries()) {
    const early = look.time < 0.05 * duration || look.time > 0.66 * duration;
    if (look.time + length > duration || unfit(look)) continue;
    const inside = looks.filter(({ time }) => time >= look.time && time < look.time + length);
    if (inside.some((other) => unfit(other) === 'dark')) continue;
    const last = looks.findIndex(({ time }) => time >= look.time + length);
    const run = looks.slice(i, (last < 0 ? looks.length : last) + 1);
    const change = run.slice(1).reduce((sum, other, k) => sum + distance(run[k]!, other), 0) / run.length;
    const worths = inside.reduce((sum, other) => sum + worth(other, duration), 0) / inside.length;
    const interest = worths + Math.min(0.3, change) - (early ? 0.5 : 0);
    if (interest > most) [start, most] = [look.time, interest];
  }
  const [num, den] = plan.frameRate;
  const rate: Clip['rate'] = [num, den * Math.ceil(num / den / FASTEST)];
  const { width, height } = plan.source;
  const even = (side: number) => 2 * Math.max(1, Math.round((side * Math.min(1, WIDEST / width)) / 2));
  const frames = Math.max(1, Math.floor((length * rate[0]) / rate[1] + 1e-6));
  return { start, frames, rate, width: even(width), height: even(height) };
}

/** Seconds that a clip lasts. */
export const clipSeconds = ({ frames, rate }: Clip): number => secondsOf(frames, rate);

/**
 * The clip as plain MP4 for a plain `<video>`: no sound, H.264 4:2:0, its index first; the time of its first picture beside it.
 * @param preRoll seconds before it at which reading starts; null: from the start of the file, for containers that do not seek well
 */
export function previewCommand(
  plan: Plan,
  clip: Clip,
  { url, preRoll }: { url: string; preRoll: number | null },
): Command {
  const half = plan.frameRate[1] / plan.frameRate[0] / 2;
  const filters = [
    ...normaliseFilters(plan),
    `trim=start=${Math.max(0, clip.start - half).toFixed(6)},settb=1/${TICKS}`,
    'split[t][p];[p]setpts=PTS-STARTPTS',
    `fps=${clip.rate.join('/')}`,
    'tpad=stop_mode=clone:stop=-1',
    `trim=end_frame=${clip.frames}`,
    `scale=${clip.width}:${clip.height}:flags=area,setsar=1,format=yuv420p[v];[t]trim=end_frame=1,scale=16:16[times]`,
  ];
  const seek = preRoll === null ? null : seekPoint(plan.source, clip.start + half - preRoll);
  return {
    inputs: [sourceInput(url, plan.source.startTime, seek)],
    outputs: [
      {
        target: PREVIEW_FILE,
        args: options({
          filter_complex_threads: 1,
          filter_complex: `[0:${plan.source.videoStream}]${filters.join(',')}`,
          map: '[v]',
          map_metadata: -1,
          map_chapters: -1,
          'c:v': 'libx264',
          threads: 1,
          preset: 'fast',
          tune: 'animation',
          'profile:v': 'main',
          crf: 28,
          maxrate: CAP,
          bufsize: CAP,
          'flags:v': '+bitexact',
          fflags: '+bitexact',
          movflags: '+faststart',
          f: 'mp4',
        }),
      },
      { target: PREVIEW_TIMES, args: options({ map: '[times]', ...timesOutput }) },
    ],
  };
}
