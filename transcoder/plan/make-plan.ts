import type { Plan } from '../../schema/jobs/plan.ts';
import { defaultSettings } from '../../schema/jobs/settings.ts';
import { audioTracks } from './audio-tracks.ts';
import { cadence, parseRate } from './frame-rate.ts';
import { planGrid, secondsOf } from './grid.ts';
import { ladder } from './ladder.ts';
import { chaptersOf, displaySize, sourceNotes, streamsOf, type Probed } from './source-facts.ts';
import { subtitleTracks } from './subtitle-tracks.ts';

/** From what was found out about a source to everything later tasks need. */
export function makePlan(
  probed: Probed,
  film: Probed['streams'][number],
  { times, lastDuration }: { times: readonly number[]; lastDuration: number },
  chunkSeconds: number,
): Plan {
  const claims = [parseRate(film.r_frame_rate), parseRate(film.avg_frame_rate)];
  const { rate, frames, constant } = cadence(times, lastDuration, claims);
  const { width, height } = displaySize(film);
  const streams = streamsOf(probed);
  const audio = audioTracks(streams);
  const subtitles = subtitleTracks(streams);
  const duration = secondsOf(frames, rate);
  const startTime = times[0] ?? 0;
  const notes = [
    ...sourceNotes(film),
    ...(constant
      ? []
      : [
          `The source has ${times.length} frames at a varying rate; frames were repeated or left out to hold ${(rate[0] / rate[1]).toFixed(3)} a second.`,
        ]),
    ...(audio[0]?.stream === null ? ['The source has no sound; it was given a silent track.'] : []),
    ...subtitles.notes,
  ];
  return {
    source: {
      container: probed.format.format_name,
      duration,
      startTime,
      videoStream: film.index,
      videoCodec: film.codec_name,
      width,
      height,
      fields: null,
      hdr: null,
      notes,
    },
    frameRate: rate,
    frames,
    rungs: ladder(width, height, rate),
    ...planGrid(frames, rate, { chunkSeconds }),
    audio,
    subtitles: subtitles.tracks,
    chapters: chaptersOf(probed, startTime, duration),
    settings: defaultSettings,
    exact: true,
    dropped: [],
    warnings: [],
  };
}
