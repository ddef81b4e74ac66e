import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { textSources } from '../search-terms.ts';
import type { Id } from '../ids.ts';
import { titles } from './catalog.ts';

/**
 * All that a title can be found by, a row a text. Written with every change of the title, in its batch (edge/search/index-title.ts);
 * triggers carry each row into the full-text tables of search.sql, by `id`. Rows are made and erased, never changed.
 */
export const searchTexts = sqliteTable(
  'search_texts',
  {
    id: integer().primaryKey(),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id, { onDelete: 'cascade' }),
    source: text({ enum: textSources }).notNull(),
    /** Of translations, the locale (ISO 639-1); of tags, whether they are the genres; else empty. Each part is written by itself. */
    part: text().notNull(),
    /** As it is shown. */
    text: text().notNull(),
    /** Folded (edge/search/fold.ts): words in Latin letters, with blanks between; empty for a synopsis. */
    latin: text().notNull(),
    /** Folded: as Japanese, Chinese or Korean write it; empty where there is nothing of that. */
    native: text().notNull(),
    /** The tokens that it is found by: its words, its initials, its bigrams of kanji and kana. */
    tokens: text().notNull(),
  },
  (t) => [index('search_texts_title').on(t.titleId, t.source, t.part)],
);

/** How far the sweeper is in comparing the index with the catalogue: the last title that it saw. One row, `id` 1. */
export const searchSweep = sqliteTable('search_sweep', {
  id: integer().primaryKey(),
  after: text().notNull(),
});
