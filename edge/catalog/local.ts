import { sql } from 'drizzle-orm';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { FALLBACK } from './locale.ts';
import type { Viewing } from './viewing.ts';

// What cards are made of (cards.ts), in a viewer's language, as columns to select. The tables have to go by their own names: a
// column of the one table of a select is written without it, and would be the inner table's.

/** Of `titles`. */
export const titleColumns = ({ locale }: Pick<Viewing, 'locale'>) => ({
  id: titles.id,
  slug: titles.slug,
  kind: titles.kind,
  nameMain: titles.nameMain,
  nameNative: titles.nameNative,
  nameEnglish: titles.nameEnglish,
  localName: localName(locale),
  status: titles.status,
  year: titles.year,
  cour: titles.cour,
  ageRating: titles.ageRating,
  genres: titles.genres,
  poster: titles.poster,
  backdrop: titles.backdrop,
  playableEpisodes: titles.playableEpisodes,
  audio: titles.audio,
  subtitles: titles.subtitles,
});

export const localName = (locale: string) =>
  sql<
    string | null
  >`(select name from title_translations where title_id = titles.id and locale = ${locale})`.as('local_name');

/** A text of an episode: in the viewer's language, else in English, else as it was written first. */
const text = (column: 'name' | 'synopsis', locale: string) => {
  const translated = (into: string) =>
    sql`(select ${sql.raw(column)} from episode_translations where episode_id = episodes.id and locale = ${into})`;
  const wanted = [...new Set([locale, FALLBACK])].map(translated);
  return sql<string | null>`coalesce(${sql.join(wanted, sql`, `)}, ${sql.raw(`episodes.${column}`)})`.as(
    `local_${column}`,
  );
};

/** Of `episodes`; `titleId` and `takenDownAt` are for whoever selects them. */
export const episodeColumns = ({ locale }: Pick<Viewing, 'locale'>) => ({
  id: episodes.id,
  titleId: episodes.titleId,
  season: episodes.season,
  number: episodes.number,
  absoluteNumber: episodes.absoluteNumber,
  kind: episodes.kind,
  name: text('name', locale),
  synopsis: text('synopsis', locale),
  still: episodes.still,
  airsAt: episodes.airsAt,
  duration: episodes.duration,
  audio: episodes.audio,
  subtitles: episodes.subtitles,
  flashes: episodes.flashes,
  assetId: episodes.assetId,
  publishedAt: episodes.publishedAt,
  takenDownAt: episodes.takenDownAt,
});
