import type { Plan } from '../../schema/jobs/plan.ts';
import type { EncodeSettings } from '../../schema/jobs/settings.ts';
import { audioTracks } from './audio/tracks.ts';
import { cadence, parseRate } from './source/frame-rate.ts';
import { planGrid, secondsOf } from './grid.ts';
import { ladder, type LadderKind } from './video/ladder.ts';
import { pays } from './video/probe-encodes.ts';
import { colourOf, hdrOf } from './source/colour.ts';
import { chaptersOf, streamsOf, type Probed } from './source/facts.ts';
import { fieldsOf, type DecodedPicture } from './source/fields.ts';
import { displaySize, type VideoStream } from './source/film.ts';
import { sourceNotes } from './source/notes.ts';
import { claimedDuration, settled, type Presented } from './source/timeline.ts';
import { subtitleTracks } from './subtitles/tracks.ts';

/** What was found out about a source, by a look at its start or by reading it whole. */
export type Seen = {
  probed: Probed;
  film: VideoStream;
  /** Further videos. */
  others: readonly VideoStream[];
  presented: Presented;
  decoded: readonly DecodedPicture[];
  /** Where keyframes stand, seconds from the first picture, if the whole film was read; null: only its start. */
  entries: readonly number[] | null;
};

/** Where a container does not say how long it is: an episode. Nothing but the grid's end depends on it. */
const UNKNOWN_SECONDS = 24 * 60;

/** Containers that find the keyframe before a time by an index. */
const indexed = /\b(mov|matroska|avi)\b/;

/** From what was found out about a source to everything later tasks need. */
export function makePlan(
  seen: Seen,
  { settings, chunkSeconds }: { settings: EncodeSettings; chunkSeconds: number },
): Plan {
  const { probed, film, others, entries } = seen;
  const whole = entries !== null;
  const presented = whole ? seen.presented : settled(seen.presented);
  const claims = [parseRate(film.r_frame_rate), parseRate(film.avg_frame_rate)];
  const { rate, frames: counted, constant } = cadence(presented.times, presented.lastDuration, claims);
  const frames = whole
    ? counted
    : Math.round(((claimedDuration(probed, film, seen.presented) ?? UNKNOWN_SECONDS) * rate[0]) / rate[1]);
  const streams = streamsOf(probed);
  const audio = audioTracks(streams);
  const subtitles = subtitleTracks(streams);
  const duration = secondsOf(frames, rate);
  const startTime = presented.times[0] ?? 0;
  const source = {
    container: probed.format.format_name,
    duration,
    startTime,
    videoStream: film.index,
    videoCodec: film.codec_name,
    ...displaySize(film),
    fields: fieldsOf(seen.decoded, film.field_order),
    hdr: hdrOf(film),
    colour: colourOf(film),
    ...(entries && !indexed.test(probed.format.format_name) ? { entries: [...entries] } : {}),
    notes: [],
  };
  const notes = [
    ...sourceNotes(film, others, source),
    ...(constant
      ? []
      : [
          `The source has ${whole ? `${presented.times.length} frames` : 'frames'} at a varying rate; frames were repeated or left out to hold ${(rate[0] / rate[1]).toFixed(3)} a second.`,
        ]),
    ...(audio[0]?.stream === null ? ['The source has no sound; it was given a silent track.'] : []),
    ...subtitles.notes,
  ];
  const { width, height } = withinLines(source, settings.maxHeight);
  return {
    source: { ...source, notes },
    frameRate: rate,
    frames: Math.max(1, frames),
    rungs: ladder(width, height, rate, { crf: settings.crf, ladder: ladderKind(settings, frames) }),
    ...planGrid(Math.max(1, frames), rate, { chunkSeconds }),
    audio,
    subtitles: subtitles.tracks,
    chapters: chaptersOf(probed, startTime, duration),
    settings,
    exact: whole,
    headAgain: false,
    dropped: [],
    warnings: subtitles.warnings,
  };
}

const ladderKind = ({ ladder }: EncodeSettings, frames: number): LadderKind => {
  if (ladder !== 'auto') return ladder;
  return pays({ frames }) ? 'measured' : 'usual';
};

/** The size that the top rung may have. */
function withinLines({ width, height }: Plan['source'], lines: number | null) {
  const scale = lines === null ? 1 : Math.min(1, lines / height);
  return { width: Math.floor(width * scale), height: Math.floor(height * scale) };
}
