import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EncodeResult } from '../../schema/jobs/task.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { audioCommand, audioFile } from '../plan/audio-args.ts';
import { cutAudio } from '../plan/cut.ts';
import { sealing } from '../plan/encryption.ts';
import { Mp4Error } from '../plan/mp4.ts';
import { sourceWentAway } from '../plan/source-input.ts';
import { StoreFailure } from '../storage/store.ts';
import { mediaDrafts } from './media.ts';
import { sourceAddress } from './source.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { writeObjects } from './write.ts';

/** One audio track, whole: encode, cut on the grid, encrypt, upload. */
export async function audio(run: TaskRun<'audio'>): Promise<EncodeResult> {
  const { plan, rendition } = run.spec;
  const track = plan.audio.find(({ id }) => id === rendition);
  if (!track)
    throw new TaskProblem('encode-failed', `The plan has no audio ${rendition}`, { retryable: false });
  const segments = plan.grid.length;
  const command = audioCommand(plan, track, { url: await sourceAddress(run) });
  const { cpuSeconds, log } = await runFfmpeg(command, run.settings.ffmpeg, {
    cwd: run.scratch,
    signal: run.signal,
    onProgress: ({ files }) =>
      run.report((0.9 * (files - 1)) / segments, `encoding segment ${files} of ${segments}`),
  });
  // Fewer bytes than asked for look like silence at the end: padding would hide them.
  if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was read');

  const count = (await readdir(run.scratch)).filter((name) => /^a\d+\.mp4$/.test(name)).length;
  const files: Uint8Array[] = [];
  for (let i = 0; i < count; i++) files.push(await readFile(join(run.scratch, audioFile(i))));
  run.report(0.95, 'uploading');
  try {
    const drafts = mediaDrafts(rendition, cutAudio(files, plan), sealing(run.spec), 'audio/mp4');
    return { kind: 'audio', objects: await writeObjects(run, drafts), cpuSeconds };
  } catch (error) {
    if (!(error instanceof Mp4Error)) throw error;
    throw new TaskProblem('encode-failed', `Audio ${rendition} did not come out whole: ${error.message}`, {
      retryable: true,
      log,
    });
  }
}
