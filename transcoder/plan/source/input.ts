import type { Plan } from '../../../schema/jobs/plan.ts';
import { options } from '../options.ts';

/** One `-i` of FFmpeg, with the options that stand before it. */
export type Input = { url: string; args: string[] };
/** One output file, with the options that stand before it. */
export type Output = { target: string; args: string[] };

/**
 * Containers that hold their media themselves. Whatever names other files (hls, dash, concat, sdp, image2, avisynth, imf …)
 * is left out; mov's external references stay off, which is the default of its `enable_drefs`.
 */
const allowedFormats =
  'mov,matroska,mpegts,mpeg,avi,flv,asf,mxf,ogg,' +
  // Sound alone, for a dub that joins a finished asset.
  'mp3,flac,wav,w64,aiff,aac,ac3,eac3,dts';

/** http needs tcp beneath it, https tls and tcp (measured: FFmpeg refuses the lower layer otherwise). `file` is not there. */
const allowedProtocols = (url: string): string => (url.startsWith('https:') ? 'https,tls,tcp' : 'http,tcp');

/** The sandbox of every read of a source, for ffmpeg and ffprobe alike (ADR 0014). */
export const sandbox = (url: string): string[] =>
  options({
    protocol_whitelist: allowedProtocols(url),
    format_whitelist: allowedFormats,
    // A store that drops or stalls a connection is asked again; what still fails shows in FFmpeg's log.
    reconnect: 1,
    reconnect_on_network_error: 1,
    reconnect_delay_max: 5,
    rw_timeout: 30_000_000,
  });

/**
 * The source on the timeline of its own video: time zero is the first picture (`startTime`), whatever the container says.
 * `-copyts` keeps timestamps absolute, so that a slice sees the same times as the whole.
 * @param seek seconds on that timeline to be at or before; decoding starts at the keyframe before it
 */
export function sourceInput(url: string, startTime: number, seek: number | null): Input {
  const seeking =
    seek === null
      ? {}
      : ({ seek_timestamp: 1, ss: (startTime + seek).toFixed(6), noaccurate_seek: true } as const);
  const args = [
    ...sandbox(url),
    ...options({ threads: 1, copyts: true, ...seeking, itsoffset: (-startTime).toFixed(6) }),
  ];
  return { url, args };
}

/** A decode time lies before its picture by what a decoder keeps back: 16 pictures at most. */
const BEFORE_ENTRY_SECONDS = 1;

/**
 * Where to seek so that pictures from `at` on (seconds from the first one) decode as they are. Containers with an index find the
 * keyframe themselves; others are entered at any packet, and a decoder of HEVC then makes up what it lacks, without a word.
 * @returns null: read from the start
 */
export function seekPoint({ entries }: Pick<Plan['source'], 'entries'>, at: number): number | null {
  const seek = entries ? (entries.findLast((entry) => entry <= at) ?? 0) - BEFORE_ENTRY_SECONDS : at;
  return seek > 0 ? seek : null;
}

const COMPLAINT =
  /Stream ends prematurely|Connection (reset|refused|timed out)|Input\/output error|Server returned [45]|Operation timed out/i;
const ASKED_AGAIN = /Will reconnect at/;

/**
 * Whether FFmpeg's log says that the store went away in the middle of a read: FFmpeg then ends early, and well. A complaint after
 * which it asks again is none: what it cannot mend so, it complains of once more.
 */
export const sourceWentAway = (log: string): boolean =>
  log
    .split('\n')
    .some(
      (line, i, lines) =>
        COMPLAINT.test(line) && !ASKED_AGAIN.test(line) && !ASKED_AGAIN.test(lines[i + 1] ?? ''),
    );
