import ffmpeg from 'fluent-ffmpeg';
import { options } from '../plan/options.ts';
import type { Command } from '../plan/video/args.ts';

/** Where the programs are and how long one of them may work, seconds. */
export type FfmpegSettings = {
  ffmpegPath?: string | undefined;
  ffprobePath?: string | undefined;
  cpuSeconds: number;
  wallSeconds: number;
  /** Told the end of what each process said that ended well; what a failed one said is in its failure. */
  heard?: (log: string) => void;
};

export type RunOptions = {
  /** The task's own scratch folder; outputs are named relative to it. */
  cwd: string;
  signal: AbortSignal;
  /** Pictures encoded, about once a second, and files begun. */
  onProgress?: (done: { frames: number; files: number }) => void;
  /** Sees every line of stderr; true: it was a measurement, and is kept out of the log. */
  onLine?: (line: string) => boolean;
};

export type Outcome = { cpuSeconds: number; log: string };

/** FFmpeg ended badly, or was ended. `log` is the end of its stderr, without signatures of addresses. */
export class FfmpegFailure extends Error {
  override name = 'FfmpegFailure';
  /** `wall-limit`: a slow store may be why; `cpu-limit`: the work itself takes as long wherever it is tried. */
  readonly reason: 'failed' | 'wall-limit' | 'cpu-limit' | 'disk-full' | 'missing';
  readonly log: string;
  constructor(reason: FfmpegFailure['reason'], message: string, log: string) {
    super(message);
    this.reason = reason;
    this.log = log;
  }
}

const LOG_LINES = 60;

/**
 * Runs one FFmpeg process to its end; killed (SIGKILL) when `signal` aborts or the wall limit passes; FFmpeg itself keeps the
 * CPU limit (`-timelimit`).
 *
 * Two traps of fluent-ffmpeg are walked around (ADR 0009): listening to its `progress` event starts an ffprobe of the input
 * without any allow-list, so `-progress` is read from stderr instead; and options given as one array are split at blanks, so they
 * are spread.
 * @throws FfmpegFailure; the signal's reason when aborted
 */
export function runFfmpeg(
  { inputs, outputs }: Command,
  settings: FfmpegSettings,
  { cwd, signal, onProgress, onLine }: RunOptions,
): Promise<Outcome> {
  signal.throwIfAborted();
  // `cwd` is in the typings and used by fluent-ffmpeg, though its manual does not name it.
  const command = ffmpeg({ cwd, stdoutLines: LOG_LINES });
  if (settings.ffmpegPath) command.setFfmpegPath(settings.ffmpegPath);
  for (const input of inputs) spread(input.args, (args) => command.input(input.url).inputOptions(...args));
  outputs.forEach((output, i) =>
    spread(i === 0 ? [...common(settings), ...output.args] : output.args, (args) =>
      command.output(output.target).outputOptions(...args),
    ),
  );

  return new Promise((resolve, reject) => {
    let started = false;
    let overTime = false;
    const lines: string[] = [];
    const done = { frames: 0, files: 0 };
    let cpuSeconds = 0;
    const kill = () => {
      if (started) command.kill('SIGKILL');
    };
    const timer = setTimeout(() => {
      overTime = true;
      kill();
    }, settings.wallSeconds * 1000);
    const settle = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
    };
    signal.addEventListener('abort', kill);
    command.on('start', () => {
      started = true;
      if (signal.aborted) kill(); // aborted while fluent-ffmpeg was still looking for the program
    });
    command.on('stderr', (line: string) => {
      if (onLine?.(line)) return;
      const bench = /^(?:\[info\] )?bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(line);
      if (bench) cpuSeconds = Number(bench[1]) + Number(bench[2]);
      if (/Opening '[^']*' for writing/.test(line)) onProgress?.({ ...done, files: ++done.files });
      const fact = /^([a-z_0-9]+)=\s*(\S+)\s*$/.exec(line);
      if (!fact) {
        if (line.trim() !== '') lines.push(redact(line));
        if (lines.length > LOG_LINES) lines.shift();
        return;
      }
      if (fact[1] === 'frame') done.frames = Number(fact[2]);
      if (fact[1] === 'progress') onProgress?.({ ...done });
    });
    command.on('end', () => {
      settle();
      const log = lines.join('\n');
      settings.heard?.(log);
      resolve({ cpuSeconds, log });
    });
    command.on('error', (error: Error) => {
      settle();
      if (signal.aborted) return reject(signal.reason as Error);
      const log = lines.join('\n');
      if (overTime)
        return reject(
          new FfmpegFailure(
            'wall-limit',
            `FFmpeg was stopped after ${settings.wallSeconds} s (WALL_LIMIT_SECONDS of the transcoder)`,
            log,
          ),
        );
      if (/received signal 24/.test(log))
        return reject(
          new FfmpegFailure(
            'cpu-limit',
            `FFmpeg used more than ${settings.cpuSeconds} s of CPU time (CPU_LIMIT_SECONDS of the transcoder)`,
            log,
          ),
        );
      if (/No space left on device/.test(log))
        return reject(new FfmpegFailure('disk-full', 'The scratch disk is full', log));
      if (/Cannot find ffmpeg|ENOENT/.test(error.message))
        return reject(new FfmpegFailure('missing', 'FFmpeg is not installed, or FFMPEG_PATH is wrong', log));
      return reject(new FfmpegFailure('failed', redact(error.message), log));
    });
    command.run();
  });
}

const common = (settings: FfmpegSettings): string[] =>
  options({
    nostdin: true,
    hide_banner: true,
    nostats: true,
    loglevel: 'level+info',
    benchmark: true,
    progress: 'pipe:2',
    stats_period: 1,
    timelimit: settings.cpuSeconds,
  });

/** fluent-ffmpeg splits a lone option at blanks; two or more are taken as they are. */
function spread(args: readonly string[], take: (args: string[]) => void): void {
  if (args.length === 1) throw new RangeError('an option list needs a name and a value at least');
  take([...args]);
}

/** Presigned addresses are passwords: their queries never reach a log. */
export const redact = (text: string): string => text.replaceAll(/(https?:\/\/[^\s'"?]+)\?[^\s'"]*/g, '$1?…');
