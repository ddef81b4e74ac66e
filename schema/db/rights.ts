import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { attentionKinds, type Attention } from '../api/rights-room.ts';
import type { Id } from '../ids.ts';
import { businessModels, type BusinessModel, type EarlyAccess } from '../plans.ts';
import { episodes, titles } from './catalog.ts';

/** What of `Attention` is never asked for by. */
export type AttentionAbout = Pick<
  Attention,
  'licenceIds' | 'territories' | 'models' | 'audio' | 'subtitles' | 'episodes'
>;

/** Whom the pictures belong to. */
export const licensors = sqliteTable('licensors', {
  id: text().$type<Id<'licensor'>>().primaryKey(),
  name: text().notNull().unique(),
  /** Whom to write to, contract numbers: for editors only. */
  notes: text(),
  createdAt: integer().notNull(),
  updatedAt: integer().notNull(),
});

/** Which episodes of a title a row is about: all, one season, or a range of one season's numbers, both ends included. */
const scope = {
  titleId: text()
    .$type<Id<'title'>>()
    .notNull()
    .references(() => titles.id, { onDelete: 'cascade' }),
  season: integer(),
  episodeFrom: integer(),
  episodeTo: integer(),
};
const territory = {
  territoryMode: text({ enum: ['include', 'exclude'] }).notNull(),
  /** ISO 3166-1 alpha-2. */
  countries: text({ mode: 'json' }).$type<string[]>().notNull(),
};
/** [startsAt, endsAt), ms UTC; null: open on that side. */
const timespan = { startsAt: integer(), endsAt: integer() };
const models = () => text({ mode: 'json' }).$type<BusinessModel[]>().notNull();

/** What may be shown, where, when and how. No row, no playback. */
export const licences = sqliteTable(
  'licences',
  {
    id: text().$type<Id<'licence'>>().primaryKey(),
    licensorId: text()
      .$type<Id<'licensor'>>()
      .references(() => licensors.id),
    ...scope,
    ...territory,
    ...timespan,
    models: models().default(sql`'["free"]'`),
    maxHeight: integer(),
    audioLanguages: text({ mode: 'json' }).$type<string[]>(),
    subtitleLanguages: text({ mode: 'json' }).$type<string[]>(),
    earlyAccess: text({ mode: 'json' })
      .$type<EarlyAccess[]>()
      .notNull()
      .default(sql`'[]'`),
    downloads: integer({ mode: 'boolean' }).notNull().default(false),
    /** The row that this one amends; that one counts no more. Rows are never changed, so that what was agreed when stays readable. */
    amends: text().$type<Id<'licence'>>(),
    /** Replaced by an amendment, or revoked: grants nothing from then on, ms UTC. */
    endedAt: integer(),
    endedBecause: text(),
    createdBy: text(),
    createdAt: integer().notNull(),
  },
  (t) => [
    index('licences_title').on(t.titleId),
    index('licences_licensor').on(t.licensorId, t.id),
    index('licences_ends')
      .on(t.endsAt, t.id)
      .where(sql`ended_at is null`),
    index('licences_amends')
      .on(t.amends)
      .where(sql`amends is not null`),
    // Few licences have any, and the page of plans asks which plans it is for.
    index('licences_early')
      .on(t.endsAt)
      .where(sql`early_access <> '[]' and ended_at is null`),
  ],
);

/** What a licensor holds back in spite of a licence: these models, there, for that time. */
export const holdbacks = sqliteTable(
  'holdbacks',
  {
    id: text().$type<Id<'holdback'>>().primaryKey(),
    licensorId: text()
      .$type<Id<'licensor'>>()
      .references(() => licensors.id),
    ...scope,
    ...territory,
    ...timespan,
    models: models().default(sql.raw(`'${JSON.stringify(businessModels)}'`)),
    reason: text(),
    createdAt: integer().notNull(),
  },
  (t) => [index('holdbacks_title').on(t.titleId), index('holdbacks_licensor').on(t.licensorId, t.id)],
);

/**
 * Gaps, overlaps and endings of a title's licences, as they were reckoned from them (edge/rights/attention.ts), anew whenever one changes:
 * so what needs somebody in all of the catalogue is read along an index. What is over is swept away.
 */
export const rightsAttention = sqliteTable(
  'rights_attention',
  {
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    /** Of the title: by its time. */
    number: integer().notNull(),
    kind: text({ enum: attentionKinds }).notNull(),
    /** When it happens or begins, ms UTC; 0: it was always there. */
    at: integer().notNull(),
    /** Null: without an end. */
    until: integer(),
    about: text({ mode: 'json' }).$type<AttentionAbout>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.titleId, t.number] }),
    index('rights_attention_at').on(t.at, t.titleId, t.number),
    index('rights_attention_kind').on(t.kind, t.at, t.titleId, t.number),
    index('rights_attention_until').on(t.until),
  ],
);

/** What was taken down, by whom and why, and whether it came back: rows are added, and lifted once. The switch is `takenDownAt` of the title or the episode. */
export const takedowns = sqliteTable(
  'takedowns',
  {
    id: text().$type<Id<'takedown'>>().primaryKey(),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    /** Null: the whole title. */
    episodeId: text()
      .$type<Id<'episode'>>()
      .references(() => episodes.id, { onDelete: 'cascade' }),
    reason: text().notNull(),
    /** A user's id; people go, what they did stays. */
    by: text().notNull(),
    at: integer().notNull(),
    liftedAt: integer(),
    liftedBy: text(),
    liftedBecause: text(),
  },
  (t) => [index('takedowns_title').on(t.titleId, t.at), index('takedowns_episode').on(t.episodeId)],
);
