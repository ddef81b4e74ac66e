import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { options } from '../plan/options.ts';
import { Probed } from '../plan/source-facts.ts';
import type { PacketFacts } from '../plan/source-timeline.ts';
import { FfmpegFailure, redact, type FfmpegSettings } from './run.ts';

/**
 * ffprobe. Started here rather than through fluent-ffmpeg, whose ffprobe can neither be killed nor told where to run (ADR 0009).
 */
export type ProbeOptions = {
  settings: FfmpegSettings;
  signal: AbortSignal;
  /** Options of the read itself: the sandbox. */
  input: readonly string[];
};

/** Streams, format and chapters. @throws FfmpegFailure */
export async function probeFile(url: string, read: ProbeOptions): Promise<{ probed: Probed; log: string }> {
  const out: string[] = [];
  const log = await ffprobe(
    ['-show_format', '-show_streams', '-show_chapters', '-of', 'json', ...read.input, url],
    read,
    (line) => out.push(line),
  );
  return { probed: v.parse(Probed, JSON.parse(out.join('\n'))), log };
}

/** Reads the whole file and hands over every packet's facts, not its data. */
export function readPackets(
  url: string,
  read: ProbeOptions,
  onPacket: (packet: PacketFacts) => void,
): Promise<string> {
  const entries = 'packet=stream_index,pts_time,dts_time,duration_time,flags';
  return ffprobe(
    ['-show_entries', entries, '-of', 'compact=p=0:nk=1:s=,', ...read.input, url],
    read,
    (line) => {
      const [stream, pts, dts, duration, flags] = line.split(',');
      if (!flags) return;
      const time = seconds(pts) ?? seconds(dts);
      if (time === null) return;
      onPacket({
        stream: Number(stream),
        time,
        shown: seconds(pts) !== null,
        duration: seconds(duration) ?? 0,
        key: flags.startsWith('K'),
        hidden: flags.includes('D'),
      });
    },
  );
}

/** Presentation times, seconds, of the pictures that a few packets from `from` (null: the start) decode to. */
export async function decodedTimes(
  url: string,
  stream: number,
  from: number | null,
  packets: number,
  read: ProbeOptions,
): Promise<number[]> {
  const times: number[] = [];
  await ffprobe(
    [
      ...options({
        select_streams: stream,
        show_entries: 'frame=best_effort_timestamp_time',
        read_intervals: `${from === null ? '' : from.toFixed(6)}%+#${packets}`,
        of: 'compact=p=0:nk=1',
      }),
      ...read.input,
      url,
    ],
    read,
    (line) => {
      const time = seconds(line.split('|')[0]);
      if (time !== null) times.push(time);
    },
  );
  return times;
}

const seconds = (text: string | undefined): number | null =>
  text === undefined || text === '' || text === 'N/A' ? null : Number(text);

const LOG_LINES = 40;

function ffprobe(
  args: string[],
  { settings, signal }: ProbeOptions,
  onLine: (line: string) => void,
): Promise<string> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(settings.ffprobePath ?? 'ffprobe', ['-v', 'level+warning', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
      timeout: settings.wallSeconds * 1000,
    });
    const log: string[] = [];
    createInterface({ input: child.stdout }).on('line', onLine);
    createInterface({ input: child.stderr }).on('line', (line) => {
      log.push(redact(line));
      if (log.length > LOG_LINES) log.shift();
    });
    const failed = (reason: FfmpegFailure['reason'], message: string) =>
      reject(signal.aborted ? (signal.reason as Error) : new FfmpegFailure(reason, message, log.join('\n')));
    child.on('error', (error) =>
      'code' in error && error.code === 'ENOENT'
        ? failed('missing', 'ffprobe is not installed, or FFPROBE_PATH is wrong')
        : failed('failed', error.message),
    );
    child.on('close', (code, killed) => {
      if (code === 0) resolve(log.join('\n'));
      else if (killed) failed('limit', `ffprobe was stopped after ${settings.wallSeconds} s`);
      else failed('failed', `ffprobe ended with ${code}`);
    });
  });
}

/** Decodes a file of our own making: how many frames came out, the time of the first one (ticks), and what FFmpeg complained of. */
export async function countFrames(
  file: string,
  { settings, signal }: { settings: { ffmpeg: FfmpegSettings }; signal: AbortSignal },
): Promise<{ frames: number; start: number; log: string }> {
  let frames = 0;
  let start = 0;
  const log = await ffprobe(
    [
      ...options({
        v: 'error',
        protocol_whitelist: 'file',
        format_whitelist: 'mov',
        count_frames: true,
        show_entries: 'stream=start_pts,nb_read_frames',
        of: 'compact=p=0:nk=1',
      }),
      file,
    ],
    { settings: settings.ffmpeg, signal, input: [] },
    (line) => ([start = 0, frames = 0] = line.split('|').map(Number)),
  );
  return { frames, start, log };
}
