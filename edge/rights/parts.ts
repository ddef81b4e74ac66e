import { countryCodes } from '../../schema/countries.ts';
import { businessModels, type BusinessModel } from '../../schema/plans.ts';
import { licensed } from '../playback/select.ts';
import { covers } from './rows.ts';
import type { LicenceTerms } from './terms.ts';

// What a title's licences take apart, into parts that no licence divides: within one of them each licence counts wholly or not at all.

type Range = { season: number | null; episodeFrom: number | null; episodeTo: number | null };
/** Episodes that no row divides. Season null: every season that no row names. */
export type EpisodesPart = Range;
/** A language that some row names, of the sound or of the subtitles; `*`: any that none names. */
export type TrackPart = { of: 'audio' | 'subtitles'; language: string };
export type Parts = {
  /** Countries that the same rows cover. */
  countries: string[][];
  models: BusinessModel[];
  tracks: TrackPart[];
  episodes: EpisodesPart[];
};

export const partsOf = (rows: readonly LicenceTerms[]): Parts => ({
  countries: [
    ...Map.groupBy(countryCodes, (code) =>
      rows.map((row) => (covers(row, code) ? '1' : '0')).join(''),
    ).values(),
  ],
  models: businessModels.filter((model) => rows.some((row) => row.models.includes(model))),
  tracks: [
    ...tracks(
      'audio',
      rows.map((row) => row.audioLanguages),
    ),
    ...tracks(
      'subtitles',
      rows.map((row) => row.subtitleLanguages),
    ),
  ],
  episodes: [
    { season: null, episodeFrom: null, episodeTo: null },
    ...[...new Set(rows.flatMap(({ season }) => season ?? []))]
      .toSorted((a, b) => a - b)
      .flatMap((season) =>
        ranges(
          season,
          rows.filter((row) => row.season === season),
        ),
      ),
  ],
});

const tracks = (of: TrackPart['of'], lists: readonly LicenceTerms['audioLanguages'][]): TrackPart[] =>
  [...new Set(lists.flatMap((list) => list ?? [])), '*'].map((language) => ({ of, language }));

/** A season, cut wherever a row begins or ends. */
function ranges(season: number, rows: readonly LicenceTerms[]): EpisodesPart[] {
  const cuts = rows.flatMap(({ episodeFrom, episodeTo }) => [
    ...(episodeFrom === null ? [] : [episodeFrom]),
    ...(episodeTo === null ? [] : [episodeTo + 1]),
  ]);
  const begins = [...new Set(cuts)].filter((cut) => cut > 0).toSorted((a, b) => a - b);
  return [null, ...begins].map((from, i) => ({
    season,
    episodeFrom: from,
    episodeTo: begins[i] === undefined ? null : begins[i] - 1,
  }));
}

export const hasEpisodes = (row: LicenceTerms, part: EpisodesPart): boolean =>
  row.season === null ||
  (row.season === part.season &&
    (row.episodeFrom ?? 0) <= (part.episodeFrom ?? 0) &&
    (row.episodeTo ?? Infinity) >= (part.episodeTo ?? Infinity));

export const hasTrack = (row: LicenceTerms, { of, language }: TrackPart): boolean =>
  licensed(language, of === 'audio' ? row.audioLanguages : row.subtitleLanguages);

/** Parts of one season that lie next to each other, as one; all of a season, as the season; all there are, as an empty list. */
export function joined(some: readonly EpisodesPart[], all: readonly EpisodesPart[]): Range[] {
  if (some.length === all.length) return [];
  const list: Range[] = [];
  for (const part of all.filter((one) => some.includes(one))) {
    const last = list.at(-1);
    const follows =
      last?.season === part.season && last.episodeTo !== null && last.episodeTo + 1 === part.episodeFrom;
    if (last && follows) last.episodeTo = part.episodeTo;
    else list.push({ ...part });
  }
  return list;
}
