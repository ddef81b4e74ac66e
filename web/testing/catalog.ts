import type { EpisodeCard, TitleCard } from '../../schema/api/catalog.ts';

/** A title and an episode as the API gives them, for tests; say what matters to the test. */
export const titleCard = (given: Partial<TitleCard> = {}): TitleCard => ({
  id: 'ttl_0test',
  slug: 'kaze-no-iro',
  kind: 'series',
  names: { main: 'Kaze no Iro', native: '風の色', english: 'The Colour of Wind', local: null },
  status: 'airing',
  year: 2026,
  cour: 'spring',
  ageRating: '12',
  genres: ['Drama'],
  poster: null,
  backdrop: null,
  episodes: 1,
  audio: ['ja', 'en'],
  subtitles: ['en'],
  ...given,
});
export const episodeCard = (given: Partial<EpisodeCard> = {}): EpisodeCard => ({
  id: 'ep_0test',
  season: 1,
  number: 1,
  absoluteNumber: 1,
  kind: 'story',
  name: 'The First Gust',
  synopsis: null,
  still: null,
  shielded: false,
  airsAt: null,
  duration: 1430,
  audio: ['ja', 'en'],
  subtitles: ['en'],
  flashing: false,
  playable: true,
  ...given,
});
