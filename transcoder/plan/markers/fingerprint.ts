/**
 * Seconds from one word of a chromaprint to the next, by its default algorithm: frames of 4096 samples at 11,025 Hz, each a third of
 * a frame after the one before, in whole samples.
 */
export const SECONDS_PER_WORD = 1365 / 11_025;

/** Words of 32 bits as they are stored, little-endian. A cut word at the end is left out. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, i) => view.getUint32(i * 4, true));
}

/** `[start, end)` in words of each of two fingerprints: the same sound. */
export type Run = { a: [number, number]; b: [number, number] };

/**
 * A fingerprint, which of its words say something, and where in it each half of a word occurs: `places` of half `h` are
 * `[starts[h], starts[h + 1])`.
 */
export type Indexed = {
  words: Uint32Array;
  telling: Uint8Array;
  halves: { starts: Uint32Array; places: Uint32Array }[];
};

const HALF = 1 << 16;
const shifts = [0, 16] as const;

/**
 * Words of the same sound differ in a bit or two after another encode (measured: 1.5 of 32; of different sounds 14). One half
 * of such a word is mostly whole, so halves are what is looked up: tolerance without trying every flipped bit.
 */
export function indexWords(words: Uint32Array): Indexed {
  const halves = shifts.map((shift) => {
    const starts = new Uint32Array(HALF + 1);
    for (const word of words) starts[((word >>> shift) & 0xffff) + 1]!++;
    for (let half = 0; half < HALF; half++) starts[half + 1]! += starts[half]!;
    const next = starts.slice();
    const places = new Uint32Array(words.length);
    words.forEach((word, place) => (places[next[(word >>> shift) & 0xffff]!++] = place));
    return { starts, places };
  });
  const telling = Uint8Array.from(words, (word, i) =>
    i < RECENT || bitsOf(word ^ words[i - RECENT]!) > HELD ? 1 : 0,
  );
  return { words, telling, halves };
}

/** A word as it was a second ago, but for a few bits, is silence or a held tone: any two films share those. */
const RECENT = 8;
const HELD = 4;
/** A half that is everywhere does not say where. */
const COMMON = 24;
/** Votes an offset needs to be looked at, and how many offsets are. By chance an offset gets two or three. */
const MIN_VOTES = 12;
const MAX_OFFSETS = 12;

/** Stretches of at least `least` words that both fingerprints have. */
export function sharedRuns(a: Indexed, b: Indexed, least: number): Run[] {
  const zero = b.words.length;
  const votes = new Uint32Array(a.words.length + zero + 2);
  shifts.forEach((shift, h) => {
    const { starts, places } = b.halves[h]!;
    for (let i = 0; i < a.words.length; i++) {
      if (!a.telling[i]) continue;
      const half = (a.words[i]! >>> shift) & 0xffff;
      const from = starts[half]!;
      const to = starts[half + 1]!;
      if (to - from <= COMMON) for (let p = from; p < to; p++) votes[i - places[p]! + zero]!++;
    }
  });
  // The same sound may lie between two offsets of whole words.
  const wide = (at: number) => (votes[at - 1] ?? 0) + (votes[at] ?? 0) + (votes[at + 1] ?? 0);
  const offsets: { offset: number; votes: number }[] = [];
  for (let at = 1; at < votes.length - 1; at++) {
    const peak = votes[at]! >= votes[at - 1]! && votes[at]! > votes[at + 1]!;
    if (peak && wide(at) >= MIN_VOTES) offsets.push({ offset: at - zero, votes: wide(at) });
  }
  offsets.sort((x, y) => y.votes - x.votes);
  return offsets
    .slice(0, MAX_OFFSETS)
    .flatMap(({ offset }) => runsAlong(a, b, offset, least))
    .sort((x, y) => y.a[1] - y.a[0] - (x.a[1] - x.a[0]))
    .filter(
      (run, i, all) => !all.slice(0, i).some((longer) => within(run.a, longer.a) && within(run.b, longer.b)),
    );
}

const within = ([start, end]: [number, number], [from, to]: [number, number]): boolean =>
  Math.min(end, to) - Math.max(start, from) > (end - start) / 2;

/** Bits: less speaks for the same sound, more against it. */
const SAME = 8;
/** How much may speak against a run before it is over: two seconds of another sound. */
const DROP = 16 * (14 - SAME);

/**
 * Extends as BLAST does: a run ends where its score was best once it has fallen too far below that. Words that say nothing may
 * speak against a run, never for it.
 */
function runsAlong(a: Indexed, b: Indexed, offset: number, least: number): Run[] {
  const runs: Run[] = [];
  const end = Math.min(a.words.length, b.words.length + offset);
  let start = Math.max(0, offset);
  let [score, best, bestAt] = [0, 0, start];
  for (let i = start; i < end; i++) {
    const evidence = SAME - bitsOf(a.words[i]! ^ b.words[i - offset]!);
    score += a.telling[i] ? evidence : Math.min(0, evidence);
    if (score > best) [best, bestAt] = [score, i + 1];
    if (score >= 0 && best - score <= DROP && i + 1 < end) continue;
    if (bestAt - start >= least) runs.push({ a: [start, bestAt], b: [start - offset, bestAt - offset] });
    start = i + 1;
    [score, best, bestAt] = [0, 0, start];
  }
  return runs;
}

function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x5555_5555);
  const fours = (pairs & 0x3333_3333) + ((pairs >>> 2) & 0x3333_3333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
