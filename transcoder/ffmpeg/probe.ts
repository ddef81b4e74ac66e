import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { options } from '../plan/options.ts';
import { Probed } from '../plan/source/facts.ts';
import type { DecodedPicture } from '../plan/source/fields.ts';
import type { PacketFacts } from '../plan/source/timeline.ts';
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

const packetEntries = 'packet=stream_index,pts_time,dts_time,duration_time,flags';
const PacketEntry = v.object({
  stream_index: v.number(),
  pts_time: v.optional(v.string()),
  dts_time: v.optional(v.string()),
  duration_time: v.optional(v.string()),
  flags: v.string(),
});

/**
 * Streams, format and chapters, and the packets of the first seconds (0: none), in one go.
 * @throws FfmpegFailure
 */
export async function probeFile(
  url: string,
  firstSeconds: number,
  read: ProbeOptions,
): Promise<{ probed: Probed; packets: PacketFacts[]; log: string }> {
  const out: string[] = [];
  const packets = options({ show_entries: packetEntries, read_intervals: `%+${firstSeconds}` });
  const log = await ffprobe(
    [
      ...options({ show_format: true, show_streams: true, show_chapters: true, of: 'json=compact=1' }),
      ...(firstSeconds > 0 ? packets : []),
      ...read.input,
      url,
    ],
    read,
    (line) => out.push(line),
  );
  const json: unknown = JSON.parse(out.join('\n'));
  const head = v.parse(v.object({ packets: v.optional(v.array(PacketEntry), []) }), json);
  return {
    probed: v.parse(Probed, json),
    packets: head.packets.flatMap(
      (packet) =>
        packetFacts(
          packet.stream_index,
          packet.pts_time,
          packet.dts_time,
          packet.duration_time,
          packet.flags,
        ) ?? [],
    ),
    log,
  };
}

/** Reads the whole file and hands over every packet's facts, not its data. */
export function readPackets(
  url: string,
  read: ProbeOptions,
  onPacket: (packet: PacketFacts) => void,
): Promise<string> {
  return ffprobe(
    ['-show_entries', packetEntries, '-of', 'compact=p=0:nk=1:s=,', ...read.input, url],
    read,
    (line) => {
      const [stream, pts, dts, duration, flags] = line.split(',');
      const facts = flags ? packetFacts(Number(stream), pts, dts, duration, flags) : null;
      if (facts) onPacket(facts);
    },
  );
}

/** Null: a packet without any time. */
function packetFacts(
  stream: number,
  pts: string | undefined,
  dts: string | undefined,
  duration: string | undefined,
  flags: string,
): PacketFacts | null {
  const time = seconds(pts) ?? seconds(dts);
  if (time === null) return null;
  return {
    stream,
    time,
    shown: seconds(pts) !== null,
    duration: seconds(duration) ?? 0,
    key: flags.startsWith('K'),
    hidden: flags.includes('D'),
  };
}

/**
 * The pictures that a few packets from `from` (seconds; null: the start) decode to.
 * @param streams ffprobe's stream specifier: an index, or `v` for every video
 */
export async function decodedPictures(
  url: string,
  { streams, from, packets }: { streams: string; from: number | null; packets: number },
  read: ProbeOptions,
): Promise<DecodedPicture[]> {
  const pictures: DecodedPicture[] = [];
  await ffprobe(
    [
      ...options({
        select_streams: streams,
        show_entries: 'frame=stream_index,best_effort_timestamp_time,interlaced_frame,top_field_first',
        read_intervals: `${from === null ? '' : from.toFixed(6)}%+#${packets}`,
        of: 'compact=p=0',
      }),
      ...read.input,
      url,
    ],
    read,
    (line) => {
      // Side data may follow on the line, with keys of its own.
      const facts = Object.fromEntries(line.split('|').map((fact) => fact.split('=')));
      const time = seconds(facts['best_effort_timestamp_time']);
      if (time === null) return;
      pictures.push({
        stream: Number(facts['stream_index']),
        time,
        interlaced: facts['interlaced_frame'] === '1',
        topFirst: facts['top_field_first'] === '1',
      });
    },
  );
  return pictures;
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
      else if (killed) failed('wall-limit', `ffprobe was stopped after ${settings.wallSeconds} s`);
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
