import type { ProbeResult } from '../../schema/jobs/task.ts';
import { decodedTimes, probeFile, readPackets, type ProbeOptions } from '../ffmpeg/probe.ts';
import { FfmpegFailure } from '../ffmpeg/run.ts';
import { filmStream, type Probed } from '../plan/source-facts.ts';
import { makePlan } from '../plan/make-plan.ts';
import { endsEarly, Timeline } from '../plan/source-timeline.ts';
import { sniff, SNIFF_BYTES } from '../plan/sniff.ts';
import { sandbox, sourceWentAway } from '../plan/source-input.ts';
import { StoreFailure } from '../storage/store.ts';
import { sourceAddress } from './source.ts';
import { TaskProblem, type TaskRun } from './task.ts';

const refuse = (code: TaskProblem['code'], detail: string, log?: string): TaskProblem =>
  new TaskProblem(code, detail, { retryable: false, ...(log ? { log } : {}) });

/** Finds out what the source is, refuses what cannot become an episode, and plans the rest of the job. */
export async function probe(run: TaskRun<'probe'>): Promise<ProbeResult> {
  await lookAtHead(run);
  const url = await sourceAddress(run);
  const options = { settings: run.settings.ffmpeg, signal: run.signal, input: sandbox(url) };
  const probed = await readHeader(url, options);
  const film = filmStream(probed);
  if (!film)
    throw refuse('source-no-video', 'The file has sound or subtitles only. Upload one with a video.');

  run.report(0.1, 'reading the source');
  const timeline = new Timeline(film.index);
  const log = await readPackets(url, options, (packet) => timeline.add(packet));
  if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was read');
  const early = endsEarly(probed, film, timeline, log);
  if (early) throw refuse('source-truncated', `${early} Upload the whole file.`, log);

  run.report(0.8, 'decoding its start and its end');
  const [start] = await decodes(url, film.index, null, options);
  await decodesAtEnd(url, film.index, timeline.lastKey, options);
  const plan = makePlan(probed, film, timeline.from(start!), run.settings.chunkSeconds);
  const seconds = (plan.frames * plan.frameRate[1]) / plan.frameRate[0];
  if (seconds > run.settings.maxSourceSeconds)
    throw refuse(
      'source-too-long',
      `The video lasts ${Math.round(seconds)} s; at most ${run.settings.maxSourceSeconds} s are accepted.`,
    );
  return { kind: 'probe', plan };
}

/** The first bytes, before FFmpeg is let near the file. */
async function lookAtHead({ store, message, signal }: TaskRun<'probe'>): Promise<void> {
  const { key } = message.source;
  const bytes = await store.size(key, { signal });
  if (bytes === null) throw new StoreFailure('The source is not in the media store');
  if (bytes === 0) throw refuse('source-empty', 'The file has no bytes. Upload it again.');
  const sniffed = sniff(await store.get(key, { signal, firstBytes: SNIFF_BYTES }));
  switch (sniffed.kind) {
    case 'maybe-video':
      return;
    case 'audio':
      throw refuse('source-no-video', `The file is ${sniffed.what}. Upload one with a video.`);
    case 'picture':
    case 'script':
      throw refuse(
        'source-not-allowed',
        `The file is ${sniffed.what}, not a video. Upload the video itself, such as an MKV or MP4 file.`,
      );
  }
}

async function readHeader(url: string, options: ProbeOptions): Promise<Probed> {
  try {
    const { probed, log } = await probeFile(url, options);
    if (/Skipped opening external track/.test(log))
      throw refuse(
        'source-not-allowed',
        'The file keeps its pictures or its sound in another file. Upload one that holds them itself.',
        log,
      );
    return probed;
  } catch (error) {
    if (!(error instanceof FfmpegFailure) || error.reason !== 'failed') throw error;
    const { log } = error;
    if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was read');
    if (/not on whitelist/.test(log))
      throw refuse(
        'source-not-allowed',
        'The file is of a format that is not accepted. Upload an MKV, MP4, MOV, WebM, MPEG-TS or AVI file.',
        log,
      );
    if (/moov atom not found/.test(log))
      throw refuse(
        'source-truncated',
        'The file has no index: it ends before the place where its index stands. Upload the whole file.',
        log,
      );
    throw refuse('source-unreadable', 'No video could be found in the file. Check that it plays.', log);
  }
}

/** Times of a few pictures from a place on. A stream that yields none is encrypted, broken, or of an unknown codec. */
async function decodes(
  url: string,
  stream: number,
  from: number | null,
  options: ProbeOptions,
): Promise<number[]> {
  const times = await decodedTimes(url, stream, from, 90, options);
  if (times.length > 0) return times;
  const where = from === null ? 'at the start' : `after ${from.toFixed(1)} s`;
  throw refuse(
    'source-unreadable',
    `No picture could be decoded ${where} of the video. Check that it plays to its end.`,
  );
}

/** Containers without an index land behind the keyframe asked for; an earlier place finds the one before it. */
const decodesAtEnd = (
  url: string,
  stream: number,
  lastKey: number,
  options: ProbeOptions,
): Promise<number[]> =>
  decodes(url, stream, lastKey, options).catch((error: unknown) => {
    if (!(error instanceof TaskProblem)) throw error;
    return decodes(url, stream, Math.max(0, lastKey - 15), options);
  });
