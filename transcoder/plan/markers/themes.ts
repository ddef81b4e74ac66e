import { indexWords, sharedRuns, type Indexed, type Run } from './fingerprint.ts';

/** Seconds that a theme lasts. Shorter: sponsors' cards and eyecatches; longer: an episode that repeats another. */
export const SHORTEST = 15;
export const LONGEST = 150;

/** Words: each stands for this many steps of sound from its own start on (a frame of 3, an image of 16 frames, a filter of 5). */
const WINDOW = 22;
/** Words: how much of something else before, and after, still makes the same sound's word. Measured on real fingerprints. */
const BLUR = { before: 6, after: 11 };

export type Fingerprinted = { words: Uint32Array; secondsPerWord: number };

/** Where in one episode a theme is heard, seconds. `theme` is the same wherever it is the same sound. */
export type Place = { episode: number; theme: number; start: number; end: number };

type Stretch = { episode: number; start: number; end: number };

/**
 * Episodes after one that it is compared with: two cours, which is as long as an opening stays. A theme of a longer season goes from
 * neighbour to neighbour; hundreds of episodes, each with each, would keep the transcoder from its leases.
 */
const NEIGHBOURS = 26;

/** Everything that is heard in more than one episode. Episodes without a fingerprint are null, and hear nothing. */
export function themesOf(episodes: readonly (Fingerprinted | null)[]): Place[] {
  const stretches: Stretch[] = [];
  const groups = new Groups();
  const indexes = new Map<number, Indexed>();
  const indexed = (i: number, { words }: Fingerprinted): Indexed => {
    const index = indexes.get(i) ?? indexWords(words);
    indexes.set(i, index);
    return index;
  };
  episodes.forEach((a, i) => {
    episodes.slice(i + 1, i + 1 + NEIGHBOURS).forEach((b, k) => {
      if (!a || b?.secondsPerWord !== a.secondsPerWord) return;
      const step = a.secondsPerWord;
      const lengths = [a.words.length, b.words.length] as const;
      const least = Math.floor(SHORTEST / step) - WINDOW;
      for (const run of sharedRuns(indexed(i, a), indexed(i + 1 + k, b), least)) {
        const [before, after] = blurOf(run, lengths);
        const heard = (episode: number, [start, end]: Run['a']): Stretch => ({
          episode,
          start: (start + before) * step,
          end: (end - 1 + WINDOW - after) * step,
        });
        groups.join(stretches.length, stretches.length + 1);
        stretches.push(heard(i, run.a), heard(i + 1 + k, run.b));
      }
    });
    indexes.delete(i); // half a megabyte
  });
  const ofEpisode = Map.groupBy(stretches.keys(), (i) => stretches[i]!.episode);
  for (const own of ofEpisode.values())
    for (const [n, i] of own.entries())
      for (const j of own.slice(0, n)) if (areOne(stretches[i]!, stretches[j]!)) groups.join(i, j);
  return placesOf(stretches, groups).filter(
    ({ start, end }) => end - start >= SHORTEST && end - start <= LONGEST,
  );
}

/** How many words at a run's ends are blurred by other sound: none where it is at the very start or end of an episode. */
const blurOf = ({ a, b }: Run, [aLength, bLength]: readonly [number, number]): [number, number] => [
  Math.min(a[0], b[0]) === 0 ? 0 : BLUR.before,
  a[1] === aLength || b[1] === bLength ? 0 : BLUR.after,
];

/** The same place of an episode, as two comparisons found it. */
const areOne = (a: Stretch, b: Stretch): boolean =>
  a.episode === b.episode &&
  Math.min(a.end, b.end) - Math.max(a.start, b.start) >
    0.6 * (Math.max(a.end, b.end) - Math.min(a.start, b.start));

/** One place for all stretches that are one: medians, so that a single comparison that went too far does not matter. */
function placesOf(stretches: readonly Stretch[], groups: Groups): Place[] {
  const places: { place: Stretch; theme: number; found: Stretch[] }[] = [];
  stretches.forEach((stretch, i) => {
    const theme = groups.of(i);
    const known = places.find((other) => other.theme === theme && areOne(other.place, stretch));
    if (known) known.found.push(stretch);
    else places.push({ place: stretch, theme, found: [stretch] });
  });
  return places.map(({ place: { episode }, theme, found }) => ({
    episode,
    theme,
    start: median(found.map(({ start }) => start)),
    end: median(found.map(({ end }) => end)),
  }));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

/** Numbers joined into groups; a group's name is the least of its numbers. */
class Groups {
  readonly #parents = new Map<number, number>();

  of(item: number): number {
    let root = item;
    for (let parent; (parent = this.#parents.get(root)) !== undefined;) root = parent;
    return root;
  }

  join(a: number, b: number): void {
    const [low, high] = [this.of(a), this.of(b)].toSorted((x, y) => x - y) as [number, number];
    if (low !== high) this.#parents.set(high, low);
  }
}
