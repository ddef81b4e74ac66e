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

export const titleCard = (row: TitleRow): TitleCard => ({
  id: row.id,
  slug: row.slug,
  kind: row.kind,
  names: { main: row.nameMain, native: row.nameNative, english: row.nameEnglish, local: null },
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

export const episodeCard = (row: EpisodeRow): EpisodeCard => ({
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
