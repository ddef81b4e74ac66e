import type { Plan } from '../../../schema/jobs/plan.ts';
import { lookSize, TICKS, timesOutput, type Size } from './looks-args.ts';
import { normaliseFilters } from '../source/normalise.ts';
import { options } from '../options.ts';
import type { ImageType } from './quality.ts';
import { seekPoint, sourceInput, type Input } from '../source/input.ts';
import type { Command } from '../video/args.ts';

const WIDTHS = [320, 640, 1280];

export const extensions = { 'image/avif': 'avif', 'image/webp': 'webp', 'image/jpeg': 'jpg' } as const;

/** Sizes of a still, smallest first: for cards and for posters, in the film's own shape, never larger than the film. */
export function stillSizes({ source: { width, height } }: Pick<Plan, 'source'>): Size[] {
  const widths = new Set(WIDTHS.map((wide) => Math.min(wide, width - (width % 2))));
  return [...widths].map((wide) => ({
    width: wide,
    height: Math.max(2, 2 * Math.round((wide * height) / width / 2)),
  }));
}

export const CLOSE_FILE = 'close.rgb';
export const CLOSE_TIMES = 'close.txt';
export const pixelsFile = ({ width }: Size): string => `still-${width}.rgb`;
/** Seconds after a picture in which it must not be fading. */
const CLOSE_SECONDS = 0.5;

/**
 * The picture at `time` in all sizes, unpacked, and small ones of the half second after it. Its key frame is asked for by half a
 * frame later than it is shown: a container rounds times.
 * @param preRoll seconds earlier at which to start, for containers that land too late; null: from the start
 */
export function extractCommand(
  plan: Plan,
  time: number,
  { url, preRoll = 0 }: { url: string; preRoll?: number | null },
): Command {
  const half = plan.frameRate[1] / plan.frameRate[0] / 2;
  const close = lookSize(plan);
  const sizes = stillSizes(plan);
  const seek = preRoll === null ? null : seekPoint(plan.source, time + half - preRoll);
  const graph = [
    `[0:${plan.source.videoStream}]${normaliseFilters(plan).join(',')},settb=1/${TICKS}`,
    `trim=start=${(time - half).toFixed(6)}:end=${(time + CLOSE_SECONDS + half).toFixed(6)}`,
    'split=3[picture][c][t]',
  ].join(',');
  const names = sizes.map((_, i) => `[s${i}]`);
  const unpack = 'scale=in_color_matrix=bt709:in_range=tv';
  const chains = [
    graph,
    `[picture]trim=end_frame=1,${unpack}:flags=lanczos+accurate_rnd+full_chroma_int,format=gbrp,split=${sizes.length}${names.join('')}`,
    ...sizes.map(
      ({ width, height }, i) =>
        `[s${i}]scale=${width}:${height}:flags=lanczos+accurate_rnd,setsar=1,format=rgb24[o${i}]`,
    ),
    // As the pictures that were looked at are: at a quarter of what the way of the stills costs, for the same means.
    `[c]scale=${close.width}:${close.height}:flags=area,${unpack},setsar=1,format=rgb24[close]`,
    '[t]trim=end_frame=1,scale=16:16[times]', // only its time is wanted
  ];
  const raw = { fps_mode: 'passthrough', f: 'rawvideo' } as const;
  const outputs = [
    ...sizes.map((size, i) => ({ target: pixelsFile(size), args: options({ map: `[o${i}]`, ...raw }) })),
    { target: CLOSE_FILE, args: options({ map: '[close]', ...raw }) },
    { target: CLOSE_TIMES, args: options({ map: '[times]', ...timesOutput }) },
  ];
  outputs[0]!.args.unshift(...options({ filter_complex_threads: 1, filter_complex: chains.join(';') }));
  return { inputs: [sourceInput(url, plan.source.startTime, seek)], outputs };
}

