import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Plan } from '../../schema/jobs/plan.ts';
import { videoChunkCommand } from '../../transcoder/plan/video/args.ts';
import { planGrid } from '../../transcoder/plan/grid.ts';
import { makeRig, probeSource, runJob, type Rig } from '../../transcoder/testing/rig.ts';
import { drawFilm } from '../demo/film.ts';
import { against, median, type Figure } from './figure.ts';

const run = promisify(execFile);
const RUNS = 3;
const PRESET = 'veryfast';

/**
 * What chunks, probing and verifying cost: CPU time of all FFmpeg and ffprobe work of one job against one plain FFmpeg process that
 * makes the same rungs and dubs with the same settings. Film: the demo's first episode. Runs alternate; medians.
 */
export async function pipeline(): Promise<Figure[]> {
  const meters = await makeRig();
  const rig = await makeRig({
    PRESET,
    FFMPEG_PATH: await metered(meters.folder, 'ffmpeg'),
    FFPROBE_PATH: await metered(meters.folder, 'ffprobe'),
  });
  try {
    const film = join(rig.folder, 'film.mkv');
    await drawFilm(1, film);
    await rig.upload('sources/bench', await readFile(film));
    const jobs: number[] = [];
    const plains: number[] = [];
    let chunks = 0;
    for (let i = 0; i < RUNS; i++) {
      jobs.push(
        await cpu(meters.folder, async () => {
          const plan = await probeSource(rig, 'sources/bench');
          chunks = plan.chunks.length;
          await runJob(rig, 'sources/bench', plan);
        }),
      );
      const plan = await probeSource(rig, 'sources/bench');
      plains.push(await cpu(meters.folder, () => plainProcess(rig, plan, film)));
    }
    const baseline = { name: 'one plain FFmpeg process, CPU s', value: median(plains) };
    return [
      against({ name: `a job of ${chunks} chunks, CPU`, value: median(jobs), unit: 's' }, baseline, 1.1),
    ];
  } finally {
    await rig.close();
    await meters.close();
  }
}

/** A stand-in for a program that notes the CPU time of each run: `times` prints the shell’s own and its children’s. */
async function metered(folder: string, program: string): Promise<string> {
  const path = join(folder, program);
  const log = join(folder, 'times.log');
  await writeFile(path, `#!/bin/bash\n/usr/bin/env ${program} "$@"\ncode=$?\ntimes >> ${log}\nexit $code\n`);
  await chmod(path, 0o755);
  return path;
}

/** CPU seconds, user and system, of all metered programs that ran meanwhile. */
async function cpu(folder: string, work: () => Promise<void>): Promise<number> {
  const log = join(folder, 'times.log');
  await writeFile(log, '');
  await work();
  const spans = (await readFile(log, 'utf8')).matchAll(/(\d+)m([\d.]+)s/g);
  return [...spans].reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

/** Split once, scaled in a chain, every rung and dub from one process, encoder settings as the job has them. */
async function plainProcess(rig: Rig, plan: Plan, film: string): Promise<void> {
  const whole = { ...plan, ...planGrid(plan.frames, plan.frameRate, { chunkCount: 1 }) };
  const { outputs } = videoChunkCommand(whole, whole.chunks[0]!, { url: film, preset: PRESET });
  const rungs = plan.rungs.toReversed();
  const graph = rungs.map(({ width, height }, i) => {
    const from = i === 0 ? `[0:${plan.source.videoStream}]` : `[c${i}]`;
    const scale = `scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`;
    return `${from}${scale}${i < rungs.length - 1 ? `,split=2[v${i}][c${i + 1}]` : `[v${i}]`}`;
  });
  const encode = outputs.flatMap(({ target, args }) => [
    ...without(args, '-filter_complex'),
    join(rig.folder, target),
  ]);
  const dubs = plan.audio.flatMap(({ id, stream }) =>
    stream === null
      ? []
      : ['-map', `0:${stream}`, '-c:a', 'aac', '-b:a', '128k', '-ac', '2', join(rig.folder, `${id}.mp4`)],
  );
  await run(rig.env['FFMPEG_PATH']!, [
    '-v',
    'error',
    '-nostdin',
    '-y',
    '-threads',
    '1',
    '-i',
    film,
    '-filter_complex',
    graph.join(';'),
    ...encode,
    ...dubs,
  ]);
}

const without = (args: readonly string[], name: string): string[] => {
  const at = args.indexOf(name);
  return at < 0 ? [...args] : [...args.slice(0, at), ...args.slice(at + 2)];
};
