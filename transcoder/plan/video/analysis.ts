import type { Flash, Span, VideoFacts } from '../../../schema/media-facts.ts';
import type { FrameRate } from '../../../schema/ladder.ts';
import { secondsOf } from '../grid.ts';

/** Name of the file, in the scratch folder, that the filters print to. */
export const ANALYSIS_FILE = 'analysis.txt';

/** A picture this small tells cuts, black and flashes as well as a large one: FFmpeg compares the means of 8×8 fields. */
const SIZE = '96:54';
/** Of the luma range, as FFmpeg's default: darker is black. 98 % of a black picture's pixels are. */
const BLACK = 'blackframe=amount=98:threshold=32';

/** Every n-th picture is looked at, about 30 a second, so that one second means the same at any rate. */
const stepOf = ([num, den]: FrameRate): number => Math.max(1, Math.round(num / den / 30));
/** Pictures looked at in one second: over so many, flashes are counted. */
const windowOf = (rate: FrameRate): number => Math.max(2, Math.round(rate[0] / rate[1] / stepOf(rate)));

/** Frames before a chunk that the filters have to see too, for what they say of its first ones to be right. */
export const analysisPreRoll = (rate: FrameRate): number => windowOf(rate) * stepOf(rate);

/** The end of a filter chain: looks at pictures whose timestamps are frame numbers, and prints what it saw. */
export function analysisFilters(rate: FrameRate): string[] {
  return [
    ...(stepOf(rate) > 1 ? [`select=not(mod(pts\\,${stepOf(rate)}))`] : []),
    `scale=${SIZE}:flags=fast_bilinear`,
    `photosensitivity=bypass=1:frames=${windowOf(rate)}`,
    'scdet',
    BLACK,
    `metadata=print:file=${ANALYSIS_FILE}`,
    'nullsink',
  ];
}

/** What the filters saw on one picture. `change`: from the one before, 1 is from all black to all white; null: there was none. */
export type Look = { frame: number; change: number | null; badness: number; cut: boolean; black: boolean };

/** Reads what `metadata=print` wrote. */
export function parseLooks(text: string, rate: FrameRate): Look[] {
  const looks: Look[] = [];
  for (const line of text.split('\n')) {
    const frame = /^frame:\d+ +pts:(\d+)/.exec(line);
    // The filter compares the first picture that it sees with a black one.
    if (frame) looks.push({ frame: Number(frame[1]), change: null, badness: 0, cut: false, black: false });
    const look = looks.at(-1);
    const [key, value] = line.split('=');
    if (!look || value === undefined) continue;
    if (key === 'lavfi.photosensitivity.frame-badness' && looks.length > 1) {
      look.badness = Number(value);
      look.change = look.badness / fullChange(rate);
    }
    if (key === 'lavfi.scd.time') look.cut = looks.length > 1;
    if (key === 'lavfi.blackframe.pblack') look.black = true;
  }
  return looks;
}

/**
 * Badness of a picture that turns from black to white. `vf_photosensitivity.c` adds the changes of red, green and blue over 8×8
 * fields and divides by 8 · 8 · 4 · 256 / 128 for each picture of its window.
 */
const fullChange = (rate: FrameRate): number =>
  (8 * 8 * 3 * 255) / ((8 * 8 * 4 * 256 * windowOf(rate)) / 128);

/** A change of this much of the whole picture is half a flash; pans and walks stay below 0.03, cuts are above. */
const STRONG = 0.05;
/** More than three flashes, each to and fro, within a second (WCAG 2.2, 2.3.1; ITU-R BT.1702). */
const CHANGES = 7;

/** The facts of frames `[first, first + frames)`, from looks at them and at what came before them. */
export function videoFacts(
  looks: readonly Look[],
  { first, frames, rate }: { first: number; frames: number; rate: FrameRate },
): VideoFacts {
  const end = first + frames;
  const step = stepOf(rate);
  const at = (frame: number) => secondsOf(frame, rate);
  const own = looks.filter(({ frame }) => frame >= first && frame < end);
  const black = own.flatMap(({ frame, black }): Span[] =>
    black ? [[at(frame), at(Math.min(frame + step, end))]] : [],
  );
  return {
    scenes: own.filter(({ cut, frame }) => cut && frame > 0).map(({ frame }) => at(frame)),
    black: joinSpans(black),
    flashes: flashesOf(looks, first, end, rate),
  };
}

function flashesOf(looks: readonly Look[], first: number, end: number, rate: FrameRate): Flash[] {
  const window = windowOf(rate);
  const step = stepOf(rate);
  const found = looks.flatMap(({ frame }, i): Flash[] => {
    if (frame < first || frame >= end) return [];
    const second = looks
      .slice(Math.max(0, i - window + 1), i + 1)
      .filter((look) => look.frame > frame - window * step);
    const strong = second.filter(({ change }) => (change ?? 0) >= STRONG);
    if (strong.length < CHANGES) return [];
    // As FFmpeg counts it: what is longer ago weighs less.
    const badness = second.reduce(
      (sum, look) => sum + look.badness * (1 - (frame - look.frame) / (window * step)),
      0,
    );
    const last = strong.at(-1)!.frame;
    return [{ start: secondsOf(strong[0]!.frame, rate), end: secondsOf(last + step, rate), badness }];
  });
  return joinFlashes(found);
}

/** Spans of neighbouring pictures touch, but for rounding. */
const TOUCH_SECONDS = 1e-3;

/** Joins what overlaps or touches, in order of time. */
function join<T>(
  items: readonly T[],
  spanOf: (item: T) => readonly [number, number],
  both: (one: T, other: T) => T,
): T[] {
  const joined: T[] = [];
  for (const item of items.toSorted((a, b) => spanOf(a)[0] - spanOf(b)[0])) {
    const last = joined.at(-1);
    if (last !== undefined && spanOf(item)[0] <= spanOf(last)[1] + TOUCH_SECONDS)
      joined.splice(-1, 1, both(last, item));
    else joined.push(item);
  }
  return joined;
}
const joinSpans = (spans: readonly Span[]): Span[] =>
  join<Span>(
    spans,
    (span) => span,
    ([from, to], [, until]) => [from, Math.max(to, until)],
  );
const joinFlashes = (flashes: readonly Flash[]): Flash[] =>
  join<Flash>(
    flashes,
    ({ start, end }) => [start, end],
    (one, other) => ({
      start: one.start,
      end: Math.max(one.end, other.end),
      badness: Math.max(one.badness, other.badness),
    }),
  );

/**
 * The facts of an episode's chunks, in one: the same as if it had been looked at in one piece. Each chunk saw the second before
 * it, so flashing that straddles a border is reported by one of them at least, with its true start.
 */
export function mergeVideoFacts(chunks: readonly VideoFacts[]): VideoFacts {
  return {
    scenes: [...new Set(chunks.flatMap(({ scenes }) => scenes))].toSorted((a, b) => a - b),
    black: joinSpans(chunks.flatMap(({ black }) => black)),
    flashes: joinFlashes(chunks.flatMap(({ flashes }) => flashes)),
  };
}
