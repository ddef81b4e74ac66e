import type { PlannedSubtitles } from '../../schema/jobs/plan.ts';
import { options } from './options.ts';
import { sandbox } from './source-input.ts';
import type { Command } from './video-args.ts';

export const SUBTITLE_FILE = 'subtitles.vtt';

/** A text track as one WebVTT file, with the container's own times; they are moved to the video's when the cues are placed. */
export const subtitleCommand = ({ stream }: PlannedSubtitles, { url }: { url: string }): Command => ({
  inputs: [{ url, args: [...sandbox(url), '-copyts'] }],
  outputs: [
    {
      target: SUBTITLE_FILE,
      args: options({
        map: `0:${stream}`,
        map_metadata: -1,
        'c:s': 'webvtt',
        avoid_negative_ts: 'disabled',
        f: 'webvtt',
      }),
    },
  ],
});
