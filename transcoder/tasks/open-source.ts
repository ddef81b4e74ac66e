import { decodedPictures, probeFile, type ProbeOptions } from '../ffmpeg/probe.ts';
import { FfmpegFailure } from '../ffmpeg/run.ts';
import type { Seen } from '../plan/make-plan.ts';
import { sniff, SNIFF_BYTES } from '../plan/source/sniff.ts';
import type { DecodedPicture } from '../plan/source/fields.ts';
import { filmStream, unusable } from '../plan/source/film.ts';
import { sandbox, sourceWentAway } from '../plan/source/input.ts';
import { Timeline } from '../plan/source/timeline.ts';
import { StoreFailure } from '../storage/store.ts';
import { sourceAddress } from './source.ts';
import { TaskProblem, type TaskRun } from './task.ts';

/** A source whose start was looked at, and where to read on. */
export type OpenedSource = { seen: Seen; url: string; read: ProbeOptions };

type Run = Pick<TaskRun, 'store' | 'message' | 'settings' | 'signal'>;

/** Seconds of packets that the quick look reads: enough to tell a rate, nothing to a long film. */
const FIRST_SECONDS = 20;
/** Packets decoded at a place: more than any decoder keeps back. */
const FEW_PACKETS = 48;
/** A stream that is entered between two keyframes shows its first picture this late at most. */
export const MANY_PACKETS = 600;

export const refuse = (code: TaskProblem['code'], detail: string, log?: string): TaskProblem =>
  new TaskProblem(code, detail, { retryable: false, ...(log ? { log } : {}) });
export const wentAway = (): StoreFailure =>
  new StoreFailure('The media store went away while the source was read');

/**
 * Looks at the start of a source, in a time that does not depend on its length: its first bytes, its header, the packets of its
 * first seconds, its first pictures.
 * @throws TaskProblem that refuses what is no video that can be used
 */
export async function openSource(run: Run): Promise<OpenedSource> {
  await lookAtFirstBytes(run);
  const url = await sourceAddress(run);
  const read = { settings: run.settings.ffmpeg, signal: run.signal, input: sandbox(url) };
  // Side by side: neither needs the other, and both mostly wait for the store.
  const [header, pictures] = await Promise.allSettled([
    readHeader(url, read),
    decodedPictures(url, { streams: 'v', from: null, packets: FEW_PACKETS }, read),
  ]);
  if (header.status === 'rejected') throw header.reason;
  if (pictures.status === 'rejected') throw pictures.reason;

  const { probed, packets } = header.value;
  const counts = new Map<number, number>();
  for (const { stream } of packets) counts.set(stream, (counts.get(stream) ?? 0) + 1);
  const { film, others } = filmStream(probed, counts);
  if (!film)
    throw refuse(
      'source-no-video',
      'The file has sound, subtitles or a still only. Upload one with a video.',
    );
  const unusableFor = unusable(film);
  if (unusableFor) throw refuse('source-unreadable', `The video cannot be used. ${unusableFor}`);
  const claimed = Number(probed.format.duration ?? 0);
  if (claimed > run.settings.maxSourceSeconds) throw tooLong(run, claimed);

  const ofFilm = pictures.value.filter(({ stream }) => stream === film.index);
  const decoded = ofFilm.length > 0 ? ofFilm : await decodesAt({ url, read }, film.index, null, MANY_PACKETS);
  const timeline = new Timeline(film.index);
  for (const packet of packets) timeline.add(packet);
  const presented = timeline.from(decoded[0]!.time);
  return { seen: { probed, film, others, presented, decoded, entries: null }, url, read };
}

export const tooLong = ({ settings: { maxSourceSeconds } }: Run, seconds: number): TaskProblem =>
  refuse(
    'source-too-long',
    `The video lasts ${Math.round(seconds)} s; at most ${maxSourceSeconds} s are accepted.`,
  );

/** Pictures from a place on. A stream that yields none is encrypted, broken, or of an unknown codec. */
export async function decodesAt(
  { url, read }: Pick<OpenedSource, 'url' | 'read'>,
  stream: number,
  from: number | null,
  packets = FEW_PACKETS,
): Promise<DecodedPicture[]> {
  const pictures = await decodedPictures(url, { streams: String(stream), from, packets }, read);
  if (pictures.length > 0) return pictures;
  const where = from === null ? 'at the start' : `after ${from.toFixed(1)} s`;
  throw refuse(
    'source-unreadable',
    `No picture could be decoded ${where} of the video. Check that it plays to its end.`,
  );
}

/** Before FFmpeg is let near the file. */
async function lookAtFirstBytes({ store, message, signal }: Run): Promise<void> {
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

async function readHeader(url: string, read: ProbeOptions): ReturnType<typeof probeFile> {
  try {
    const header = await probeFile(url, FIRST_SECONDS, read);
    if (/Skipped opening external track/.test(header.log))
      throw refuse(
        'source-not-allowed',
        'The file keeps its pictures or its sound in another file. Upload one that holds them itself.',
        header.log,
      );
    if (sourceWentAway(header.log)) throw wentAway();
    return header;
  } catch (error) {
    if (!(error instanceof FfmpegFailure) || error.reason !== 'failed') throw error;
    const { log } = error;
    if (sourceWentAway(log)) throw wentAway();
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
