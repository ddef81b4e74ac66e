import type { Plan } from '../../../schema/jobs/plan.ts';
import type { Rung } from '../../../schema/ladder.ts';
import { encoder } from './encoders.ts';
import { gopFrames, secondsOf } from '../grid.ts';
import { groupFrames } from './groups.ts';
import type { Curve, Probe } from './hull.ts';
import { splitFragmented } from '../mp4.ts';
import { colourFilters, fieldFilters } from '../source/normalise.ts';
import { options } from '../options.ts';
import { seekPoint, sourceInput } from '../source/input.ts';
import { MOVFLAGS, type Command } from './args.ts';

/** The two CRFs that each size is encoded at: the useful range lies between them and a little beside them. */
export const PROBE_CRFS = [24, 34] as const;

/**
 * Share of the film that is encoded to choose its ladder. A frame of it costs five times what it costs in the film (two CRFs of
 * each size, and the comparing), so this is 3 % of the work. Slices are short, and many where the film is long.
 */
const SHARE = 0.006;
const SLICE_FRAMES = { least: 12, most: 18 };
const SLICES = { least: 3, most: 8 };

/** Whether a film is long enough that choosing its ladder costs no more than that share. */
export const pays = ({ frames }: Pick<Plan, 'frames'>): boolean =>
  frames * SHARE >= SLICES.least * SLICE_FRAMES.least;

/** Runs of frames, spread evenly over the film. None: it is too short to choose by. */
export function slices({ frames }: Pick<Plan, 'frames'>): { first: number; frames: number }[] {
  if (frames < SLICES.least * SLICE_FRAMES.least) return [];
  const count = within(SLICES, Math.round((frames * SHARE) / SLICE_FRAMES.most));
  const each = Math.min(
    within(SLICE_FRAMES, Math.round((frames * SHARE) / count)),
    Math.floor(frames / count),
  );
  return Array.from({ length: count }, (_, i) => ({
    first: Math.round(((i + 0.5) * frames) / count - each / 2),
    frames: each,
  }));
}

const within = ({ least, most }: { least: number; most: number }, value: number): number =>
  Math.min(most, Math.max(least, value));

/** The slice at the source's size, without loss. */
export const REFERENCE = 'reference.mp4';
export type ProbeEncode = { file: string; rung: Rung };

/** What is encoded of each slice: every size of the candidates, at each CRF, with no cap that would bind. Large to small. */
export function probeEncodes({ rungs }: Pick<Plan, 'rungs'>): ProbeEncode[] {
  const sizes = new Map(rungs.map((rung) => [`${rung.width}x${rung.height}`, rung]));
  return [...sizes.values()]
    .toSorted((a, b) => b.width * b.height - a.width * a.height)
    .flatMap((rung) =>
      PROBE_CRFS.map((crf) => ({
        file: `probe-${rung.height}-${crf}.mp4`,
        rung: { ...rung, crf, maxrate: rung.maxrate * 10, bufsize: rung.maxrate * 20 },
      })),
    );
}

/** Decodes one slice once and encodes it in every way. */
export function encodeSlice(
  plan: Plan,
  slice: { first: number; frames: number },
  { url, preset }: { url: string; preset: string },
): Command {
  const encodes = probeEncodes(plan);
  const own = encodes[0]!.rung;
  const start = secondsOf(slice.first, plan.frameRate);
  const take = [
    ...fieldFilters(plan),
    `fps=${plan.frameRate.join('/')}:round=near`,
    `trim=start_pts=${slice.first}:end_pts=${slice.first + slice.frames}`,
    ...colourFilters(plan),
    scaled(own),
  ];
  const sizes = encodes.filter((_, i) => i % PROBE_CRFS.length === 0).map(({ rung }) => rung);
  const graph = [
    `[0:${plan.source.videoStream}]${take.join(',')},split=2[reference][s0]`,
    ...sizes.map((size, i) => {
      const scale = i === 0 ? 'null' : scaled(size);
      const next = i < sizes.length - 1 ? `[s${i + 1}]` : '';
      const probes = PROBE_CRFS.map((_, k) => `[p${i * PROBE_CRFS.length + k}]`).join('');
      return `[s${i}]${scale},split=${PROBE_CRFS.length + (next ? 1 : 0)}${probes}${next}`;
    }),
  ];
  const output = (target: string, label: string, args: string[]) => ({
    target,
    args: [
      ...options({ map: `[${label}]`, map_metadata: -1, map_chapters: -1, fps_mode: 'passthrough' }),
      ...args,
      ...options({ movflags: MOVFLAGS, f: 'mp4' }),
    ],
  });
  const lossless = options({ 'c:v': 'libx264', threads: 1, preset: 'ultrafast', qp: 0, pix_fmt: 'yuv420p' });
  const outputs = [
    output(REFERENCE, 'reference', lossless),
    ...encodes.map(({ file: target, rung }, i) =>
      output(target, `p${i}`, encoder(rung, plan.frameRate, { preset, group: slice.frames, quick: true })),
    ),
  ];
  outputs[0]!.args.unshift(...options({ filter_complex_threads: 1, filter_complex: graph.join(';') }));
  const seek = seekPoint(plan.source, start - PRE_ROLL_SECONDS);
  return { inputs: [sourceInput(url, plan.source.startTime, seek)], outputs };
}
const PRE_ROLL_SECONDS = 1;

