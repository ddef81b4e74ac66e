import type { TaskSpecOf } from '../../../schema/jobs/task.ts';
import type { Marker, Span } from '../../../schema/media-facts.ts';
import { chapterMarkers } from './chapters.ts';
import { SHORTEST, themesOf, type Fingerprinted, type Place } from './themes.ts';

export type Episode = Pick<
  TaskSpecOf<'markers'>['episodes'][number],
  'duration' | 'chapters' | 'silence' | 'black'
> & { fingerprint: Fingerprinted | null };

/** Seconds. Music cues come back too, so a short theme has to be heard in a third of the season to be its opening. */
const SHORT = 40;
/** Seconds from an edge that sound gives to a silence or a black picture that is its true one. */
const REACH = 1;

/**
 * What viewers of a season may skip, episode by episode (ADR 0030): what chapters name, and otherwise what is heard again in
 * other episodes. At most one marker of a kind in an episode; nothing where nothing repeats.
 */
export function markersOf(episodes: readonly Episode[]): Marker[][] {
  const themes = themesOf(episodes.map(({ fingerprint }) => fingerprint));
  const found = episodes.map((episode, i) => {
    const named = chapterMarkers(episode.chapters);
    const heard = (['opening', 'ending'] as const)
      .filter((kind) => !named.some((marker) => marker.kind === kind))
      .flatMap((kind) => best(kind, i, themes, episodes) ?? []);
    return [...named, ...heard.map((marker) => refined(marker, episode))].toSorted(
      (a, b) => a.start - b.start,
    );
  });
  return withFirsts(found, themes, episodes);
}

type Found = Omit<Marker, 'first'>;

/** An opening is heard in the first half of an episode, an ending in its last third: what is between is a song of the story. */
function kindOf({ start, end, episode }: Place, episodes: readonly Episode[]): 'opening' | 'ending' | null {
  const middle = (start + end) / 2 / episodes[episode]!.duration;
  return middle < 1 / 2 ? 'opening' : middle > 2 / 3 ? 'ending' : null;
}

/** The theme of that kind that most of the season has most of. */
function best(
  kind: 'opening' | 'ending',
  episode: number,
  themes: readonly Place[],
  episodes: readonly Episode[],
): Found | null {
  const season = episodes.filter(({ fingerprint }) => fingerprint).length;
  const fitting = themes.flatMap((place) => {
    if (place.episode !== episode || kindOf(place, episodes) !== kind) return [];
    const same = themes.filter(({ theme }) => theme === place.theme);
    const heardIn = new Set(same.map((other) => other.episode)).size;
    // A last episode may end with the opening; a recap, which plays what the episode before ended with, is neither.
    const alike = new Set(same.flatMap((other) => (kindOf(other, episodes) === kind ? [other.episode] : [])))
      .size;
    const length = place.end - place.start;
    const known = (alike >= 2 || heardIn >= 3) && (length >= SHORT || heardIn >= season / 3);
    return known ? [{ place, weight: heardIn * length }] : [];
  });
  const [first] = fitting.toSorted((a, b) => b.weight - a.weight);
  if (!first) return null;
  const { start, end } = first.place;
  return {
    kind,
    start: Math.max(0, start),
    end: Math.min(end, episodes[episode]!.duration),
    source: 'fingerprint',
  };
}

/** Moves edges to where sound or picture says that something ends or begins: a silence first, black pictures otherwise. */
function refined(marker: Found, { silence, black }: Episode): Found {
  const start = edge(marker.start, 1, silence) ?? edge(marker.start, 1, black) ?? marker.start;
  const end = edge(marker.end, 0, silence) ?? edge(marker.end, 0, black) ?? marker.end;
  return end - start > REACH ? { ...marker, start, end } : marker;
}

/** A stretch starts where a span ends (`side` 1) and ends where one starts (0). Null: there is none near. */
function edge(time: number, side: 0 | 1, spans: readonly Span[]): number | null {
  const near = spans
    .filter((span) => Math.abs(span[side] - time) <= REACH || (span[0] <= time && time <= span[1]))
    .map((span) => span[side])
    .toSorted((a, b) => Math.abs(a - time) - Math.abs(b - time));
  return near[0] ?? null;
}

/**
 * Says of each opening and ending whether the season has not had it before: by its sound, where that can be compared. A sound
 * that no other episode has is new; where there is none to compare, or too little of it, the season's first of the kind is.
 */
function withFirsts(
  found: readonly Found[][],
  themes: readonly Place[],
  episodes: readonly Episode[],
): Marker[][] {
  const had = new Set<string>();
  const comparable = episodes.filter(({ fingerprint }) => fingerprint).length > 1;
  return found.map((markers, episode) =>
    markers.map((marker) => {
      const { kind } = marker;
      if (kind !== 'opening' && kind !== 'ending') return { ...marker, first: false };
      const place = themes.find((other) => other.episode === episode && overlap(other, marker) > 0.5);
      const told = comparable && marker.end - marker.start >= SHORTEST;
      const alone = told && episodes[episode]!.fingerprint !== null;
      const sound = place ? `theme ${place.theme}` : alone ? `only in ${episode}` : kind;
      const first = !had.has(sound);
      had.add(sound).add(kind);
      return { ...marker, first };
    }),
  );
}

const overlap = (a: { start: number; end: number }, b: { start: number; end: number }): number =>
  (Math.min(a.end, b.end) - Math.max(a.start, b.start)) / Math.min(a.end - a.start, b.end - b.start);
