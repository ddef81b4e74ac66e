import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedAudio } from '../../schema/jobs/plan.ts';
import type { Loudness, Span } from '../../schema/media-facts.ts';
import { FfmpegFailure } from '../ffmpeg/run.ts';
import {
  beganAnew,
  FINGERPRINT,
  hearCommand,
  PLAIN,
  plainCommand,
  plainTrack,
  sourceTrack,
} from '../plan/audio/args.ts';
import { mainTrack } from '../plan/audio/tracks.ts';
import { meter } from '../plan/audio/loudness.ts';
import { sourceWentAway } from '../plan/source/input.ts';
import type { Command } from '../plan/video/args.ts';
import { StoreFailure } from '../storage/store.ts';
import { sourceAddress } from './source.ts';
import type { TaskRun } from './task.ts';

/** Runs FFmpeg in the task's folder; `onLine` sees its stderr and keeps what it takes out of the log, which comes back. */
export type Ffmpeg = (command: Command, onLine: (line: string) => boolean) => Promise<string>;

export type Heard = {
  before: Loudness | null;
  silence: Span[];
  fingerprint: Uint8Array | null;
  notes: string[];
};

/** The only read of the source, mostly: into a scratch file, measured on the way. */
export async function hear(
  run: TaskRun<'audio'>,
  ffmpeg: Ffmpeg,
  track: PlannedAudio & { stream: number },
  duration: number,
): Promise<Heard> {
  const { plan } = run.spec;
  const url = await sourceAddress(run);
  const wanted = mainTrack(plan.audio)?.id === track.id;
  const read = async (command: Command, note: string, onLine: (line: string) => boolean): Promise<void> => {
    const log = await ffmpeg(command, (line) => {
      const time = /^out_time_us=(\d+)/.exec(line);
      if (time) run.report(Math.min(1, Number(time[1]) / 1e6 / duration) * 0.2, note);
      return onLine(line);
    });
    // Fewer bytes than asked for look like silence at the end: padding would hide them.
    if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was read');
  };
  const listen = async (
    fingerprint: boolean,
    from = { input: sourceTrack(plan, url), track },
  ): Promise<Heard> => {
    const ear = meter();
    let changes = false;
    await read(
      hearCommand(plan, from.track, { input: from.input, fingerprint }),
      'measuring loudness',
      (line) => {
        changes ||= beganAnew(line);
        return ear.take(line);
      },
    );
    if (changes && from.track === track) {
      await read(plainCommand(plan, track, url), 'reading sound that changes its form', () => false);
      const heard = await listen(fingerprint, plainTrack(track));
      await rm(join(run.scratch, PLAIN)); // gigabytes, of a long film
      return heard;
    }
    const print = fingerprint ? await readFile(join(run.scratch, FINGERPRINT)) : null;
    // Of less than 2.7 s there is no word.
    const words = print && print.length > 0 ? print : null;
    return { before: ear.loudness(), silence: ear.silence(duration), fingerprint: words, notes: [] };
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
