import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EncodeResult } from '../../schema/jobs/task.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { cutVideo, type Cut } from '../plan/cut.ts';
import { sealing } from '../plan/encryption.ts';
import { chunkFrames } from '../plan/grid.ts';
import { Mp4Error } from '../plan/mp4.ts';
import { sourceWentAway } from '../plan/source-input.ts';
import { PRE_ROLL_SECONDS, rungFile, videoChunkCommand } from '../plan/video-args.ts';
import { StoreFailure } from '../storage/store.ts';
import { sourceAddress } from './source.ts';
import { mediaDrafts } from './media.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { writeObjects } from './write.ts';

/** Containers without a good index land after the place asked for; then decoding starts earlier, at last at the start. */
const preRolls = [PRE_ROLL_SECONDS, 20, null] as const;

/** One chunk, every rung: encode, cut on the grid, encrypt, upload. */
export async function videoChunk(run: TaskRun<'video-chunk'>): Promise<EncodeResult> {
  const { plan } = run.spec;
  const chunk = plan.chunks[run.spec.chunk];
  if (!chunk)
    throw new TaskProblem('encode-failed', `The plan has no chunk ${run.spec.chunk}`, { retryable: false });
  const { cuts, cpuSeconds } = await encode(run, chunk);
  run.report(0.97, 'uploading');
  const seal = sealing(run.spec);
  const drafts = [...cuts].flatMap(([rung, cut]) => mediaDrafts(rung, cut, seal, 'video/mp4'));
  return { kind: 'video-chunk', objects: await writeObjects(run, drafts), cpuSeconds };
}

async function encode(
  run: TaskRun<'video-chunk'>,
  chunk: TaskRun<'video-chunk'>['spec']['plan']['chunks'][number],
): Promise<{ cuts: Map<string, Cut>; cpuSeconds: number }> {
  const { plan } = run.spec;
  const { first, frames } = chunkFrames(plan, chunk);
  const url = await sourceAddress(run);
  let cpuSeconds = 0;
  let fault = new TaskProblem('encode-failed', 'Nothing was encoded', { retryable: true });
  for (const preRoll of first === 0 ? [null] : preRolls) {
    const command = videoChunkCommand(plan, chunk, { url, preset: run.settings.preset, preRoll });
    const outcome = await runFfmpeg(command, run.settings.ffmpeg, {
      cwd: run.scratch,
      signal: run.signal,
      onProgress: (done) =>
        run.report(
          (0.95 * Math.min(done.frames, frames)) / frames,
          `encoding frame ${done.frames} of ${frames}`,
        ),
    });
    cpuSeconds += outcome.cpuSeconds;
    try {
      const cuts = new Map<string, Cut>();
      for (const { id } of plan.rungs) {
        const file = join(run.scratch, rungFile(id));
        cuts.set(id, cutVideo(await readFile(file), plan, chunk));
        await rm(file);
      }
      return { cuts, cpuSeconds };
    } catch (error) {
      if (!(error instanceof Mp4Error)) throw error;
      if (sourceWentAway(outcome.log))
        throw new StoreFailure(`The media store went away while the source was read (${error.message})`);
      fault = new TaskProblem(
        'encode-failed',
        `Chunk ${chunk.index} did not come out whole: ${error.message}`,
        { retryable: true, log: outcome.log },
      );
    }
  }
  throw fault;
}
