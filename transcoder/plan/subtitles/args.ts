import type { PlannedSubtitles } from '../../../schema/jobs/plan.ts';
import { options } from '../options.ts';
import { sandbox } from '../source/input.ts';
import type { Command } from '../video/args.ts';

/** How an embedded track is taken out: as it stands, but for QuickTime's text and old SSA, which FFmpeg reads into ASS. */
const takenAs: Record<string, { file: string; codec: string; format: string }> = {
  ass: { file: 'track.ass', codec: 'copy', format: 'ass' },
  ssa: { file: 'track.ass', codec: 'ass', format: 'ass' },
  mov_text: { file: 'track.ass', codec: 'ass', format: 'ass' },
  webvtt: { file: 'track.vtt', codec: 'copy', format: 'webvtt' },
};
const otherwise = { file: 'track.srt', codec: 'copy', format: 'srt' };

/** The file in which the track comes out, in the task's folder. */
export const trackFile = (codec: string): string => (takenAs[codec] ?? otherwise).file;
/** Attachments are named by us: what the source calls them could be a path. */
export const attachmentFile = (stream: number): string => `attachment-${stream}`;

/**
 * Where the first picture stands in the track's file, seconds: room for what begins before it, since these formats have no times
 * before zero. FFmpeg moves the track, not we: ASS keeps hundredths only, and the container's clock may begin between two.
 */
export const TRACK_ZERO = 10;

/**
 * A text track as a file of its own.
 * @param startTime of the source's video, seconds on the container's clock
 * @param attachments indexes of the streams that are taken out beside it
 */
export function subtitleCommand(
  { stream, codec }: PlannedSubtitles,
  { url, startTime, attachments }: { url: string; startTime: number; attachments: readonly number[] },
): Command {
  const { file, codec: encoder, format } = takenAs[codec] ?? otherwise;
  const dump = Object.fromEntries(attachments.map((i) => [`dump_attachment:${i}`, attachmentFile(i)]));
  return {
    inputs: [
      {
        url,
        args: [
          ...sandbox(url),
          ...options({ ...dump, copyts: true, itsoffset: (TRACK_ZERO - startTime).toFixed(6) }),
        ],
      },
    ],
    outputs: [
      {
        target: file,
        args: options({
          map: `0:${stream}`,
          map_metadata: -1,
          'c:s': encoder,
          avoid_negative_ts: 'disabled',
          f: format,
        }),
      },
    ],
  };
}
