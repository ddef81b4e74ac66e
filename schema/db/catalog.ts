import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import {
  ageRatings,
  cours,
  episodeKinds,
  orderKinds,
  relationKinds,
  titleKinds,
  titleStatuses,
} from '../catalog-terms.ts';
import type { Id } from '../ids.ts';
import type { Flash, Marker } from '../media-facts.ts';
import type { Chapter } from '../package.ts';

/** A picture's place in R2; `key` is content-addressed, so it is immutable. */
export type StoredImage = { key: string; width: number; height: number; thumbhash: string | null };
/** Somebody who made a title: director, character designer, voice of a part. `role` is a free word, in English. */
export type Person = { name: string; native: string | null; role: string };
const list = () =>
  text({ mode: 'json' })
    .$type<string[]>()
    .notNull()
    .default(sql`'[]'`);

/** What of titles editors ask for; each has an index of its own, which a query walks that says the same, word for word. */
export const titleStates = [
  { state: 'draft', is: 'draft = 1' },
  { state: 'published', is: 'draft = 0 and taken_down_at is null' },
  { state: 'down', is: 'taken_down_at is not null' },
  { state: 'posterless', is: 'poster is null' },
  { state: 'backdropless', is: 'backdrop is null' },
  { state: 'logoless', is: 'logo is null' },
] as const;

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
    /** BCP 47 of what is spoken in the original; every other language is a dub. */
    originalLanguage: text().notNull().default('ja'),
    /** Ids at MyAnimeList and AniList, for imports and exports of lists. */
    malId: integer(),
    anilistId: integer(),
    genres: list(),
    tags: list(),
    people: text({ mode: 'json' })
      .$type<Person[]>()
      .notNull()
      .default(sql`'[]'`),
    poster: text({ mode: 'json' }).$type<StoredImage>(),
    backdrop: text({ mode: 'json' }).$type<StoredImage>(),
    logo: text({ mode: 'json' }).$type<StoredImage>(),
    /** Episodes that can be played; kept by publish, so that lists need no count. */
    playableEpisodes: integer().notNull().default(0),
    /** Languages that any playable episode can be heard and read in; kept by publish. */
    audio: list(),
    subtitles: list(),
    /** When its newest episode became playable, ms UTC. */
    lastEpisodeAt: integer(),
    /**
     * Where it may be shown, by its licences as they stand now or will: ISO 3166-1 codes between spaces (` JP US `), `*` everywhere,
     * empty nowhere. Reckoned from the licences (edge/catalog), anew whenever they change and at `shownUntil`.
     */
    shownIn: text().notNull().default(''),
    /** When a licence ends next, ms UTC; null: none does. */
    shownUntil: integer(),
    /** How much it is watched these days: plays of the last week, each worth less the older it is. Reckoned by the sweeper. */
    trend: real().notNull().default(0),
    /** What lists by name go by: "citrus" stands beside "Clannad", not behind "Zipang". Of Latin letters without marks only (SQLite's `lower`). */
    sortName: text()
      .notNull()
      .generatedAlwaysAs(sql`lower(name_main)`, { mode: 'virtual' }),
    /** When it was aired, as a number that sorts: the year, within it the cour in calendar order; 0 where not even the year is known. */
    aired: integer()
      .notNull()
      .generatedAlwaysAs(
        sql`coalesce(year, 0) * 5 + case cour when 'winter' then 1 when 'spring' then 2 when 'summer' then 3 when 'autumn' then 4 else 0 end`,
        { mode: 'virtual' },
      ),
    /** Taken down, ms UTC: nothing of it is shown or played. */
    takenDownAt: integer(),
    /** Still being made: nobody but staff sees it, whatever its licences say. */
    draft: integer({ mode: 'boolean' }).notNull().default(false),
    /** When a draft is to be published, ms UTC; null: when somebody says so. */
    publishAt: integer(),
    /** One more with each change by an editor: what `If-Match` is compared with. */
    revision: integer().notNull().default(1),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    index('titles_publish')
      .on(t.publishAt)
      .where(sql`publish_at is not null`),
    index('titles_updated').on(t.updatedAt, t.id),
    ...titleStates.map(({ state, is }) => index(`titles_${state}`).on(t.updatedAt, t.id).where(sql.raw(is))),
    index('titles_created').on(t.createdAt, t.id),
    index('titles_name').on(t.sortName, t.id),
    index('titles_trend').on(t.trend, t.id),
    index('titles_aired').on(t.aired, t.id),
    index('titles_shown_until').on(t.shownUntil),
    index('titles_mal').on(t.malId),
    index('titles_anilist').on(t.anilistId),
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

