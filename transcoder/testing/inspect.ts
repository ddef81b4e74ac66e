import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AudioRendition, VideoRendition } from '../../schema/package.ts';
import type { WrittenObject } from '../../schema/jobs/task.ts';
import { decryptSegment, keyOf } from '../plan/encryption.ts';
import { concat } from '../plan/mp4.ts';
import { AAC_PRIMING, SAMPLE_RATE } from '../plan/timeline.ts';
import { ffprobe } from './media.ts';
import { keysOf, type Rig } from './rig.ts';

const run = promisify(execFile);
const never = new AbortController().signal;

/** One rendition as a player gets it: its init segment and its decrypted segments in one file. */
export async function joined(
  rig: Rig,
  objects: readonly WrittenObject[],
  rendition: string,
  output = 'hls/film/season-1/ep-1/v1/',
): Promise<string> {
  const keys = keysOf(100);
  const init = objects.find((object) => object.init?.rendition === rendition)!;
  const segments = objects
    .flatMap(({ key, segment }) => (segment?.rendition === rendition ? [{ key, ...segment }] : []))
    .sort((a, b) => a.index - b.index);
  const parts = [await rig.store.get(output + init.key, { signal: never })];
  for (const { key, index, period } of segments)
    parts.push(
      decryptSegment(await rig.store.get(output + key, { signal: never }), keyOf(keys, period), index),
    );
  const path = join(rig.folder, `${rendition}.mp4`);
  await writeFile(path, concat(parts));
  return path;
}

/** Presentation times of all decoded pictures, seconds. Side data may follow on a line. */
export const pictureTimes = async (path: string): Promise<number[]> => {
  const entries = 'frame=best_effort_timestamp_time';
  return (await ffprobe('-select_streams', 'v:0', '-show_entries', entries, path)).map(Number.parseFloat);
};

/** Decode times of all packets, ticks. */
export const decodeTimes = async (path: string): Promise<number[]> =>
  (await ffprobe('-show_entries', 'packet=dts', path)).map(Number);

/** The distances between neighbours, each once. */
export const steps = (values: readonly number[]): number[] => [
  ...new Set(values.slice(1).map((value, i) => value - values[i]!)),
];

/** What a package says of one rendition, as the list of objects that made it. */
export function written({ id, init, segments }: VideoRendition | AudioRendition): WrittenObject[] {
  const object = { bytes: 0, sha256: '' };
  return [
    { ...object, key: init.uri, init: { rendition: id, codec: '', timescale: 1 } },
    ...segments.map(({ uri, period }, index) => ({
      ...object,
      key: uri,
      segment: { rendition: id, index, period, duration: 0, samples: 0 },
    })),
  ];
}

/** The pitch of a packaged track that is one pure tone, hertz: by how often its wave crosses zero. */
export async function toneOf(rig: Rig, tracks: readonly AudioRendition[], id: string): Promise<number> {
  const path = await joined(rig, written(tracks.find((track) => track.id === id)!), id);
  const { stdout } = await run(
    'ffmpeg',
    ['-v', 'error', '-ss', '2', '-t', '2', '-i', path, '-ac', '1', '-ar', '48000', '-f', 's16le', '-'],
    { encoding: 'buffer', maxBuffer: 1e8 },
  );
  const wave = new Int16Array(stdout.buffer, stdout.byteOffset, Math.floor(stdout.length / 2));
  const crossings = wave.filter((value, i) => i > 0 && value >= 0 && wave[i - 1]! < 0).length;
  return Math.round(crossings / (wave.length / 48_000) / 10) * 10;
}

const BITS = 9;
/** A graph that paints each picture with its number, as a bar code of nine bits. */
export const numbered = ({ rate, seconds }: { rate: string; seconds: number }): string => {
  const bars = Array.from({ length: BITS }, (_, bit) => `eq(floor(X/16),${bit})*mod(floor(N/${2 ** bit}),2)`);
  return `color=black:s=${BITS * 16}x32:r=${rate}:d=${seconds},geq=lum='16+219*(${bars.join('+')})':cb=128:cr=128`;
};

/** The numbers of a numbered film's pictures, in the order in which they are shown. */
export async function readNumbers(path: string): Promise<number[]> {
  const read = [
    '-vf',
    `scale=${BITS}:1:flags=area,format=gray`,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    '-',
  ];
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:v:0', ...read], {
    encoding: 'buffer',
    maxBuffer: 1e8,
  });
  return Array.from({ length: stdout.length / BITS }, (_, i) =>
    [...stdout.subarray(i * BITS, (i + 1) * BITS)].reduce(
      (sum, light, bit) => sum + (light > 100 ? 2 ** bit : 0),
      0,
    ),
  );
}

/** What FFmpeg writes of a file with these options. */
async function bytesOf(path: string, options: string): Promise<Buffer> {
  const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', path, ...options.split(' '), '-'], {
    encoding: 'buffer',
    maxBuffer: 1e8,
  });
  return stdout;
}

/**
 * A picture of the first second, as a grid of so many means, row by row: `[red, green, blue]`. Read as BT.709 of limited range,
 * as a player reads what is tagged so.
 */
export async function colours(path: string, columns: number, rows: number): Promise<number[][]> {
  const rgb =
    'scale=in_color_matrix=bt709:in_range=limited:out_range=full:flags=area+accurate_rnd,format=gbrp';
  const graph = `trim=start_frame=12,${rgb},scale=${columns}:${rows}:flags=area,format=rgb24`;
  const bytes = await bytesOf(path, `-map 0:v:0 -vf ${graph} -frames:v 1 -f rawvideo`);
  return Array.from({ length: columns * rows }, (_, i) => [...bytes.subarray(3 * i, 3 * i + 3)]);
}

/** Mean light of each picture, 0 to 255. */
export const lights = async (path: string): Promise<number[]> => [
  ...(await bytesOf(
    path,
    '-map 0:v:0 -vf scale=1:1:flags=area,format=gray -fps_mode passthrough -f rawvideo',
  )),
];

/** When a rendition of sound is loud, seconds of the episode: each sample above half of its peak. */
export async function loudSamples(path: string): Promise<number[]> {
  const bytes = await bytesOf(path, `-map 0:a:0 -ac 1 -ar ${SAMPLE_RATE} -f f32le`);
  const samples = Array.from({ length: bytes.length / 4 }, (_, i) => Math.abs(bytes.readFloatLE(4 * i)));
  const half = samples.reduce((most, sample) => Math.max(most, sample), 0) / 2;
  // The encoder's priming comes first, before the episode's time zero.
  return samples.flatMap((sample, i) => (sample > half ? [(i - AAC_PRIMING) / SAMPLE_RATE] : []));
}

/** How many pictures show the teeth of two fields, as FFmpeg's `idet` sees it. */
export async function combed(path: string): Promise<number> {
  const { stderr } = await run('ffmpeg', ['-i', path, '-map', '0:v:0', '-vf', 'idet', '-f', 'null', '-']);
  const [, top, bottom] = /Single frame detection: TFF: *(\d+) BFF: *(\d+)/.exec(stderr)!;
  return Number(top) + Number(bottom);
}

/** Size and pixels, and how the colours are tagged, of a file's first video. */
export const lookOf = async (path: string): Promise<string[]> => {
  const entries = 'width,height,sample_aspect_ratio,color_range,color_space,color_transfer,color_primaries';
  const [line = ''] = await ffprobe('-select_streams', 'v:0', '-show_entries', `stream=${entries}`, path);
  return line.split('|');
};
