import type { Plan } from '../../../schema/jobs/plan.ts';
import type { Change } from '../../../schema/jobs/task.ts';
import type { Rung } from '../../../schema/ladder.ts';
import { audioSuffix, surround, soundFault } from '../audio/tracks.ts';
import { secondsOf } from '../grid.ts';
import { languageOf, trackId, trackName } from '../language.ts';
import { isSet, type SourceStream } from '../source/facts.ts';
import { isTextCodec, subtitleSuffix } from '../subtitles/tracks.ts';

type Addition<K> = Extract<NonNullable<Change['add']>, { kind: K }>;
/** A file that brings a track: what it holds, and where the time zero of the episode lies in it, seconds. */
export type TrackFile = {
  container: string;
  streams: SourceStream[];
  duration: number | null;
  startTime: number;
};

/** Why a file cannot be what it was sent as, in words that say how to mend it. */
export class TrackUnusable extends Error {
  override name = 'TrackUnusable';
}

/**
 * The plan of what a change adds, alone: on the grid of the asset it is added to, each rendition named after the amendment. Nothing
 * of it is a default here; the package task passes one on where one goes.
 */
export const addedPlan = (
  base: Plan,
  parts: Partial<Pick<Plan, 'rungs' | 'audio' | 'subtitles'>>,
  source = base.source,
): Plan => ({
  ...base,
  source: { ...source, duration: base.source.duration },
  rungs: [],
  audio: [],
  subtitles: [],
  chapters: [],
  exact: true,
  dropped: [],
  warnings: [],
  ...parts,
});

/**
 * One dub, and its 5.1 besides where the file has it.
 * @throws TrackUnusable
 */
export function addedAudio(base: Plan, number: number, add: Addition<'audio'>, file: TrackFile): Plan {
  const stream = chosen(
    file.streams.filter(({ type }) => type === 'audio'),
    add.language,
  );
  if (!stream)
    throw new TrackUnusable('The file has no audio track. Choose one with the sound of the episode.');
  const fault = soundFault(stream);
  if (fault) throw new TrackUnusable(fault);
  const notes = lengthNotes(secondsOf(base.frames, base.frameRate), file.duration);
  const stereo = {
    id: `r${number}-${trackId('a', 0, add.language)}`.slice(0, 40),
    stream: stream.index,
    language: add.language,
    role: add.role,
    name: trackName(add.name ?? undefined, add.language, audioSuffix[add.role]),
    channels: 2,
    default: false,
    delay: add.delay,
  };
  return addedPlan(base, { audio: [stereo, ...surround(stereo, stream)] }, sourceOf(base, file, notes));
}

/** @throws TrackUnusable */
export function addedSubtitles(
  base: Plan,
  number: number,
  add: Addition<'subtitles'>,
  file: TrackFile,
): Plan {
  const all = file.streams.filter(({ type }) => type === 'subtitle');
  const stream = chosen(
    all.filter(({ codec }) => isTextCodec(codec)),
    add.language,
  );
  if (!stream)
    throw new TrackUnusable(
      all.length > 0
        ? 'The subtitles of the file are pictures, not text. Choose a file with text: SRT, WebVTT, ASS, or an MKV with one of these.'
        : 'The file has no subtitles. Choose an SRT, WebVTT or ASS file, or an MKV with a track of text.',
    );
  const track = {
    id: `r${number}-${trackId('s', 0, add.language)}`.slice(0, 40),
    stream: stream.index,
    codec: stream.codec,
    language: add.language,
    role: add.role,
    name: trackName(add.name ?? undefined, add.language, subtitleSuffix[add.role]),
    default: false,
    delay: add.delay,
  };
  return addedPlan(base, { subtitles: [track] }, sourceOf(base, file, []));
}

/** A second ladder, under the names of its amendment. */
export const addedRungs = (base: Plan, number: number, rungs: readonly Rung[]): Plan =>
  addedPlan(base, { rungs: rungs.map((rung) => ({ ...rung, id: `r${number}-${rung.id}` })) });

/** What the encode tasks read of a source; the pictures stay the asset's own. */
const sourceOf = (base: Plan, { container, startTime }: TrackFile, notes: string[]): Plan['source'] => ({
  ...base.source,
  container,
  startTime,
  notes,
});

/** Of the language that was named, else the default one, else the first. */
const chosen = (streams: readonly SourceStream[], language: string): SourceStream | undefined =>
  streams.find(({ tags }) => languageOf(tags['language']) === language) ??
  streams.find((stream) => isSet(stream, 'default')) ??
  streams[0];

/** Dubs are cut to the film, and now and then a little longer or shorter; one of another length is of another film. */
const NOTED_SECONDS = 2;
const NONSENSE = 2;

function lengthNotes(film: number, duration: number | null): string[] {
  if (duration === null) return [];
  const lengths = `lasts ${duration.toFixed(1)} s, the episode ${film.toFixed(1)} s`;
  if (duration * NONSENSE < film || duration > film * NONSENSE)
    throw new TrackUnusable(`The track ${lengths}. Choose the sound of this episode, whole.`);
  if (Math.abs(duration - film) <= NOTED_SECONDS) return [];
  const mended = duration < film ? 'silence stands at its end' : 'its end is cut off';
  return [`The track ${lengths}; ${mended}. Check that it is of this episode.`];
}
