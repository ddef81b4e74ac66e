import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedAudio } from '../../schema/jobs/plan.ts';
import type { EncodeResult } from '../../schema/jobs/task.ts';
import type { AudioFacts, Loudness, Span, Warning } from '../../schema/media-facts.ts';
import { FfmpegFailure, runFfmpeg } from '../ffmpeg/run.ts';
import {
  audioFile,
  CODED,
  codedCommand,
  encodeCommand,
  FINGERPRINT,
  hearCommand,
} from '../plan/audio-args.ts';
import { mainTrack } from '../plan/audio-tracks.ts';
import { cutAudio, type Cut } from '../plan/cut.ts';
import { sealing } from '../plan/encryption.ts';
import { SECONDS_PER_WORD } from '../plan/fingerprint.ts';
import { secondsOf } from '../plan/grid.ts';
import { firstTreatment, MAX_ENCODES, meter, nextTreatment, type Treatment } from '../plan/loudness.ts';
import { Mp4Error } from '../plan/mp4.ts';
import { sourceWentAway } from '../plan/source-input.ts';
import type { Command } from '../plan/video-args.ts';
import { StoreFailure } from '../storage/store.ts';
import { mediaDrafts } from './media.ts';
import { sourceAddress } from './source.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { IMMUTABLE, writeObjects, type Draft } from './write.ts';

/** One audio track, whole: hear it, bring it to the target, cut it on the grid, encrypt, upload (ADR 0029). */
export async function audio(run: TaskRun<'audio'>): Promise<EncodeResult> {
  const { plan, rendition } = run.spec;
  const track = plan.audio.find(({ id }) => id === rendition);
  if (!track)
    throw new TaskProblem('encode-failed', `The plan has no audio ${rendition}`, { retryable: false });
  const duration = secondsOf(plan.frames, plan.frameRate);
  const books = { cpuSeconds: 0 };
  const heard =
    track.stream === null
      ? { before: null, silence: [[0, duration]] satisfies Span[], fingerprint: null, notes: [] }
      : await hear(run, books, { ...track, stream: track.stream }, duration);
  const { cut, treatment, after } = await encodeToTarget(run, books, track, heard.before);

  run.report(0.95, 'uploading');
  const print = heard.fingerprint;
  const facts: AudioFacts = {
    before: heard.before,
    after,
    gain: treatment?.gain ?? 0,
    method: treatment === null ? 'none' : treatment.limit === null ? 'linear' : 'limited',
    silence: heard.silence,
    fingerprint: print && {
      uri: fingerprintKey(rendition),
      bytes: print.length,
      secondsPerWord: SECONDS_PER_WORD,
    },
  };
  const drafts: Draft[] = mediaDrafts(rendition, cut, sealing(run.spec), 'audio/mp4');
  if (print)
    drafts.push({
      key: fingerprintKey(rendition),
      content: print,
      type: 'application/octet-stream',
      cache: IMMUTABLE,
    });
  return {
    kind: 'audio',
    objects: await writeObjects(run, drafts),
    cpuSeconds: books.cpuSeconds,
    notes: heard.notes,
    facts: { of: 'audio', ...facts },
    warnings: warningsOf(track, facts),
  };
}

const fingerprintKey = (rendition: string): string => `${rendition}/${FINGERPRINT}`;

type Books = { cpuSeconds: number };
type Heard = {
  before: Loudness | null;
  silence: Span[];
  fingerprint: Uint8Array | null;
  notes: string[];
};

/** The only read of the source: into a scratch file, measured on the way. */
async function hear(
  run: TaskRun<'audio'>,
  books: Books,
  track: PlannedAudio & { stream: number },
  duration: number,
): Promise<Heard> {
  const { plan } = run.spec;
  const url = await sourceAddress(run);
  const wanted = mainTrack(plan.audio)?.id === track.id;
  const listen = async (fingerprint: boolean) => {
    const ear = meter();
    const log = await ffmpeg(run, books, hearCommand(plan, track, { url, fingerprint }), (line) => {
      const time = /^out_time_us=(\d+)/.exec(line);
      if (time) run.report(Math.min(1, Number(time[1]) / 1e6 / duration) * 0.2, 'measuring loudness');
      return ear.take(line);
    });
    // Fewer bytes than asked for look like silence at the end: padding would hide them.
    if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was read');
    const print = fingerprint ? await readFile(join(run.scratch, FINGERPRINT)) : null;
    return { before: ear.loudness(), silence: ear.silence(duration), fingerprint: print, notes: [] };
  };
  try {
    return await listen(wanted);
  } catch (error) {
    if (!wanted || !lacksChromaprint(error)) throw error;
    const note = 'This FFmpeg is built without chromaprint: no fingerprint, so no skip markers by sound.';
    return { ...(await listen(false)), notes: [note] };
  }
}

