import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../schema/jobs/plan.ts';
import { encoder, pixelFormat } from '../../transcoder/plan/video/encoders.ts';
import { groupFrames } from '../../transcoder/plan/video/groups.ts';
import { chunkFrames, secondsOf } from '../../transcoder/plan/grid.ts';
import { inParallel } from '../../transcoder/tasks/write.ts';
import type { Material } from './art.ts';
import { against, median, shown, type Figure } from './figure.ts';
import { House } from './house.ts';
import type { JobRun } from './job-run.ts';
import { peertubeJob } from './peertube.ts';
import { timed } from './process.ts';

const PRESET = 'veryfast'; // PeerTube's, so that all sides encode alike
const CHUNK_SECONDS = 16;
const CORES = 2;

/**
 * Wall time of a whole job, from the complete upload to `ready`, through all that `npm start` runs, on two cores: against
 * what PeerTube runs, and against a loop of two FFmpeg processes over the same chunks with nothing around it. Runs alternate; medians.
 */
export async function wall(film: () => Promise<Material>, runs: number): Promise<Figure[]> {
  const { upload, name, seconds } = await film();
  const folder = await mkdtemp(join(tmpdir(), 'engawa-wall-'));
  const house = await House.start({ PRESET, CHUNK_SECONDS: `${CHUNK_SECONDS}`, SLOTS: `${CORES}` });
  try {
    const ours: JobRun[] = [];
    const bare: number[] = [];
    const free: number[] = [];
    const single: number[] = [];
    for (let i = 0; i < runs; i++) {
      const run = await house.job(upload);
      ours.push(run);
      bare.push(await clock(() => bareLoop(run.plan, upload, folder)));
      free.push(await clock(() => peertubeJob(upload, folder, 0)));
      single.push(await clock(() => peertubeJob(upload, folder, 1)));
    }
    const value = median(ours.map((run) => run.wall));
    const rungs = ours[0]!.plan.rungs.map(({ id }) => id).join(', ');
    const of = { name: `a job of ${name}, ${seconds} s (${rungs})`, value, unit: 's' };
    return [
      against(of, { name: 'PeerTube’s way, threads free', value: median(free) }, 0.55),
      against(of, { name: 'PeerTube’s way, one thread as it ships', value: median(single) }, 0.36),
      against(of, { name: 'a bare loop over the same chunks', value: median(bare) }, 1.08),
      ...slowest(ours.at(-1)!),
    ];
  } finally {
    await house.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const clock = async (work: () => Promise<void>): Promise<number> => {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1000;
};

/** Where the time went, task by task. */
const slowest = ({ tasks }: JobRun): Figure[] =>
  tasks.map(({ kind, part, began, seconds, cpuSeconds }) =>
    shown({
      name: `${kind} ${part}, from ${began.toFixed(1)} s on, ${cpuSeconds.toFixed(1)} s of FFmpeg’s CPU`,
      value: seconds,
      unit: 's',
    }),
  );

/** Two workers, a queue of chunks, the same rungs with the same settings, and each dub once. */
async function bareLoop(plan: Plan, film: string, folder: string): Promise<void> {
  const chunks = plan.chunks.map((chunk) => () => {
    const { first, frames } = chunkFrames(plan, chunk);
    const rungs = plan.rungs.toReversed();
    const graph = rungs.map((rung, i) => {
      const scale = `${i === 0 ? '[0:v]' : `[c${i}]`}scale=${rung.width}:${rung.height}:flags=bicubic,format=${pixelFormat(rung)}`;
      return `${scale}${i < rungs.length - 1 ? `,split=2[v${i}][c${i + 1}]` : `[v${i}]`}`;
    });
    const outputs = rungs.flatMap((rung, i) => [
      '-map',
      `[v${i}]`,
      ...encoder(rung, plan.frameRate, { preset: PRESET, group: groupFrames(plan, chunk, rung) }),
      '-an',
      join(folder, `${chunk.index}-${rung.id}.mp4`),
    ]);
    const from = secondsOf(first, plan.frameRate).toFixed(6);
    const length = secondsOf(frames, plan.frameRate).toFixed(6);
    return timed(
      '-threads',
      '1',
      '-ss',
      from,
      '-t',
      length,
      '-i',
      film,
      '-filter_complex_threads',
      '1',
      '-filter_complex',
      graph.join(';'),
      outputs,
    );
  });
  const dubs = plan.audio.map(
    ({ id, stream, channels }) =>
      () =>
        timed(
          '-i',
          film,
          '-map',
          `0:${stream}`,
          '-c:a',
          'aac',
          '-b:a',
          channels > 2 ? '384k' : '128k',
          join(folder, `${id}.mp4`),
        ),
  );
  await inParallel([...chunks, ...dubs], CORES, (work) => work());
}