const scaled = ({ width, height }: Rung): string =>
  `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`;

/** Name of the file that one encode's likeness is written to. */
export const likenessFile = ({ file }: ProbeEncode): string => `${file}.ssim`;

/**
 * Compares every encode with the slice, as it looks on a screen that the source fills: scaled up to its size. Every second picture
 * tells as much as each, from the second on: the first one is a key frame, which a whole film has few of.
 */
export function compareSlice(plan: Plan): Command {
  const encodes = probeEncodes(plan);
  const { width, height } = encodes[0]!.rung;
  const some = 'select=mod(n\\,2),settb=1/1000,setpts=N';
  const graph = [
    `[0:v]${some},split=${encodes.length}${encodes.map((_, i) => `[r${i}]`).join('')}`,
    ...encodes.map(
      (encode, i) =>
        `[${i + 1}:v]${some},scale=${width}:${height}:flags=bicubic[e${i}];` +
        `[e${i}][r${i}]ssim=stats_file=${likenessFile(encode)}[o${i}]`,
    ),
  ];
  return {
    inputs: [REFERENCE, ...encodes.map(({ file }) => file)].map((url) => ({
      url,
      args: options({ protocol_whitelist: 'file', format_whitelist: 'mov', threads: 1 }),
    })),
    outputs: [
      {
        target: '-',
        args: [
          ...options({ filter_complex_threads: 1, filter_complex: graph.join(';') }),
          ...encodes.flatMap((_, i) => options({ map: `[o${i}]`, fps_mode: 'passthrough' })),
          ...options({ f: 'null' }),
        ],
      },
    ],
  };
}

/** One slice of one encode: bytes of its key frame and of the others on average, and how much its pictures are like the source's. */
export type SliceFacts = { key: number; other: number; likeness: number[] };

/** @throws Mp4Error */
export function readSlice(file: Uint8Array, likeness: string): SliceFacts {
  const [key = 0, ...others] = splitFragmented(file).fragments.flatMap(({ sizes }) => sizes);
  const other = others.reduce((sum, size) => sum + size, 0) / Math.max(1, others.length);
  return { key, other, likeness: [...likeness.matchAll(/All:([\d.]+)/g)].map(([, value]) => Number(value)) };
}

/** No picture counts as better than this: what nobody sees should not outweigh what everybody does. */
const BEST_DECIBELS = 30;

/**
 * One encode, over all slices: the rate as a whole group of pictures would have it, since a slice has a key frame in fewer pictures
 * than the film; the dearest as two seconds with a key frame, which is what the buffer of a cap holds.
 * @param group frames from one key frame to the next
 */
export function probeOf(
  crf: number,
  facts: readonly SliceFacts[],
  { frameRate, group }: Pick<Plan, 'frameRate'> & { group: number },
): Probe {
  const over = (frames: number) =>
    facts.map(({ key, other }) =>
      Math.max(1, (((key + (frames - 1) * other) * 8) / frames) * (frameRate[0] / frameRate[1])),
    );
  const likeness = facts.flatMap((slice) => slice.likeness);
  const difference = 1 - mean(likeness); // of the mean, not the mean of decibels: bad pictures weigh more than good ones
  return {
    crf,
    rate: mean(over(group)),
    worst: Math.max(...over(gopFrames(frameRate))),
    quality: Math.min(BEST_DECIBELS, -10 * Math.log10(Math.max(1e-9, difference))),
  };
}

/** The curve of each size, from the facts of its encodes by file. */
export function curvesOf(plan: Plan, facts: ReadonlyMap<string, readonly SliceFacts[]>): Curve[] {
  const encodes = probeEncodes(plan);
  const body = plan.chunks.at(-1)!;
  return encodes.flatMap(({ rung: { width, height } }, i): Curve[] => {
    const [fine, coarse] = encodes.slice(i, i + PROBE_CRFS.length).map(({ file, rung }) => {
      const group = groupFrames(plan, body, rung);
      return probeOf(rung.crf, facts.get(file) ?? [], { ...plan, group });
    });
    return i % PROBE_CRFS.length === 0 ? [{ width, height, probes: [fine!, coarse!] }] : [];
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
