-- Full-text tables: what Drizzle has no words for (ops/migrations.ts).
CREATE VIRTUAL TABLE search_trigrams USING fts5(names, other, content = '', contentless_delete = 1, tokenize = 'trigram');
--> statement-breakpoint
CREATE VIRTUAL TABLE search_words USING fts5(names, other, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
