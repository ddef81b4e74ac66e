import { appendFile, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedAudio } from '../../schema/jobs/plan.ts';
import type { EncodeResult } from '../../schema/jobs/task.ts';
import type { AudioFacts, Loudness, Span, Warning } from '../../schema/media-facts.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { audioFile, CODED, codedCommand, encodeCommand, FINGERPRINT } from '../plan/audio/args.ts';
import { cutAudio, type Cut } from '../plan/cut.ts';
import { sealing } from '../plan/encryption.ts';
import { SECONDS_PER_WORD } from '../plan/markers/fingerprint.ts';
import { secondsOf } from '../plan/grid.ts';
import { firstTreatment, MAX_ENCODES, meter, nextTreatment, type Treatment } from '../plan/audio/loudness.ts';
import { Mp4Error } from '../plan/mp4.ts';
import { hear, type Ffmpeg } from './hear.ts';
import { mediaDrafts } from './media.ts';
import { TaskProblem, type TaskRun } from './task.ts';
import { IMMUTABLE, writeObjects, type Draft } from './write.ts';

/** One audio track, whole: hear it, bring it to the target, cut it on the grid, encrypt, upload (ADR 0029). */
export async function audio(run: TaskRun<'audio'>): Promise<EncodeResult> {
  const { plan, rendition } = run.spec;
  const track = plan.audio.find(({ id }) => id === rendition);
  if (!track)
    throw new TaskProblem('encode-failed', `The plan has no audio ${rendition}`, { retryable: false });
  const duration = secondsOf(plan.frames, plan.frameRate);
  let cpuSeconds = 0;
  const ffmpeg: Ffmpeg = async (command, onLine) => {
    const { scratch: cwd, signal, settings } = run;
    const done = await runFfmpeg(command, settings.ffmpeg, { cwd, signal, onLine });
    cpuSeconds += done.cpuSeconds;
    return done.log;
  };
  const heard =
    track.stream === null
      ? { before: null, silence: [[0, duration]] satisfies Span[], fingerprint: null, notes: [] }
      : await hear(run, ffmpeg, { ...track, stream: track.stream }, duration);
  const { cut, treatment, after } = await encodeToTarget(run, ffmpeg, track, heard.before);

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
  const drafts: Draft[] = mediaDrafts(rendition, cut, {
    seal: sealing(run.spec),
    type: 'audio/mp4',
  });
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
    cpuSeconds,
    notes: heard.notes,
    facts: { of: 'audio', ...facts },
    warnings: warningsOf(track, facts),
  };
}

const fingerprintKey = (rendition: string): string => `${rendition}/${FINGERPRINT}`;

/** Encodes, measures what that decodes to, and encodes again with other values until it is within bounds. */
async function encodeToTarget(
  run: TaskRun<'audio'>,
  ffmpeg: Ffmpeg,
  track: PlannedAudio,
  before: Loudness | null,
): Promise<{ cut: Cut; treatment: Treatment | null; after: Loudness | null }> {
  let treatment = firstTreatment(before);
  for (let encodes = 1; ; encodes++) {
    // Each further encode has half of what is left of the progress bar.
    const from = 0.95 - 0.75 / 2 ** (encodes - 1);
    const cut = await encode(run, ffmpeg, track, treatment ?? { gain: 0, limit: null }, (part) =>
      run.report(from + part * (0.95 - from) * 0.5, 'encoding'),
    );
    const after = before && (await measure(run, ffmpeg, cut));
    const next = treatment && after && encodes < MAX_ENCODES ? nextTreatment(treatment, after) : null;
    if (!next) return { cut, treatment, after };
    treatment = next;
  }
}

async function encode(
  run: TaskRun<'audio'>,
  ffmpeg: Ffmpeg,
  track: PlannedAudio,
  treatment: Treatment,
  onPart: (part: number) => void,
): Promise<Cut> {
  const { plan } = run.spec;
  let begun = 0;
  const log = await ffmpeg(encodeCommand(plan, track, treatment), (line) => {
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
  ffmpeg: Ffmpeg,
  { init, segments }: Cut,
): Promise<Loudness | null> {
  const path = join(run.scratch, CODED);
  await rm(path, { force: true });
  await appendFile(path, init);
  for (const { bytes } of segments) await appendFile(path, bytes);
  const ear = meter();
  await ffmpeg(codedCommand(), ear.take);
  return ear.loudness();
}

function warningsOf({ id }: PlannedAudio, { method, before, after, gain }: AudioFacts): Warning[] {
  if (method !== 'limited' || !before || !after) return [];
  const detail =
    `Audio ${id} was measured at ${before.integrated} LUFS with peaks of ${before.truePeak} dBTP: ${gain} dB of gain brings its ` +
    `peaks over the ceiling, so a limiter holds them. It is at ${after.integrated} LUFS now, its range ${after.range} LU (${before.range} LU before).`;
  return [{ code: 'loudness-limited', rendition: id, detail, blocks: false }];
}
