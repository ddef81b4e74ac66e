import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { WrittenObject } from '../../schema/jobs/task.ts';
import { decryptSegment, keyOf } from '../plan/encryption.ts';
import { concat } from '../plan/mp4.ts';
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