/** Pixels that this program wrote, in a file of its scratch folder. */
export const pixelsInput = (file: string, { width, height }: Size): Input => ({
  url: file,
  args: options({
    protocol_whitelist: 'file',
    f: 'rawvideo',
    pixel_format: 'rgb24',
    video_size: `${width}x${height}`,
  }),
});

/** JPEG's own colours (JFIF): BT.601, full range. AVIF says so in its header, so that one set of samples serves both. */
const FULL = 'scale=out_color_matrix=bt601:out_range=pc:flags=lanczos+accurate_rnd';
/** WebP has no other: RFC 9649 §2.5, VP8's limited BT.601. */
const LIMITED = 'scale=out_color_matrix=bt601:out_range=tv:flags=lanczos+accurate_rnd';

/** One encode of a picture. */
export type Try = { pixels: string; size: Size; type: ImageType; quality: number; target: string };

/** Encodes unpacked pictures, each at its quality: one thread each, the same bytes on every run. */
export const encodeCommand = (tries: readonly Try[]): Command => ({
  inputs: tries.map(({ pixels, size }) => pixelsInput(pixels, size)),
  outputs: tries.map((one, i) => ({
    target: one.target,
    args: options({
      map: `${i}:v`,
      'frames:v': 1,
      threads: 1,
      fflags: '+bitexact',
      'flags:v': '+bitexact',
      ...codec(one),
    }),
  })),
});

function codec({ type, quality, size: { width } }: Try): Record<string, string | number> {
  if (type === 'image/jpeg')
    return { vf: `${FULL},format=yuvj420p`, 'c:v': 'mjpeg', 'q:v': quality, f: 'mjpeg' };
  if (type === 'image/webp')
    return { vf: `${LIMITED},format=yuv420p`, 'c:v': 'libwebp', quality, compression_level: 4, f: 'webp' };
  return {
    vf: `${FULL},format=yuv420p`,
    'c:v': 'libaom-av1',
    'still-picture': 1,
    crf: quality,
    usage: 'allintra', // half the time of `good` for the same likeness, and a few bytes more
    // 8 is twice as large as 7. 6 is a tenth smaller, for three times the time of 7: in small pictures only.
    'cpu-used': width > 640 ? 7 : 6,
    // libaom takes drawn pictures for screens, and then looks for what repeats in them: up to ten times the time for nothing.
    'enable-intrabc': 0,
    'enable-palette': 0,
    color_range: 'pc',
    color_primaries: 'bt709',
    color_trc: 'iec61966-2-1',
    colorspace: 'smpte170m',
    f: 'avif',
  };
}

/** Compares encodes with what they were made of: FFmpeg's log has one SSIM a try, named `try` and its place. */
export function compareCommand(tries: readonly Try[]): Command {
  const inputs = tries.flatMap(({ pixels, size, target }) => [
    { url: target, args: options({ protocol_whitelist: 'file' }) },
    pixelsInput(pixels, size),
  ]);
  const graph = tries.flatMap(({ type }, i) => {
    const range = type === 'image/webp' ? 'tv' : 'pc';
    return [
      `[${2 * i}:v]scale=in_color_matrix=bt601:in_range=${range}:out_color_matrix=bt601:out_range=pc,format=yuv420p[a${i}]`,
      `[${2 * i + 1}:v]${FULL},format=yuv420p[b${i}]`,
      `[a${i}][b${i}]ssim@try${i}[r${i}]`,
    ];
  });
  return {
    inputs,
    outputs: tries.map((_, i) => ({
      target: '-',
      args: [
        ...(i === 0 ? options({ filter_complex_threads: 1, filter_complex: graph.join(';') }) : []),
        ...options({ map: `[r${i}]`, f: 'null' }),
      ],
    })),
  };
}

/** The similarities by the place of their try; 0 where FFmpeg did not say. */
export function readSimilarities(log: string, tries: number): number[] {
  const found = Array.from({ length: tries }, () => 0);
  for (const [, place, all] of log.matchAll(/try(\d+) @ [^\n]*All:([\d.]+)/g))
    found[Number(place)] = Number(all);
  return found;
}
