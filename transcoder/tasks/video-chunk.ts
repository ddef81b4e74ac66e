import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { trickOf, type Chunk, type Plan } from '../../schema/jobs/plan.ts';
import type { EncodeResult } from '../../schema/jobs/task.ts';
import type { VideoFacts } from '../../schema/media-facts.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { ANALYSIS_FILE, parseLooks, videoFacts } from '../plan/video/analysis.ts';
import { cutVideo, type Cut } from '../plan/cut.ts';
import { sealing } from '../plan/encryption.ts';
import { chunkFrames } from '../plan/grid.ts';
import { Mp4Error } from '../plan/mp4.ts';
import { sourceWentAway } from '../plan/source/input.ts';
import { likenessMeter } from '../plan/video/likeness.ts';
import { cutTrick } from '../plan/video/trick.ts';
import { hasAnalysis, PRE_ROLL_SECONDS, rungFile, videoChunkCommand } from '../plan/video/args.ts';
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
  const { cuts, facts, likeness, cpuSeconds } = await encode(run, chunk);
  run.report(0.97, 'uploading');
  const seal = sealing(run.spec);
  const drafts = [...cuts].flatMap(([rung, cut]) =>
    mediaDrafts(rung, cut, { seal, type: 'video/mp4', headAgain: run.spec.plan.headAgain }),
  );
  return {
    kind: 'video-chunk',
    objects: await writeObjects(run, drafts),
    cpuSeconds,
    ...(facts ? { facts: { of: 'video', ...facts, likeness } } : {}),
  };
}

type Encoded = {
  cuts: Map<string, Cut>;
  facts: VideoFacts | null;
  likeness: Record<string, number>;
  cpuSeconds: number;
};

async function encode(run: TaskRun<'video-chunk'>, chunk: Chunk): Promise<Encoded> {
  const { plan } = run.spec;
  const { first, frames } = chunkFrames(plan, chunk);
  const url = await sourceAddress(run);
  let cpuSeconds = 0;
  let fault = new TaskProblem('encode-failed', 'Nothing was encoded', { retryable: true });
  for (const preRoll of first === 0 ? [null] : preRolls) {
    const command = videoChunkCommand(plan, chunk, { url, preset: run.settings.preset, preRoll });
    const heard = likenessMeter(command);
    const outcome = await runFfmpeg(command, run.settings.ffmpeg, {
      cwd: run.scratch,
      signal: run.signal,
      onLine: heard.take,
      onProgress: (done) =>
        run.report(
          (0.95 * Math.min(done.frames, frames)) / frames,
          `encoding frame ${done.frames} of ${frames}`,
        ),
    });
    cpuSeconds += outcome.cpuSeconds;
    // The film's last picture is held to the end of the grid: that would hide what could not be read.
    if (sourceWentAway(outcome.log))
      throw new StoreFailure('The media store went away while the source was read');
    try {
      return { ...(await readBack(run.scratch, plan, chunk)), likeness: heard.likeness(), cpuSeconds };
    } catch (error) {
      if (!(error instanceof Mp4Error)) throw error;
      fault = new TaskProblem(
        'encode-failed',
        `Chunk ${chunk.index} did not come out whole: ${error.message}`,
        { retryable: true, log: outcome.log },
      );
    }
  }
  throw fault;
}

/** What FFmpeg left in the scratch folder. @throws Mp4Error */
async function readBack(scratch: string, plan: Plan, chunk: Chunk): Promise<Pick<Encoded, 'cuts' | 'facts'>> {
  const cuts = new Map<string, Cut>();
  const trick = trickOf(plan);
  for (const { id } of plan.rungs) {
    const path = join(scratch, rungFile(id));
    const file = await readFile(path);
    cuts.set(id, cutVideo(file, plan, chunk));
    if (trick?.rung.id === id) cuts.set(trick.id, cutTrick(file, plan, chunk));
    await rm(path);
  }
  if (!hasAnalysis(plan)) return { cuts, facts: null };
  const looks = parseLooks(await readFile(join(scratch, ANALYSIS_FILE), 'utf8'), plan.frameRate);
  return { cuts, facts: videoFacts(looks, { ...chunkFrames(plan, chunk), rate: plan.frameRate }) };
}
