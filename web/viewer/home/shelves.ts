import type { EpisodeCard, RecentEpisode, TitleCard } from '../../../schema/api/catalog.ts';

/** What the home page opens with: the newest title that can be played; else the first with a picture; else the first. */
export function featured({
  recent,
  titles,
}: {
  recent: readonly RecentEpisode[];
  titles: readonly TitleCard[];
}): { title: TitleCard; episode: EpisodeCard | null } | null {
  const [newest] = recent;
  if (newest) return newest;
  const title = titles.find(({ backdrop }) => backdrop) ?? titles[0];
  return title ? { title, episode: null } : null;
}

/** A page of shelves is to be looked through: so many genres, of so many titles each; each shelf says where all of them are. */
const SHELVES = 5;
const ON_A_SHELF = 18;

/** A genre gets a shelf from three titles on; the fullest first. */
export function byGenre(titles: readonly TitleCard[]): { genre: string; titles: TitleCard[] }[] {
  const shelves = new Map<string, TitleCard[]>();
  for (const title of titles)
    for (const genre of new Set(title.genres)) shelves.set(genre, [...(shelves.get(genre) ?? []), title]);
  return [...shelves]
    .map(([genre, titles]) => ({ genre, titles }))
    .filter(({ titles }) => titles.length > 2)
    .sort((a, b) => b.titles.length - a.titles.length || a.genre.localeCompare(b.genre, 'en'))
    .slice(0, SHELVES)
    .map(({ genre, titles }) => ({ genre, titles: titles.slice(0, ON_A_SHELF) }));
}
