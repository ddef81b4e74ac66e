import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Id } from '../ids.ts';
import { businessModels, givenBy } from '../plans.ts';
import { users } from './accounts.ts';
import { profiles } from './profiles.ts';
import { episodes, titles } from './catalog.ts';
import { watchStates } from '../library-terms.ts';
import type { TrackChoice } from '../api/playback.ts';

/** How far a profile has come in an episode. Written once a sitting (edge/platform/viewer-account.ts keeps it until then). */
export const progress = sqliteTable(
  'progress',
  {
    profileId: text()
      .$type<Id<'profile'>>()
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    episodeId: text()
      .$type<Id<'episode'>>()
      .notNull()
      .references(() => episodes.id, { onDelete: 'cascade' }),
    titleId: text().$type<Id<'title'>>().notNull(),
    /** Seconds from the start; the episode's length, seconds. */
    position: real().notNull(),
    duration: real().notNull(),
    /** Seen to its end, once at least. */
    completed: integer({ mode: 'boolean' }).notNull(),
    /** When the viewer was there, ms UTC by the server's clock: an older message never replaces a newer one. */
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.profileId, t.episodeId] }),
    index('progress_recent').on(t.profileId, t.at),
    index('progress_title').on(t.profileId, t.titleId),
    index('progress_episode').on(t.episodeId),
  ],
);

/** What was watched, by what the server saw (keys given): what licensors are paid from. One row a play. */
export const plays = sqliteTable(
  'plays',
  {
    id: text().$type<Id<'playback'>>().primaryKey(),
    /** Null once the account is deleted: the minutes stay, the person does not. */
    userId: text().references(() => users.id, { onDelete: 'set null' }),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id),
    episodeId: text()
      .$type<Id<'episode'>>()
      .notNull()
      .references(() => episodes.id),
    licenceId: text().$type<Id<'licence'>>().notNull(),
    country: text(),
    planId: text(),
    /** How it was paid for. */
    model: text({ enum: businessModels }).notNull().default('free'),
    /** What was rented or bought, where it was. */
    purchaseId: text().$type<Id<'purchase'>>(),
    /** Null: by money, or nothing had to be paid. */
    given: text({ enum: givenBy }),
    /** Heard for the longest, BCP 47; null: not known. */
    audio: text(),
    startedAt: integer().notNull(),
    lastAt: integer().notNull(),
    /** Key periods given, each once, and the seconds they cover. */
    periods: integer().notNull(),
    seconds: real().notNull(),
  },
  (t) => [
    index('plays_licence').on(t.licenceId, t.startedAt),
    index('plays_user').on(t.userId, t.id),
    index('plays_started').on(t.startedAt, t.titleId),
    // SQLite looks here before it erases a title or an episode, each of them; without, through all that was ever played.
    index('plays_title').on(t.titleId),
    index('plays_episode').on(t.episodeId),
  ],
);

/** A profile's list: what it wants to watch, watches, has watched. One row a title. */
export const watchlist = sqliteTable(
  'watchlist',
  {
    profileId: text()
      .$type<Id<'profile'>>()
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    state: text({ enum: watchStates }).notNull(),
    /** 1 to 10; null: none given. */
    score: integer(),
    /** Told of new episodes since then, ms UTC; null: not told. */
    followedAt: integer(),
    /** How often it was seen to its end, beyond the first time. */
    rewatched: integer().notNull().default(0),
    notes: text(),
    /** ms UTC. */
    startedAt: integer(),
    finishedAt: integer(),
    /** When the state was last said or moved, ms UTC: what was watched before then does not move it any more. */
    stateAt: integer().notNull(),
    /** When anything of it was watched last, ms UTC; null: never. The row “continue watching” goes by it. */
    watchedAt: integer(),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.profileId, t.titleId] }),
    index('watchlist_state').on(t.profileId, t.state, t.updatedAt),
    index('watchlist_updated').on(t.profileId, t.updatedAt),
    index('watchlist_watched').on(t.profileId, t.watchedAt),
    index('watchlist_followed').on(t.profileId, t.followedAt),
    index('watchlist_title').on(t.titleId),
  ],
);

/** What a profile chose to hear and read in one series: it goes before the profile's preferences. */
export const trackChoices = sqliteTable(
  'track_choices',
  {
    profileId: text()
      .$type<Id<'profile'>>()
      .notNull()
      .references(() => profiles.id, { onDelete: 'cascade' }),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    choice: text({ mode: 'json' }).$type<TrackChoice>().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.profileId, t.titleId] }), index('track_choices_title').on(t.titleId)],
);
