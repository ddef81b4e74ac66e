-- The generation of the catalogue: it moves on with every change of what lists and pages of it show, in the same transaction, whoever
-- makes it (docs/adr/0052). What of `titles` is left out is shown nowhere (`shown_until`), or reckoned all the time (`trend`);
-- facets and search texts are written along with their title.
INSERT INTO catalogue_generation (id, value) VALUES (1, 1);
--> statement-breakpoint
CREATE TRIGGER generation_titles_made AFTER INSERT ON titles BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_titles_changed AFTER UPDATE OF slug, kind, name_main, name_native, name_english, synonyms, status, year, cour, studio, age_rating, original_language, genres, tags, people, poster, backdrop, logo, playable_episodes, audio, subtitles, last_episode_at, shown_in, taken_down_at, updated_at ON titles BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_titles_erased AFTER DELETE ON titles BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_title_translations_made AFTER INSERT ON title_translations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_title_translations_changed AFTER UPDATE ON title_translations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_title_translations_erased AFTER DELETE ON title_translations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_title_relations_made AFTER INSERT ON title_relations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_title_relations_changed AFTER UPDATE ON title_relations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_title_relations_erased AFTER DELETE ON title_relations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_seasons_made AFTER INSERT ON seasons BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_seasons_changed AFTER UPDATE ON seasons BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_seasons_erased AFTER DELETE ON seasons BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episodes_made AFTER INSERT ON episodes BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episodes_changed AFTER UPDATE ON episodes BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episodes_erased AFTER DELETE ON episodes BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episode_translations_made AFTER INSERT ON episode_translations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episode_translations_changed AFTER UPDATE ON episode_translations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episode_translations_erased AFTER DELETE ON episode_translations BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episode_orders_made AFTER INSERT ON episode_orders BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episode_orders_changed AFTER UPDATE ON episode_orders BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_episode_orders_erased AFTER DELETE ON episode_orders BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_plans_made AFTER INSERT ON plans BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_plans_changed AFTER UPDATE ON plans BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
--> statement-breakpoint
CREATE TRIGGER generation_plans_erased AFTER DELETE ON plans BEGIN
  UPDATE catalogue_generation SET value = value + 1;
END;
