-- How many titles have which facet, for each way that titles are seen: `shown_in` and `age_rating` decide who may be listed what, so
-- a count for any viewer is a sum over few rows instead of a walk through the catalogue (docs/adr/0054). Kept by triggers, in the
-- transaction of whatever changes it; what was taken down is not counted. A table by its key alone: Drizzle has no word for that.
CREATE TABLE facet_counts (
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  shown_in TEXT NOT NULL,
  age_rating TEXT NOT NULL,
  titles INTEGER NOT NULL,
  PRIMARY KEY (kind, value, shown_in, age_rating)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER facet_counts_made AFTER INSERT ON title_facets BEGIN
  INSERT INTO facet_counts (kind, value, shown_in, age_rating, titles)
  SELECT new.kind, new.value, shown_in, age_rating, 1 FROM titles WHERE id = new.title_id AND taken_down_at IS NULL
  ON CONFLICT DO UPDATE SET titles = titles + 1;
END;
--> statement-breakpoint
CREATE TRIGGER facet_counts_erased AFTER DELETE ON title_facets BEGIN
  UPDATE facet_counts SET titles = titles - 1
  WHERE kind = old.kind AND value = old.value
    AND (shown_in, age_rating) = (SELECT shown_in, age_rating FROM titles WHERE id = old.title_id AND taken_down_at IS NULL);
  DELETE FROM facet_counts WHERE kind = old.kind AND value = old.value AND titles = 0;
END;
--> statement-breakpoint
CREATE TRIGGER facet_counts_moved AFTER UPDATE OF shown_in, age_rating, taken_down_at ON titles
WHEN (old.shown_in, old.age_rating, old.taken_down_at IS NULL) <> (new.shown_in, new.age_rating, new.taken_down_at IS NULL) BEGIN
  UPDATE facet_counts SET titles = titles - 1
  WHERE old.taken_down_at IS NULL AND shown_in = old.shown_in AND age_rating = old.age_rating
    AND (kind, value) IN (SELECT kind, value FROM title_facets WHERE title_id = old.id);
  DELETE FROM facet_counts
  WHERE titles = 0 AND (kind, value) IN (SELECT kind, value FROM title_facets WHERE title_id = old.id);
  INSERT INTO facet_counts (kind, value, shown_in, age_rating, titles)
  SELECT kind, value, new.shown_in, new.age_rating, 1 FROM title_facets WHERE title_id = new.id AND new.taken_down_at IS NULL
  ON CONFLICT DO UPDATE SET titles = titles + 1;
END;
--> statement-breakpoint
-- Before the title itself, or what its facets were counted as would not be known any more.
CREATE TRIGGER facet_counts_title BEFORE DELETE ON titles BEGIN
  DELETE FROM title_facets WHERE title_id = old.id;
END;
