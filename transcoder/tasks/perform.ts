import { rm } from 'node:fs/promises';
import type { TaskFailure, TaskMessage, TaskResult, TaskSpec } from '../../schema/jobs/task.ts';
import type { Config } from '../config.ts';
import { FfmpegFailure } from '../ffmpeg/run.ts';
import { sourceWentAway } from '../plan/source/input.ts';
import { audioBytes } from '../plan/audio/args.ts';
import { DiskLimit, makeScratch, watchScratch, type Disk } from '../scratch.ts';
import { ObjectMissing, StoreFailure, type MediaStore } from '../storage/store.ts';
import { audio } from './audio.ts';
import { markers } from './markers.ts';
import { packageTask } from './package.ts';
import { pictures } from './pictures.ts';
import { probe } from './probe.ts';
import { subtitles } from './subtitles.ts';
import { survey } from './survey.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { videoChunk } from './video-chunk.ts';

export type Performer = (
  message: TaskMessage,
  signal: AbortSignal,
  report: TaskRun['report'],
  confirm: TaskRun['confirm'],
  onDisk?: (disk: Disk) => void,
) => Promise<TaskResult>;

/** Does one task in a scratch folder of its own, which is gone afterwards however it ends. */
export const performer =
  (store: MediaStore, settings: Config['work']): Performer =>
  async (message, signal, report, confirm, onDisk = () => undefined) => {
    const scratch = await makeScratch(settings.scratch);
    const disk = watchScratch(scratch, {
      limit: scratchLimit(message.spec, settings.diskLimit),
      onMeasured: onDisk,
    });
    const logs: string[] = [];
    const ffmpeg = { ...settings.ffmpeg, heard: (log: string) => logs.push(log) };
    const run = {
      message,
      store,
      settings: { ...settings, ffmpeg },
      scratch,
      signal: AbortSignal.any([signal, disk.signal]),
      report,
      confirm,
    };
    try {
      return withLog(await handle(message.spec, run), logs);
    } finally {
      disk.stop();
      await rm(scratch, { recursive: true, force: true });
    }
  };

/** Bytes that a task may have on the scratch disk. A chunk is as long in any film; sound is kept whole, and a film may be long. */
export function scratchLimit(spec: TaskSpec, usual: number): number {
  const track = spec.kind === 'audio' && spec.plan.audio.find(({ id }) => id === spec.rendition);
  return track ? usual + audioBytes(spec.plan, track) : usual;
}

/** An encode task says what FFmpeg said; the others measure, and say what they found. */
function withLog(result: TaskResult, logs: readonly string[]): TaskResult {
  const log = logs.join('\n\n').slice(-4_000);
  return 'objects' in result && result.kind !== 'package' && log !== '' ? { ...result, log } : result;
}

function handle(spec: TaskSpec, run: Omit<TaskRun, 'spec'>): Promise<TaskResult> {
  switch (spec.kind) {
    case 'probe':
      return probe({ ...run, spec });
    case 'survey':
      return survey({ ...run, spec });
    case 'video-chunk':
      return videoChunk({ ...run, spec });
    case 'audio':
      return audio({ ...run, spec });
    case 'subtitles':
      return subtitles({ ...run, spec });
    case 'package':
      return packageTask({ ...run, spec });
    case 'pictures':
      return pictures({ ...run, spec });
    case 'markers':
    default: // a kind that is added to the schema and not here does not compile
      return markers({ ...run, spec });
  }
}

/** What a thrown error means to the edge: the problem, and whether the same task can succeed when tried again. */
export function failureOf(error: unknown): TaskFailure {
  const failure = (problem: TaskFailure['problem'], retryable: boolean, detail: string, log?: string) => ({
    problem,
    retryable,
    detail: detail.slice(0, 2000),
    ...(log ? { log: log.slice(-16_000) } : {}),
  });
  if (error instanceof TaskProblem) return failure(error.code, error.retryable, error.message, error.log);
  if (error instanceof DiskLimit) return failure('encode-failed', false, error.message);
  if (error instanceof StoreFailure) return failure('storage-failed', true, error.message);
  if (error instanceof ObjectMissing) return failure('storage-failed', true, error.message);
  if (error instanceof FfmpegFailure) {
    if (error.reason === 'failed' && sourceWentAway(error.log))
      return failure(
        'storage-failed',
        true,
        'The media store went away while the source was read',
        error.log,
      );
    return failure('encode-failed', error.reason !== 'cpu-limit', error.message, error.log);
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOSPC')
    return failure('encode-failed', true, 'The scratch disk is full');
  const stack = error instanceof Error ? error.stack : undefined;
  return failure('internal', true, error instanceof Error ? error.message : String(error), stack);
}
