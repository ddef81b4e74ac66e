import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { ageRatings, cours, episodeKinds, titleKinds, titleStatuses } from '../api/catalog.ts';
import type { Id } from '../ids.ts';
import type { Flash, Marker } from '../media-facts.ts';
import type { Chapter } from '../package.ts';

/** A picture's place in R2; `key` is content-addressed, so it is immutable. */
export type StoredImage = { key: string; width: number; height: number; thumbhash: string | null };
const list = () =>
  text({ mode: 'json' })
    .$type<string[]>()
    .notNull()
    .default(sql`'[]'`);

export const titles = sqliteTable(
  'titles',
  {
    id: text().$type<Id<'title'>>().primaryKey(),
    slug: text().notNull().unique(),
    kind: text({ enum: titleKinds }).notNull(),
    nameMain: text().notNull(),
    nameNative: text(),
    nameEnglish: text(),
    synonyms: list(),
    status: text({ enum: titleStatuses }).notNull(),
    year: integer(),
    cour: text({ enum: cours }),
    studio: text(),
    ageRating: text({ enum: ageRatings }).notNull(),
    genres: list(),
    tags: list(),
    poster: text({ mode: 'json' }).$type<StoredImage>(),
    backdrop: text({ mode: 'json' }).$type<StoredImage>(),
    logo: text({ mode: 'json' }).$type<StoredImage>(),
    /** Episodes that can be played; kept by publish, so that lists need no count. */
    playableEpisodes: integer().notNull().default(0),
    /** Taken down, ms UTC: nothing of it is shown or played. */
    takenDownAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    index('titles_updated').on(t.updatedAt, t.id),
    index('titles_created').on(t.createdAt, t.id),
    index('titles_name').on(t.nameMain, t.id),
    index('titles_kind').on(t.kind, t.updatedAt, t.id),
  ],
);

export const titleTranslations = sqliteTable(
  'title_translations',
  {
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    /** ISO 639-1. */
    locale: text().notNull(),
    name: text(),
    synopsis: text(),
  },
  (t) => [primaryKey({ columns: [t.titleId, t.locale] })],
);

export const seasons = sqliteTable(
  'seasons',
  {
    id: text().$type<Id<'season'>>().primaryKey(),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    name: text(),
  },
  (t) => [uniqueIndex('seasons_number').on(t.titleId, t.number)],
);

export const episodes = sqliteTable(
  'episodes',
  {
    id: text().$type<Id<'episode'>>().primaryKey(),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    seasonId: text()
      .$type<Id<'season'>>()
      .notNull()
      .references(() => seasons.id, { onDelete: 'cascade' }),
    season: integer().notNull(),
    number: integer().notNull(),
    absoluteNumber: integer(),
    kind: text({ enum: episodeKinds }).notNull().default('story'),
    name: text(),
    synopsis: text(),
    airsAt: integer(),
    /** The asset that viewers get; switched by publish, atomically. No reference: assets point here. */
    assetId: text().$type<Id<'asset'>>(),
    /** Of that asset's package: a play needs no row of the asset. Switched with it, and by an amendment of it. */
    assetRevision: integer().notNull().default(1),
    publishedAt: integer(),
    takenDownAt: integer(),
    /** Copied from the package at publish, so that pages need no package. Seconds. */
    duration: integer(),
    audio: list(),
    subtitles: list(),
    chapters: text({ mode: 'json' }).$type<Chapter[]>(),
    /** Openings and endings to skip, as they were found; an editor's take their place without erasing them. */
    markers: text({ mode: 'json' }).$type<Marker[]>(),
    editedMarkers: text({ mode: 'json' }).$type<Marker[]>(),
    flashes: text({ mode: 'json' }).$type<Flash[]>(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    uniqueIndex('episodes_number').on(t.titleId, t.season, t.number),
    index('episodes_published').on(t.publishedAt, t.id),
  ],
);
