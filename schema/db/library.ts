import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Id } from '../ids.ts';
import { users } from './accounts.ts';
import { profiles } from './profiles.ts';
import { episodes, titles } from './catalog.ts';

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
    startedAt: integer().notNull(),
    lastAt: integer().notNull(),
    /** Key periods given, each once, and the seconds they cover. */
    periods: integer().notNull(),
    seconds: real().notNull(),
  },
  (t) => [index('plays_licence').on(t.licenceId, t.startedAt), index('plays_user').on(t.userId)],
);
