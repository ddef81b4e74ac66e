import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EncodeResult } from '../../schema/jobs/task.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { sealing } from '../plan/encryption.ts';
import { secondsOf } from '../plan/grid.ts';
import { periodSpans } from '../plan/periods.ts';
import { sourceWentAway } from '../plan/source-input.ts';
import { SUBTITLE_FILE, subtitleCommand } from '../plan/subtitle-args.ts';
import { parseCues, placeCues, vttSegment } from '../plan/vtt.ts';
import { StoreFailure } from '../storage/store.ts';
import { segmentKey } from './media.ts';
import { sourceAddress } from './source.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { IMMUTABLE, writeObjects } from './write.ts';

/** One text track: to WebVTT, onto the video's timeline, one segment per key period, encrypted. */
export async function subtitles(run: TaskRun<'subtitles'>): Promise<EncodeResult> {
  const { plan, rendition } = run.spec;
  const track = plan.subtitles.find(({ id }) => id === rendition);
  if (!track)
    throw new TaskProblem('encode-failed', `The plan has no subtitles ${rendition}`, { retryable: false });
  const { cpuSeconds, log } = await runFfmpeg(
    subtitleCommand(track, { url: await sourceAddress(run) }),
    run.settings.ffmpeg,
    { cwd: run.scratch, signal: run.signal },
  );
  if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was read');
  run.report(0.9, 'uploading');

  const vtt = await readFile(join(run.scratch, SUBTITLE_FILE), 'utf8');
  const cues = placeCues(parseCues(vtt), plan.source.startTime, secondsOf(plan.frames, plan.frameRate));
  const seal = sealing(run.spec);
  const drafts = periodSpans(plan).map(({ from, to }, period) => {
    const { text, cues: samples } = vttSegment(cues, from, to);
    return {
      key: segmentKey(rendition, period, 'vtt'),
      content: seal(Buffer.from(text), period, period),
      type: 'text/vtt; charset=utf-8',
      cache: IMMUTABLE,
      segment: { rendition, index: period, duration: to - from, samples, period },
    };
  });
  return { kind: 'subtitles', objects: await writeObjects(run, drafts), cpuSeconds };
}
