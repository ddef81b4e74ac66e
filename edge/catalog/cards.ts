import type { EpisodeCard, Image, TitleCard } from '../../schema/api/catalog.ts';
import type { episodes, StoredImage, titles } from '../../schema/db/catalog.ts';

// Rows as the API shows them.

export type TitleRow = typeof titles.$inferSelect;
export type EpisodeRow = typeof episodes.$inferSelect;

/** A picture with its address; keys in R2 are addresses without the leading slash. */
export const image = (stored: StoredImage | null): Image | null => {
  if (!stored) return null;
  const { key, ...rest } = stored;
  return { src: `/${key}`, ...rest };
};

/** What a card takes of a title: `titleColumns` (local.ts) selects it, with its name in the viewer's language. */
export type TitleFacts = Pick<
  TitleRow,
  | 'id'
  | 'slug'
  | 'kind'
  | 'nameMain'
  | 'nameNative'
  | 'nameEnglish'
  | 'status'
  | 'year'
  | 'cour'
  | 'ageRating'
  | 'genres'
  | 'poster'
  | 'backdrop'
  | 'playableEpisodes'
  | 'audio'
  | 'subtitles'
> & { localName?: string | null };

export const titleCard = (row: TitleFacts): TitleCard => ({
  id: row.id,
  slug: row.slug,
  kind: row.kind,
  names: {
    main: row.nameMain,
    native: row.nameNative,
    english: row.nameEnglish,
    local: [row.nameMain, row.nameNative, row.nameEnglish].includes(row.localName ?? null)
      ? null
      : (row.localName ?? null),
  },
  status: row.status,
  year: row.year,
  cour: row.cour,
  ageRating: row.ageRating,
  genres: row.genres,
  poster: image(row.poster),
  backdrop: image(row.backdrop),
  episodes: row.playableEpisodes,
  audio: row.audio,
  subtitles: row.subtitles,
});

/** What a card takes of an episode: `episodeColumns` (local.ts) selects it, with name and synopsis in the viewer's language. */
export type EpisodeFacts = Pick<
  EpisodeRow,
  | 'id'
  | 'season'
  | 'number'
  | 'absoluteNumber'
  | 'kind'
  | 'name'
  | 'synopsis'
  | 'still'
  | 'airsAt'
  | 'duration'
  | 'audio'
  | 'subtitles'
  | 'flashes'
  | 'assetId'
  | 'publishedAt'
>;

/** The one place where episodes become answers. */
export const episodeCard = (row: EpisodeFacts): EpisodeCard => ({
  id: row.id,
  season: row.season,
  number: row.number,
  absoluteNumber: row.absoluteNumber,
  kind: row.kind,
  name: row.name,
  synopsis: row.synopsis,
  still: image(row.still),
  shielded: false,
  airsAt: row.airsAt,
  duration: row.duration,
  audio: row.audio,
  subtitles: row.subtitles,
  flashing: (row.flashes ?? []).length > 0,
  playable: isPlayable(row),
});

/** Published: an asset that viewers get. */
const isPlayable = ({ assetId, publishedAt }: Pick<EpisodeRow, 'assetId' | 'publishedAt'>): boolean =>
  assetId !== null && publishedAt !== null;
