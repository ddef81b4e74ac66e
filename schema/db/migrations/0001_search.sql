-- Full-text tables over search_texts, and the triggers that keep them in step with it: what Drizzle has no words for (ops/migrations.ts).
-- Contentless, so that no text is stored twice. Trigrams, without blanks, forgive typos; tokens are words, initials and, because the
-- trigram tokenizer finds nothing for two kanji, bigrams.
CREATE VIRTUAL TABLE search_trigrams USING fts5(names, other, content = '', contentless_delete = 1, tokenize = 'trigram');
--> statement-breakpoint
CREATE VIRTUAL TABLE search_tokens USING fts5(names, other, synopsis, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3');
--> statement-breakpoint
CREATE VIRTUAL TABLE search_grams USING fts5vocab(search_trigrams, row);
--> statement-breakpoint
CREATE TRIGGER search_texts_made AFTER INSERT ON search_texts BEGIN
  INSERT INTO search_trigrams (rowid, names, other)
  SELECT
    new.id,
    iif(new.source IN ('main', 'native', 'english', 'name', 'synonym'), replace(new.latin, ' ', ''), ''),
    iif(new.source IN ('person', 'studio', 'tag'), replace(new.latin, ' ', ''), '')
  WHERE new.source <> 'synopsis';
  INSERT INTO search_tokens (rowid, names, other, synopsis) VALUES (
    new.id,
    iif(new.source IN ('main', 'native', 'english', 'name', 'synonym'), new.tokens, ''),
    iif(new.source IN ('person', 'studio', 'tag'), new.tokens, ''),
    iif(new.source = 'synopsis', new.tokens, '')
  );
END;
--> statement-breakpoint
CREATE TRIGGER search_texts_erased AFTER DELETE ON search_texts BEGIN
  DELETE FROM search_trigrams WHERE rowid = old.id;
  DELETE FROM search_tokens WHERE rowid = old.id;
END;
