import { execFile } from 'node:child_process';
import { access, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TOOLS = fileURLToPath(new URL('../../.engawa/bench/tools', import.meta.url));
/** A static build whose ffprobe knows libvmaf with its model and CAMBI, which Debian's FFmpeg does not. */
const PACKAGE = '@ffprobe-installer/linux-x64';
const VERSION = '5.2.0';
/** Every sixth picture is compared: four a second. */
const EVERY = 6;

/** VMAF: mean, and the mean of the worst 5 % of pictures. CAMBI: banding, 0 is none; about 5 can be seen; null: not asked for. */
export type Score = { mean: number; worst: number; cambi: number | null };

async function ffprobe(): Promise<string> {
  const path = join(TOOLS, 'node_modules', PACKAGE, 'ffprobe');
  const known = await access(path).then(
    () => true,
    () => false,
  );
  if (!known) {
    if (process.platform !== 'linux' || process.arch !== 'x64')
      throw new Error(`VMAF is measured with ${PACKAGE}, which runs on x64 Linux only.`);
    await mkdir(TOOLS, { recursive: true });
    await run('npm', [
      'install',
      '--no-save',
      '--no-package-lock',
      '--silent',
      '--prefix',
      TOOLS,
      `${PACKAGE}@${VERSION}`,
    ]);
  }
  return path;
}

/**
 * Compares a film with its reference, both scaled to the reference's size, picture by picture.
 *
 * Pictures are paired by their number. By their times, Matroska's whole milliseconds would pair every third one with the one before it:
 * the reference then seems to stand still there, and VMAF, which forgives more where there is motion, comes out too low.
 * @param banding whether CAMBI is wanted, which takes four times what VMAF takes
 */
export async function vmaf(
  film: string,
  reference: string,
  { size: [width, height], banding, log }: { size: [number, number]; banding: boolean; log: string },
): Promise<Score> {
  const scaled = `settb=1/1000,setpts=N,scale=${width}:${height}:flags=bicubic,format=yuv420p`;
  const graph =
    `movie=${film},${scaled}[a];movie=${reference},${scaled}[b];` +
    `[a][b]libvmaf=log_path=${log}:log_fmt=json:n_threads=1:n_subsample=${EVERY}${banding ? ':feature=name=cambi' : ''}`;
  await run(
    await ffprobe(),
    ['-v', 'error', '-f', 'lavfi', graph, '-show_entries', 'frame=pts', '-of', 'csv'],
    {
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const { frames } = JSON.parse(await readFile(log, 'utf8')) as {
    frames: { metrics: { vmaf: number; cambi?: number } }[];
  };
  await rm(log);
  const scores = frames.map(({ metrics }) => metrics.vmaf).sort((a, b) => a - b);
  return {
    mean: mean(scores),
    worst: mean(scores.slice(0, Math.max(1, Math.round(scores.length / 20)))),
    cambi: banding ? mean(frames.map(({ metrics }) => metrics.cambi ?? 0)) : null,
  };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