/** fluent-ffmpeg looks the muxer up before it starts; FFmpeg says the rest. */
const lacksChromaprint = (error: unknown): boolean =>
  error instanceof FfmpegFailure &&
  /chromaprint[^\n]*(not available|not a suitable|not known)/i.test(`${error.message}\n${error.log}`);

/** Encodes, measures what that decodes to, and encodes again with other values until it is within bounds. */
async function encodeToTarget(
  run: TaskRun<'audio'>,
  books: Books,
  track: PlannedAudio,
  before: Loudness | null,
): Promise<{ cut: Cut; treatment: Treatment | null; after: Loudness | null }> {
  let treatment = firstTreatment(before);
  for (let encodes = 1; ; encodes++) {
    // Each further encode has half of what is left of the progress bar.
    const from = 0.95 - 0.75 / 2 ** (encodes - 1);
    const cut = await encode(run, books, track, treatment ?? { gain: 0, limit: null }, (part) =>
      run.report(from + part * (0.95 - from) * 0.5, 'encoding'),
    );
    const after = before && (await measure(run, books, cut));
    const next = treatment && after && encodes < MAX_ENCODES ? nextTreatment(treatment, after) : null;
    if (!next) return { cut, treatment, after };
    treatment = next;
  }
}

async function encode(
  run: TaskRun<'audio'>,
  books: Books,
  track: PlannedAudio,
  treatment: Treatment,
  onPart: (part: number) => void,
): Promise<Cut> {
  const { plan } = run.spec;
  let begun = 0;
  const log = await ffmpeg(run, books, encodeCommand(plan, track, treatment), (line) => {
    if (/Opening 'a\d+\.mp4' for writing/.test(line)) onPart(begun++ / plan.grid.length);
    return false;
  });
  const count = (await readdir(run.scratch)).filter((name) => /^a\d+\.mp4$/.test(name)).length;
  const files: Uint8Array[] = [];
  for (let i = 0; i < count; i++) files.push(await readFile(join(run.scratch, audioFile(i))));
  try {
    return cutAudio(files, plan);
  } catch (error) {
    if (!(error instanceof Mp4Error)) throw error;
    throw new TaskProblem('encode-failed', `Audio ${track.id} did not come out whole: ${error.message}`, {
      retryable: true,
      log,
    });
  }
}

async function measure(
  run: TaskRun<'audio'>,
  books: Books,
  { init, segments }: Cut,
): Promise<Loudness | null> {
  const path = join(run.scratch, CODED);
  await rm(path, { force: true });
  await appendFile(path, init);
  for (const { bytes } of segments) await appendFile(path, bytes);
  const ear = meter();
  await ffmpeg(run, books, codedCommand(), ear.take);
  return ear.loudness();
}

async function ffmpeg(
  run: TaskRun<'audio'>,
  books: Books,
  command: Command,
  onLine: (line: string) => boolean,
): Promise<string> {
  const { scratch: cwd, signal, settings } = run;
  const { cpuSeconds, log } = await runFfmpeg(command, settings.ffmpeg, { cwd, signal, onLine });
  books.cpuSeconds += cpuSeconds;
  return log;
}

function warningsOf({ id }: PlannedAudio, { method, before, after, gain }: AudioFacts): Warning[] {
  if (method !== 'limited' || !before || !after) return [];
  const detail =
    `Audio ${id} was measured at ${before.integrated} LUFS with peaks of ${before.truePeak} dBTP: ${gain} dB of gain brings its ` +
    `peaks over the ceiling, so a limiter holds them. It is at ${after.integrated} LUFS now, its range ${after.range} LU (${before.range} LU before).`;
  return [{ code: 'loudness-limited', rendition: id, detail, blocks: false }];
}
