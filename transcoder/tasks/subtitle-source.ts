import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlannedSubtitles } from '../../schema/jobs/plan.ts';
import { probeFile } from '../ffmpeg/probe.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { fontsInScript } from '../plan/subtitles/ass-fonts.ts';
import { attachedFonts } from '../plan/subtitles/attachments.ts';
import { MAX_SIDECAR_BYTES, sniffSubtitles } from '../plan/subtitles/sniff.ts';
import { sandbox, sourceWentAway } from '../plan/source/input.ts';
import { attachmentFile, subtitleCommand, TRACK_ZERO, trackFile } from '../plan/subtitles/args.ts';
import { decodeText, type DecodedText } from '../plan/subtitles/text-encoding.ts';
import { StoreFailure } from '../storage/store.ts';
import { sourceAddress } from './source.ts';
import { TaskProblem, type TaskRun } from './task.ts';

/** A text track as it was written, and the fonts that came with it. */
export type SubtitleText = DecodedText & {
  format: 'srt' | 'vtt' | 'ass';
  /** ASS that somebody typeset, not what FFmpeg made of something simpler. */
  typeset: boolean;
  /** Seconds between the zero of its times and the first picture. */
  zero: number;
  fonts: Uint8Array[];
  cpuSeconds: number;
  notes: string[];
};

/** Reads the track from a file of subtitles, or out of the container it is in. */
export const readSubtitles = async (
  run: TaskRun<'subtitles'>,
  track: PlannedSubtitles,
): Promise<SubtitleText> => (await sidecar(run)) ?? (await embedded(run, track));

const formats = { subrip: 'srt', webvtt: 'vtt', ass: 'ass' } as const;

/** A file of subtitles never reaches FFmpeg: it is text, and we know how to read it. Null: the source is something else. */
async function sidecar({ store, message, signal }: TaskRun<'subtitles'>): Promise<SubtitleText | null> {
  const { key } = message.source;
  const bytes = await store.size(key, { signal });
  if (bytes === null) throw new StoreFailure('The source is not in the media store');
  if (bytes > MAX_SIDECAR_BYTES) return null;
  const found = sniffSubtitles(await store.get(key, { signal }));
  if (!found) return null;
  const { codec, ...decoded } = found;
  const fonts = codec === 'ass' ? fontsInScript(decoded.text) : [];
  return {
    ...decoded,
    format: formats[codec],
    typeset: codec === 'ass',
    zero: 0,
    fonts,
    cpuSeconds: 0,
    notes: [],
  };
}

async function embedded(run: TaskRun<'subtitles'>, track: PlannedSubtitles): Promise<SubtitleText> {
  const { settings, signal, scratch, spec } = run;
  const url = await sourceAddress(run);
  const typeset = track.codec === 'ass' || track.codec === 'ssa';
  const attached = typeset
    ? attachedFonts(
        (await probeFile(url, 0, { settings: settings.ffmpeg, signal, input: sandbox(url) })).probed,
      )
    : { indexes: [], notes: [] };
  const command = subtitleCommand(track, {
    url,
    startTime: spec.plan.source.startTime,
    attachments: attached.indexes,
  });
  const { cpuSeconds, log } = await runFfmpeg(command, settings.ffmpeg, { cwd: scratch, signal });
  if (sourceWentAway(log)) throw new StoreFailure('The media store went away while the source was read');

  const file = trackFile(track.codec);
  const decoded = decodeText(await readFile(join(scratch, file)));
  if (!decoded)
    throw new TaskProblem('encode-failed', `Stream ${track.stream} of the source holds no text.`, {
      retryable: false,
    });
  const fonts: Uint8Array[] = typeset ? fontsInScript(decoded.text) : [];
  for (const index of attached.indexes) fonts.push(await readFile(join(scratch, attachmentFile(index))));
  const format = file.endsWith('.ass') ? 'ass' : file.endsWith('.vtt') ? 'vtt' : 'srt';
  return {
    ...decoded,
    format,
    typeset,
    zero: TRACK_ZERO,
    fonts,
    cpuSeconds,
    notes: attached.notes,
  };
}
