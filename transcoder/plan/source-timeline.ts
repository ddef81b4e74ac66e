import { parseRate } from './frame-rate.ts';
import type { Probed } from './source-facts.ts';

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

/** When the film's pictures are shown, gathered packet by packet. */
export class Timeline {
  readonly #film: number;
  readonly #times: { time: number; duration: number }[] = [];
  #shown = true;
  /** Where the last packet of any stream ends, seconds. */
  end = 0;
  /** Where the last keyframe of the film stands, seconds. */
  lastKey = 0;

  constructor(film: number) {
    this.#film = film;
  }

  add({ stream, time, shown, duration, key, hidden }: PacketFacts): void {
    this.end = Math.max(this.end, time + duration);
    if (stream !== this.#film || hidden) return;
    this.#times.push({ time, duration });
    this.#shown &&= shown;
    if (key) this.lastKey = Math.max(this.lastKey, time);
  }

  /**
   * Presentation times in order, from the first picture that decodes, at `start`. Decode times are moved there; pictures
   * before it have lost what they refer to.
   */
  from(start: number): { times: number[]; lastDuration: number } {
    const sorted = this.#times.toSorted((a, b) => a.time - b.time);
    const shift = this.#shown ? 0 : start - (sorted[0]?.time ?? start);
    const times = sorted
      .map(({ time }) => time + shift)
      .filter((time, i, all) => time >= start - 1e-6 && time !== all[i - 1]);
    return { times: times.length > 0 ? times : [start], lastDuration: sorted.at(-1)?.duration ?? 0 };
  }
}

/**
 * Whether the file stops before the end that its container claims: in words, or null. The demuxer's own complaint is proof; else
 * a second, or a hundredth of a long film, may be missing to what muxers round.
 */
export function endsEarly(
  { format }: Probed,
  film: Probed['streams'][number],
  timeline: Timeline,
  log: string,
): string | null {
  const claimed = Math.max(Number(format.duration ?? 0), countedSeconds(format.format_name, film));
  // Matroska's duration may count from zero or from a later first timestamp; neither is an early end.
  const reached = timeline.end - Math.min(0, Number(format.start_time ?? 0));
  if (/partial file|ended prematurely|truncat/.test(log))
    return `The file breaks off after ${reached.toFixed(1)} s.`;
  return claimed - reached > Math.max(1, claimed / 100)
    ? `The file says that it lasts ${claimed.toFixed(1)} s, but ends after ${reached.toFixed(1)} s.`
    : null;
}

/** AVI without its index has its length from the file's size; the header still counts its frames. */
function countedSeconds(format: string, film: Probed['streams'][number]): number {
  const rate = parseRate(film.r_frame_rate);
  return format === 'avi' && rate ? (Number(film.nb_frames ?? 0) * rate[1]) / rate[0] : 0;
}