/** What of episodes editors ask for; each has an index of its own, which a query walks that says the same, word for word. */
export const episodeStates = [
  { state: 'bare', is: 'asset_id is null and ready_asset_id is null' },
  { state: 'ready', is: 'ready_asset_id is not null' },
  { state: 'onsite', is: 'asset_id is not null' },
] as const;

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
    /** Its best picture, as it stands in the catalogue's own bucket; copied at publish. */
    still: text({ mode: 'json' }).$type<StoredImage>(),
    chapters: text({ mode: 'json' }).$type<Chapter[]>(),
    /** Openings and endings to skip, as they were found; an editor's take their place without erasing them. */
    markers: text({ mode: 'json' }).$type<Marker[]>(),
    editedMarkers: text({ mode: 'json' }).$type<Marker[]>(),
    /** Where advertising may be shown, to whoever watches with it: seconds, ascending; 0: before it begins. */
    breaks: text({ mode: 'json' }).$type<number[]>(),
    flashes: text({ mode: 'json' }).$type<Flash[]>(),
    /** A switch to another asset that is to come: to which, and when, ms UTC. Both or neither. */
    publishAssetId: text().$type<Id<'asset'>>(),
    publishAt: integer(),
    /** Why the last scheduled switch was not made, in words; null: none was refused, or somebody has dealt with it. */
    publishRefused: text(),
    /** The newest verified asset, unless it is the one that viewers get; kept by triggers (editing.sql). */
    readyAssetId: text().$type<Id<'asset'>>(),
    /** One more with each change by an editor: what `If-Match` is compared with. */
    revision: integer().notNull().default(1),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    index('episodes_publish')
      .on(t.publishAt)
      .where(sql`publish_at is not null`),
    index('episodes_publish_refused')
      .on(t.updatedAt, t.id)
      .where(sql`publish_refused is not null`),
    // The lists of editors, by last change and by air time, as they are narrowed (edge/catalog/editors-list-queries.ts).
    index('episodes_updated').on(t.updatedAt, t.id),
    index('episodes_title').on(t.titleId, t.updatedAt, t.id),
    index('episodes_title_airs').on(t.titleId, t.airsAt, t.id),
    ...episodeStates.flatMap(({ state, is }) => [
      index(`episodes_${state}`).on(t.updatedAt, t.id).where(sql.raw(is)),
      index(`episodes_${state}_airs`).on(t.airsAt, t.id).where(sql.raw(is)),
    ]),
    uniqueIndex('episodes_number').on(t.titleId, t.season, t.number),
    index('episodes_season').on(t.seasonId),
    index('episodes_published').on(t.publishedAt, t.id),
    index('episodes_airs').on(t.airsAt, t.id),
  ],
);

/** Names and synopses of episodes by locale; `episodes.name` and `.synopsis` are what is shown where none of these fits. */
export const episodeTranslations = sqliteTable(
  'episode_translations',
  {
    episodeId: text()
      .$type<Id<'episode'>>()
      .notNull()
      .references(() => episodes.id, { onDelete: 'cascade' }),
    /** ISO 639-1. */
    locale: text().notNull(),
    name: text(),
    synopsis: text(),
  },
  (t) => [primaryKey({ columns: [t.episodeId, t.locale] })],
);

/** Each relation stands once for either side, so that a title's page reads its own rows only. */
export const titleRelations = sqliteTable(
  'title_relations',
  {
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    relatedId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    kind: text({ enum: relationKinds }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.titleId, t.relatedId] }),
    index('title_relations_related').on(t.relatedId),
  ],
);

/** An order of a title's episodes that differs from season and number: where its specials and films are to be watched. */
export const episodeOrders = sqliteTable(
  'episode_orders',
  {
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    kind: text({ enum: orderKinds }).notNull(),
    episodeIds: text({ mode: 'json' }).$type<Id<'episode'>[]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.titleId, t.kind] })],
);

export const facetKinds = [
  'genre',
  'tag',
  'studio',
  'kind',
  'status',
  'year',
  'cour',
  'rating',
  'audio',
  'subtitle',
] as const;

/**
 * What lists are narrowed by, a row a value: kept with the title it is of (edge/catalog/title-facts.ts), and
 * counted by the triggers of schema/db/facets.sql. One of `rating` means that rating or younger: a title has a row for its own and for
 * each above it.
 */
export const titleFacets = sqliteTable(
  'title_facets',
  {
    kind: text({ enum: facetKinds }).notNull(),
    /** Folded: lower case, NFKC. */
    value: text().notNull(),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    /** As it is shown. */
    label: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.value, t.titleId] }),
    index('title_facets_title').on(t.titleId, t.kind, t.value),
  ],
);

/** One row, id 1: `value` moves on with every change of what is shown of the catalogue, by the triggers of schema/db/generation.sql. */
export const catalogueGeneration = sqliteTable('catalogue_generation', {
  id: integer().primaryKey(),
  value: integer().notNull(),
});
