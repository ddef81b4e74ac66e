import type { Plan } from '../../../schema/jobs/plan.ts';
import { mainTrack } from '../audio/tracks.ts';
import { colourFilters } from '../source/normalise.ts';
import { options } from '../options.ts';
import { sourceInput, type Output } from '../source/input.ts';
import { secondsOf } from '../grid.ts';
import type { Command } from '../video/args.ts';
import { tileInterval } from './storyboard.ts';
import { WAVE_RATE } from './waveform.ts';

export const LOOKS_FILE = 'looks.rgb';
export const TIMES_FILE = 'looks.txt';
export const WAVE_FILE = 'wave.raw';
/** Ticks a second of the times file: FFmpeg would round to whole frames of a rate it guesses. */
export const TICKS = 90_000;
/** Writes the times of pictures for `readTimes`. */
export const timesOutput = { fps_mode: 'passthrough', enc_time_base: `1:${TICKS}`, f: 'framecrc' } as const;
/** Pictures that are looked at, at most: bounds the scratch disk to some 100 MB, whatever the length. */
const MOST_LOOKS = 600;
/** Longer side of a picture that is looked at, at most. */
const LOOK_SIDE = 320;

export type Size = { width: number; height: number };

/** Size of the pictures that are looked at: the shape of the film as displayed, both sides even, never enlarged: that would blur it. */
export function lookSize({ source: { width, height } }: Pick<Plan, 'source'>): Size {
  const scale = Math.min(1, LOOK_SIDE / Math.max(width, height));
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}

/** By how much tiles of the storyboard are smaller than the pictures that were looked at. */
export const tileShrink = ({ width, height }: Size): number =>
  Math.max(width, height) > LOOK_SIDE / 2 ? 2 : 1;

export const durationOf = (plan: Pick<Plan, 'frames' | 'frameRate'>): number =>
  secondsOf(plan.frames, plan.frameRate);

/**
 * One read of the source for storyboard, choice of stills and waveform: small pictures of its key frames, their times, and low-rate
 * sound of its main track.
 *
 * Key frames alone are decoded, 30 times as fast as everything. `every` decodes all that other frames refer to, for sources with too
 * few key frames to find one's way by, and takes one picture in each half interval of the storyboard.
 */
export function looksCommand(plan: Plan, { url, every = false }: { url: string; every?: boolean }): Command {
  const { width, height } = lookSize(plan);
  const duration = durationOf(plan);
  const gap = Math.max(every ? tileInterval(duration) / 2 : 0.5, duration / MOST_LOOKS);
  const half = plan.frameRate[1] / plan.frameRate[0] / 2;
  const graph = [
    `[0:${plan.source.videoStream}]select='gte(t,${(-half).toFixed(6)})*(isnan(prev_selected_t)+gte(t-prev_selected_t,${gap.toFixed(3)}))'`,
    // Key frames are no neighbours of one another, so each is told apart into fields by itself.
    ...(plan.source.fields === null ? [] : [`estdif=mode=frame:${fieldOrder(plan.source.fields)}`]),
    `scale=${width}:${height}:flags=area`,
    ...colourFilters(plan),
    'scale=in_color_matrix=bt709:in_range=tv',
    `setsar=1,format=rgb24,settb=1/${TICKS},split[looks][times]`,
  ].join(',');
  const sound = every ? null : soundOf(plan);
  const wave = `[0:${sound?.stream}]aresample=${WAVE_RATE}:async=1:first_pts=0,aformat=sample_fmts=s16:channel_layouts=mono,apad,atrim=end=${duration.toFixed(6)}[wave]`;
  const outputs: Output[] = [
    {
      target: LOOKS_FILE,
      args: options({
        filter_complex_threads: 1,
        filter_complex: sound ? `${graph};${wave}` : graph,
        map: '[looks]',
        ...timesOutput,
        f: 'rawvideo',
      }),
    },
    { target: TIMES_FILE, args: options({ map: '[times]', ...timesOutput }) },
    ...(sound
      ? [{ target: WAVE_FILE, args: options({ map: '[wave]', 'c:a': 'pcm_s16le', f: 's16le' }) }]
      : []),
  ];
  const input = sourceInput(url, plan.source.startTime, null);
  const skip = options({ skip_frame: every ? 'noref' : 'nokey' });
  return { inputs: [{ ...input, args: [...skip, ...input.args] }], outputs };
}

/** The track whose waveform is drawn: the main one, as everywhere; undefined: there is no sound. */
export const soundOf = ({ audio }: Pick<Plan, 'audio'>): Plan['audio'][number] | undefined => {
  const heard = audio.filter(({ stream }) => stream !== null);
  return mainTrack(heard) ?? heard[0];
};

const fieldOrder = (fields: 'top' | 'bottom' | 'auto'): string =>
  fields === 'auto' ? 'parity=auto:deint=interlaced' : `parity=${fields === 'top' ? 'tff' : 'bff'}:deint=all`;

/** Times of the pictures, seconds, as FFmpeg's `framecrc` lists them. */
export const readTimes = (framecrc: string): number[] =>
  framecrc
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Number(line.split(',')[2]) / TICKS);
