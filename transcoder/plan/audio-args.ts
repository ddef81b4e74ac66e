import type { Plan, PlannedAudio } from '../../schema/jobs/plan.ts';
import { options } from './options.ts';
import { sourceInput } from './source-input.ts';
import { audioSamples, SAMPLE_RATE, segmentTimes } from './timeline.ts';
import { fragmented, MOVFLAGS, type Command } from './video-args.ts';

const AUDIO_BITRATE = '128k';
/** Name of the file, in the scratch folder, of one segment. */
export const audioFile = (index: number): string => `a${index}.mp4`;

/**
 * One whole pass over a track, cut on the grid: an encoder started anew for each chunk would add its priming (32 ms) each time.
 * The track is put on the video's timeline, gaps are filled with silence, and the end is padded or trimmed to the video's.
 */
export function audioCommand(plan: Plan, track: PlannedAudio, { url }: { url: string }): Command {
  const length = `atrim=end_sample=${audioSamples(plan)}`;
  const graph =
    track.stream === null
      ? `anullsrc=sample_rate=${SAMPLE_RATE}:channel_layout=stereo,${length}[a]`
      : `[0:${track.stream}]aresample=${SAMPLE_RATE}:async=1:first_pts=0,` +
        `aformat=sample_fmts=fltp:channel_layouts=stereo,apad,${length}[a]`;
  const times = segmentTimes(plan).map((time) => time.toFixed(6));
  return {
    inputs: track.stream === null ? [] : [sourceInput(url, plan.source.startTime, null)],
    outputs: [
      {
        target: 'a%d.mp4',
        args: options({
          filter_complex_threads: 1,
          filter_complex: graph,
          map: '[a]',
          map_metadata: -1,
          map_chapters: -1,
          'c:a': 'aac',
          'b:a': AUDIO_BITRATE,
          'flags:a': '+bitexact',
          ...fragmented,
          f: 'segment',
          segment_format: 'mp4',
          segment_format_options: `movflags=${MOVFLAGS}`,
          // Without a cut there is one segment, and the muxer's own rule would cut it every 2 s.
          ...(times.length > 0 ? { segment_times: times.join(',') } : { segment_time: 1_000_000 }),
        }),
      },
    ],
  };
}
