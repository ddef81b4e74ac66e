import type { Plan } from '../../schema/jobs/plan.ts';
import type { ProbeResult, TaskSpecOf } from '../../schema/jobs/task.ts';
import { probeFile } from '../ffmpeg/probe.ts';
import { FfmpegFailure } from '../ffmpeg/run.ts';
import {
  addedAudio,
  addedPlan,
  addedRungs,
  addedSubtitles,
  TrackUnusable,
  type TrackFile,
} from '../plan/package/amend-plan.ts';
import { av1Ladder } from '../plan/video/av1-ladder.ts';
import { sniff, SNIFF_BYTES } from '../plan/source/sniff.ts';
import { MAX_SIDECAR_BYTES, sniffSubtitles } from '../plan/subtitles/sniff.ts';
import { streamsOf, type Probed } from '../plan/source/facts.ts';
import { sandbox, sourceWentAway } from '../plan/source/input.ts';
import { openSource, refuse, wentAway } from './open-source.ts';
import { sourceAddress } from './source.ts';
import type { TaskRun } from './task.ts';

type Amend = NonNullable<TaskSpecOf<'probe'>['amend']>;

/** Finds out whether a file is the track it was sent as, and plans what it adds to an asset that is finished. */
export async function amend(run: TaskRun<'probe'>, change: Amend): Promise<ProbeResult> {
  try {
    return { kind: 'probe', plan: await additions(run, change) };
  } catch (error) {
    if (error instanceof TrackUnusable) throw refuse('track-unusable', error.message);
    throw error;
  }
}

async function additions(run: TaskRun<'probe'>, { plan, change: { add, number } }: Amend): Promise<Plan> {
  if (add === null) return addedPlan(plan, {});
  if (add.kind === 'av1') return addedRungs(plan, number, av1Ladder(plan));
  if (add.kind === 'audio') return addedAudio(plan, number, add, await openTrack(run));
  return addedSubtitles(plan, number, add, (await sidecar(run)) ?? (await openTrack(run)));
}

/** A file of subtitles, which FFmpeg never sees. Null: it is something else. */
async function sidecar({ store, message, signal }: TaskRun<'probe'>): Promise<TrackFile | null> {
  const { key } = message.source;
  const bytes = await store.size(key, { signal });
  if (bytes === null || bytes > MAX_SIDECAR_BYTES) return null;
  const found = sniffSubtitles(await store.get(key, { signal }));
  const stream = found && { index: 0, type: 'subtitle', codec: found.codec, tags: {}, disposition: {} };
  return stream && { container: stream.codec, streams: [stream], duration: null, startTime: 0 };
}

/** Any container that can hold a track, with or without a film beside it. */
async function openTrack(run: TaskRun<'probe'>): Promise<TrackFile> {
  const { store, message, signal } = run;
  const bytes = await store.size(message.source.key, { signal });
  if (bytes === null) throw wentAway();
  if (bytes === 0) throw refuse('source-empty', 'The file has no bytes. Upload it again.');
  const sniffed = sniff(await store.get(message.source.key, { signal, firstBytes: SNIFF_BYTES }));
  if (sniffed.kind === 'script' || sniffed.kind === 'picture')
    throw refuse(
      'track-unusable',
      `The file is ${sniffed.what}, which holds no track. Choose the track itself.`,
    );
  const probed = await header(run);
  const streams = streamsOf(probed);
  const film = streams.some(({ type, disposition }) => type === 'video' && disposition['attached_pic'] !== 1);
  return {
    container: probed.format.format_name,
    streams,
    duration: probed.format.duration === undefined ? null : Number(probed.format.duration),
    // Beside a film of its own, a track is timed by that film's first picture.
    startTime: film ? ((await openSource(run)).seen.presented.times[0] ?? 0) : trackZero(probed),
  };
}

/**
 * Where the episode begins in a file of sound alone. Containers that are cut from films keep the film's times; in all others the
 * first sample is the beginning, whatever number it bears (an MP3's is its encoder's delay, an MPEG-TS's anything).
 */
const trackZero = ({ format }: Probed): number =>
  /matroska|mov/.test(format.format_name) ? 0 : Number(format.start_time ?? 0);

async function header(run: TaskRun<'probe'>): Promise<Probed> {
  const url = await sourceAddress(run);
  const read = { settings: run.settings.ffmpeg, signal: run.signal, input: sandbox(url) };
  try {
    const { probed, log } = await probeFile(url, 0, read);
    if (sourceWentAway(log)) throw wentAway();
    return probed;
  } catch (error) {
    if (!(error instanceof FfmpegFailure) || error.reason !== 'failed') throw error;
    if (sourceWentAway(error.log)) throw wentAway();
    throw refuse(
      'track-unusable',
      'No track could be found in the file. Choose an M4A, MP3, FLAC, WAV, Opus, AC-3 or Matroska file, or a film that holds the track.',
      error.log,
    );
  }
}
