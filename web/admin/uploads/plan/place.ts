import type { AdminEpisode, AdminTitleDetail } from '../../../../schema/api/editing.ts';
import type { FileName } from '../../../../schema/file-name/read.ts';

type Title = Pick<AdminTitleDetail, 'kind'> & {
  episodeList: readonly Pick<AdminEpisode, 'season' | 'number' | 'absoluteNumber' | 'kind' | 'latestJobId'>[];
};
export type Placed = {
  season: number;
  number: number;
  /** How it was told: as the name says, by the title's absolute numbers, by counting through its seasons, or because there is only one. */
  by: 'name' | 'absolute' | 'counted' | 'only';
  /** False: somebody has to say so. */
  sure: boolean;
};

/** Where a file belongs in a title, as far as its name and the title's episodes say; null: they don't. */
export function placeOf(
  { what, season, episode }: Pick<FileName, 'what' | 'season' | 'episode'>,
  title: Title,
): Placed | null {
  if (what === 'special')
    return episode === null ? null : { season: season ?? 0, number: episode, by: 'name', sure: true };
  if (what === 'episode' && episode !== null)
    return season === null
      ? countedPlace(episode, title)
      : { season, number: episode, by: 'name', sure: true };
  if (what !== 'film' && what !== 'unknown') return null;
  const alone = title.kind === 'movie' || title.episodeList.length === 1;
  return alone
    ? {
        season: title.episodeList[0]?.season ?? 1,
        number: title.episodeList[0]?.number ?? 1,
        by: 'only',
        sure: title.kind === 'movie',
      }
    : null;
}

/** A number without a season: counted through all of them, or from the beginning of one that the name keeps to itself. */
function countedPlace(number: number, { episodeList }: Title): Placed {
  const absolute = episodeList.find((known) => known.absoluteNumber === number);
  if (absolute) return { season: absolute.season, number: absolute.number, by: 'absolute', sure: true };
  const story = episodeList
    .filter(({ season, kind }) => season > 0 && kind !== 'special')
    .toSorted((a, b) => a.season - b.season || a.number - b.number);
  const seasons = [...new Set(story.map(({ season }) => season))];
  if (seasons.length < 2) return { season: seasons[0] ?? 1, number, by: 'name', sure: true };
  const first = story.find((known) => known.season === seasons[0] && known.number === number);
  // `05` of a series with three seasons: the first one's, unless that has its video.
  if (first) return { season: first.season, number, by: 'name', sure: first.latestJobId === null };
  const counted = story[number - 1];
  if (counted) return { season: counted.season, number: counted.number, by: 'counted', sure: true };
  // Beyond all that are known: a new one, at the end of the last season.
  const last = story.at(-1)!;
  return { season: last.season, number: last.number + (number - story.length), by: 'counted', sure: false };
}
