import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs FFmpeg on test media, its options in one list or in several; rejects with its stderr. */
export const ffmpeg = (...args: (string | string[])[]) =>
  run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args.flat()]);

/** One line of ffprobe's output per entry. */
export async function ffprobe(...args: string[]): Promise<string[]> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-of', 'compact=p=0:nk=1', ...args], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout.split('\n').filter((line) => line !== '');
}

export type Clip = {
  seconds?: number;
  rate?: string;
  size?: string;
  /** Further arguments: inputs come after the picture (input 0) and the tone (input 1). */
  more?: string[];
  video?: string[];
};

/** A small moving picture with a tone, as bytes. */
export async function clip(
  folder: string,
  name: string,
  { seconds = 4, rate = '24', size = '320x180', video = [], more = [] }: Clip = {},
): Promise<Uint8Array> {
  const path = join(folder, name);
  const picture = `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`;
  const tone = `sine=frequency=440:sample_rate=48000:duration=${seconds}`;
  const inputs = ['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', tone];
  const maps = more.length > 0 ? more : ['-map', '0:v', '-map', '1:a'];
  const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '50', ...video];
  await ffmpeg(...inputs, ...maps, ...x264, '-c:a', 'aac', '-b:a', '64k', path);
  return readFile(path);
}
