import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Id } from '../ids.ts';
import { titles } from './catalog.ts';

/** What may be shown, where and when. No row, no playback. */
export const licences = sqliteTable(
  'licences',
  {
    id: text().$type<Id<'licence'>>().primaryKey(),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    territoryMode: text({ enum: ['include', 'exclude'] }).notNull(),
    /** ISO 3166-1 alpha-2. */
    countries: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** [startsAt, endsAt), ms UTC; null: open on that side. */
    startsAt: integer(),
    endsAt: integer(),
    maxHeight: integer(),
    audioLanguages: text({ mode: 'json' }).$type<string[]>(),
    subtitleLanguages: text({ mode: 'json' }).$type<string[]>(),
    createdAt: integer().notNull(),
  },
  (t) => [index('licences_title').on(t.titleId)],
);
