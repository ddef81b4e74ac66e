import { parseRate } from './frame-rate.ts';
import type { Probed } from './facts.ts';
import type { VideoStream } from './film.ts';

export type PacketFacts = {
  stream: number;
  /** Seconds. */
  time: number;
  /** False: a decode time, in containers that have no other (AVI). */
  shown: boolean;
  duration: number;
  key: boolean;
  /** Decoded but not shown: before the start of an edit list. */
  hidden: boolean;
};

/** Presentation times, seconds, ascending; the first picture is time zero. */
export type Presented = { times: number[]; lastDuration: number };

const ENTRY_SECONDS = 2;

/** Seconds: more than reordering ever puts a picture before one that was read earlier, be it of a slide show. */
const MOST_BACK = 4;

/** H.264 and HEVC keep at most 16 pictures back to show others first. */
const MOST_REORDERED = 16;

/** Of what was read up to some place in the middle: without the last pictures, among which some are still to come. */
export const settled = ({ times, lastDuration }: Presented): Presented =>
  times.length > 3 * MOST_REORDERED
    ? { times: times.slice(0, -MOST_REORDERED), lastDuration }
    : { times, lastDuration };

/** When the film's pictures are shown, gathered packet by packet. */
export class Timeline {
  readonly #film: number;
  readonly #times: { time: number; duration: number }[] = [];
  readonly #keys: number[] = [];
  #shown = true;
  #latest = -Infinity;
  /** Where the film's clock was first set back, as cut broadcasts and discs do: from and to, seconds. */
  setBack: { from: number; to: number } | null = null;
  /** Where the last packet of any stream ends, seconds. */
  end = 0;

  constructor(film: number) {
    this.#film = film;
  }

  add({ stream, time, shown, duration, key, hidden }: PacketFacts): void {
    this.end = Math.max(this.end, time + duration);
    if (stream !== this.#film || hidden) return;
    this.#times.push({ time, duration });
    this.#shown &&= shown;
    if (time < this.#latest - MOST_BACK) this.setBack ??= { from: this.#latest, to: time };
    this.#latest = Math.max(this.#latest, time);
    if (key) this.#keys.push(time);
  }

  /** Keyframes of the film, seconds from `start`, thinned out: what a long film needs to be entered at. */
  entries(start: number): number[] {
    const entries: number[] = [];
    for (const key of this.#keys.toSorted((a, b) => a - b))
      if (entries.length === 0 || key - start - entries.at(-1)! >= ENTRY_SECONDS) entries.push(key - start);
    return entries;
  }

  /** Keyframes of the film near these parts (0 to 1) of it, and its last one; seconds, each once. */
  keysAt(parts: readonly number[]): { on: number[]; last: number } {
    const keys = this.#keys.toSorted((a, b) => a - b);
    const last = keys.at(-1) ?? 0;
    const on = parts.map((part) => keys[Math.floor(part * keys.length)] ?? last);
    return { on: [...new Set(on)].filter((time) => time !== keys[0] && time !== last), last };
  }

  /**
   * Presentation times in order, from the first picture that decodes, at `start`. Decode times are moved there; pictures
   * before it have lost what they refer to.
   */
  from(start: number): Presented {
    const sorted = this.#times.toSorted((a, b) => a.time - b.time);
    const shift = this.#shown ? 0 : start - (sorted[0]?.time ?? start);
    const times = sorted
      .map(({ time }) => time + shift)
      .filter((time, i, all) => time >= start - 1e-6 && time !== all[i - 1]);
    return { times: times.length > 0 ? times : [start], lastDuration: sorted.at(-1)?.duration ?? 0 };
  }
}

/** What demuxers say. Decoders call a message or a parameter set truncated in files that are whole. */
const CUT_OFF = /partial file|ended prematurely|file is truncated/i;

/**
 * Whether the file stops before the end that its container claims: in words, or null. The demuxer's own complaint is proof; else
 * a second, or a hundredth of a long film, may be missing to what muxers round.
 */
export function endsEarly(
  { format }: Probed,
  film: VideoStream,
  timeline: Timeline,
  log: string,
): string | null {
  const claimed = Math.max(Number(format.duration ?? 0), countedSeconds(format.format_name, film));
  // Matroska's duration may count from zero or from a later first timestamp; neither is an early end.
  const reached = timeline.end - Math.min(0, Number(format.start_time ?? 0));
  if (CUT_OFF.test(log)) return `The file breaks off after ${reached.toFixed(1)} s.`;
  return claimed - reached > Math.max(1, claimed / 100)
    ? `The file says that it lasts ${claimed.toFixed(1)} s, but ends after ${reached.toFixed(1)} s.`
    : null;
}

/** AVI without its index has its length from the file's size; the header still counts its frames. */
function countedSeconds(format: string, film: VideoStream): number {
  const rate = parseRate(film.r_frame_rate);
  return format === 'avi' && rate ? (Number(film.nb_frames ?? 0) * rate[1]) / rate[0] : 0;
}

/**
 * Seconds that the film lasts from its first picture on, as its container says; null where it does not, or says less than there
 * was seen.
 */
export function claimedDuration(
  { format }: Probed,
  film: VideoStream,
  { times }: Pick<Presented, 'times'>,
): number | null {
  const start = times[0] ?? 0;
  const ofFile = Number(format.start_time ?? 0) + Number(format.duration ?? 0) - start;
  const claimed = Number(film.duration ?? 0) || ofFile;
  return claimed > (times.at(-1) ?? 0) - start ? claimed : null;
}
