-- Made by ops/audit-triggers.ts of schema/db/audited.ts; not to be edited. What staff change is written down by these triggers, in the
-- transaction of the change, as long as audit_now says whose it is (docs/adr/0064).
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_seals_no_update BEFORE UPDATE ON audit_seals BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER audit_seals_no_delete BEFORE DELETE ON audit_seals BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
--> statement-breakpoint
CREATE VIRTUAL TABLE audit_texts USING fts5(text, content = '', tokenize = 'trigram');
--> statement-breakpoint
CREATE TRIGGER audit_texts_made AFTER INSERT ON audit_entries BEGIN
  INSERT INTO audit_texts (rowid, text) VALUES (new.seq, concat_ws(' ', new.row_id, new.before, new.after));
END;
--> statement-breakpoint
CREATE TRIGGER audit_titles_made AFTER INSERT ON titles WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'titles', new.id, new.id, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('slug', new.slug),
    ('kind', new.kind),
    ('name_main', new.name_main),
    ('name_native', new.name_native),
    ('name_english', new.name_english),
    ('synonyms', new.synonyms),
    ('status', new.status),
    ('year', new.year),
    ('cour', new.cour),
    ('studio', new.studio),
    ('age_rating', new.age_rating),
    ('original_language', new.original_language),
    ('mal_id', new.mal_id),
    ('anilist_id', new.anilist_id),
    ('genres', new.genres),
    ('tags', new.tags),
    ('people', new.people),
    ('poster', new.poster),
    ('backdrop', new.backdrop),
    ('logo', new.logo),
    ('playable_episodes', new.playable_episodes),
    ('audio', new.audio),
    ('subtitles', new.subtitles),
    ('last_episode_at', new.last_episode_at),
    ('shown_in', new.shown_in),
    ('shown_until', new.shown_until),
    ('trend', new.trend),
    ('taken_down_at', new.taken_down_at),
    ('draft', new.draft),
    ('publish_at', new.publish_at),
    ('revision', new.revision),
    ('created_at', new.created_at),
    ('updated_at', new.updated_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_titles_changed AFTER UPDATE OF id, slug, kind, name_main, name_native, name_english, synonyms, status, year, cour, studio, age_rating, original_language, mal_id, anilist_id, genres, tags, people, poster, backdrop, logo, taken_down_at, draft, publish_at, created_at ON titles WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'titles', new.id, new.id, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('slug', old.slug, new.slug),
    ('kind', old.kind, new.kind),
    ('name_main', old.name_main, new.name_main),
    ('name_native', old.name_native, new.name_native),
    ('name_english', old.name_english, new.name_english),
    ('synonyms', old.synonyms, new.synonyms),
    ('status', old.status, new.status),
    ('year', old.year, new.year),
    ('cour', old.cour, new.cour),
    ('studio', old.studio, new.studio),
    ('age_rating', old.age_rating, new.age_rating),
    ('original_language', old.original_language, new.original_language),
    ('mal_id', old.mal_id, new.mal_id),
    ('anilist_id', old.anilist_id, new.anilist_id),
    ('genres', old.genres, new.genres),
    ('tags', old.tags, new.tags),
    ('people', old.people, new.people),
    ('poster', old.poster, new.poster),
    ('backdrop', old.backdrop, new.backdrop),
    ('logo', old.logo, new.logo),
    ('taken_down_at', old.taken_down_at, new.taken_down_at),
    ('draft', old.draft, new.draft),
    ('publish_at', old.publish_at, new.publish_at),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_titles_erased AFTER DELETE ON titles WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'titles', old.id, old.id, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('slug', old.slug),
    ('kind', old.kind),
    ('name_main', old.name_main),
    ('name_native', old.name_native),
    ('name_english', old.name_english),
    ('synonyms', old.synonyms),
    ('status', old.status),
    ('year', old.year),
    ('cour', old.cour),
    ('studio', old.studio),
    ('age_rating', old.age_rating),
    ('original_language', old.original_language),
    ('mal_id', old.mal_id),
    ('anilist_id', old.anilist_id),
    ('genres', old.genres),
    ('tags', old.tags),
    ('people', old.people),
    ('poster', old.poster),
    ('backdrop', old.backdrop),
    ('logo', old.logo),
    ('playable_episodes', old.playable_episodes),
    ('audio', old.audio),
    ('subtitles', old.subtitles),
    ('last_episode_at', old.last_episode_at),
    ('shown_in', old.shown_in),
    ('shown_until', old.shown_until),
    ('trend', old.trend),
    ('taken_down_at', old.taken_down_at),
    ('draft', old.draft),
    ('publish_at', old.publish_at),
    ('revision', old.revision),
    ('created_at', old.created_at),
    ('updated_at', old.updated_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_title_translations_made AFTER INSERT ON title_translations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'title_translations', new.title_id || ' ' || new.locale, new.title_id, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('title_id', new.title_id),
    ('locale', new.locale),
    ('name', new.name),
    ('synopsis', new.synopsis)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_title_translations_changed AFTER UPDATE OF title_id, locale, name, synopsis ON title_translations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'title_translations', new.title_id || ' ' || new.locale, new.title_id, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('title_id', old.title_id, new.title_id),
    ('locale', old.locale, new.locale),
    ('name', old.name, new.name),
    ('synopsis', old.synopsis, new.synopsis))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_title_translations_erased AFTER DELETE ON title_translations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'title_translations', old.title_id || ' ' || old.locale, old.title_id, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('title_id', old.title_id),
    ('locale', old.locale),
    ('name', old.name),
    ('synopsis', old.synopsis)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_seasons_made AFTER INSERT ON seasons WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'seasons', new.id, new.title_id, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('title_id', new.title_id),
    ('number', new.number),
    ('name', new.name)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_seasons_changed AFTER UPDATE OF id, title_id, number, name ON seasons WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'seasons', new.id, new.title_id, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('title_id', old.title_id, new.title_id),
    ('number', old.number, new.number),
    ('name', old.name, new.name))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_seasons_erased AFTER DELETE ON seasons WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'seasons', old.id, old.title_id, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('title_id', old.title_id),
    ('number', old.number),
    ('name', old.name)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episodes_made AFTER INSERT ON episodes WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episodes', new.id, new.title_id, new.id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('title_id', new.title_id),
    ('season_id', new.season_id),
    ('season', new.season),
    ('number', new.number),
    ('absolute_number', new.absolute_number),
    ('kind', new.kind),
    ('name', new.name),
    ('synopsis', new.synopsis),
    ('airs_at', new.airs_at),
    ('asset_id', new.asset_id),
    ('asset_revision', new.asset_revision),
    ('published_at', new.published_at),
    ('taken_down_at', new.taken_down_at),
    ('duration', new.duration),
    ('audio', new.audio),
    ('subtitles', new.subtitles),
    ('still', new.still),
    ('chapters', new.chapters),
    ('markers', new.markers),
    ('edited_markers', new.edited_markers),
    ('breaks', new.breaks),
    ('flashes', new.flashes),
    ('publish_asset_id', new.publish_asset_id),
    ('publish_at', new.publish_at),
    ('publish_refused', new.publish_refused),
    ('ready_asset_id', new.ready_asset_id),
    ('revision', new.revision),
    ('created_at', new.created_at),
    ('updated_at', new.updated_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episodes_changed AFTER UPDATE OF id, title_id, season_id, season, number, absolute_number, kind, name, synopsis, airs_at, asset_id, published_at, taken_down_at, duration, audio, subtitles, still, chapters, markers, edited_markers, breaks, flashes, publish_asset_id, publish_at, publish_refused, created_at ON episodes WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episodes', new.id, new.title_id, new.id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('title_id', old.title_id, new.title_id),
    ('season_id', old.season_id, new.season_id),
    ('season', old.season, new.season),
    ('number', old.number, new.number),
    ('absolute_number', old.absolute_number, new.absolute_number),
    ('kind', old.kind, new.kind),
    ('name', old.name, new.name),
    ('synopsis', old.synopsis, new.synopsis),
    ('airs_at', old.airs_at, new.airs_at),
    ('asset_id', old.asset_id, new.asset_id),
    ('published_at', old.published_at, new.published_at),
    ('taken_down_at', old.taken_down_at, new.taken_down_at),
    ('duration', old.duration, new.duration),
    ('audio', old.audio, new.audio),
    ('subtitles', old.subtitles, new.subtitles),
    ('still', old.still, new.still),
    ('chapters', old.chapters, new.chapters),
    ('markers', old.markers, new.markers),
    ('edited_markers', old.edited_markers, new.edited_markers),
    ('breaks', old.breaks, new.breaks),
    ('flashes', old.flashes, new.flashes),
    ('publish_asset_id', old.publish_asset_id, new.publish_asset_id),
    ('publish_at', old.publish_at, new.publish_at),
    ('publish_refused', old.publish_refused, new.publish_refused),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episodes_erased AFTER DELETE ON episodes WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episodes', old.id, old.title_id, old.id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('title_id', old.title_id),
    ('season_id', old.season_id),
    ('season', old.season),
    ('number', old.number),
    ('absolute_number', old.absolute_number),
    ('kind', old.kind),
    ('name', old.name),
    ('synopsis', old.synopsis),
    ('airs_at', old.airs_at),
    ('asset_id', old.asset_id),
    ('asset_revision', old.asset_revision),
    ('published_at', old.published_at),
    ('taken_down_at', old.taken_down_at),
    ('duration', old.duration),
    ('audio', old.audio),
    ('subtitles', old.subtitles),
    ('still', old.still),
    ('chapters', old.chapters),
    ('markers', old.markers),
    ('edited_markers', old.edited_markers),
    ('breaks', old.breaks),
    ('flashes', old.flashes),
    ('publish_asset_id', old.publish_asset_id),
    ('publish_at', old.publish_at),
    ('publish_refused', old.publish_refused),
    ('ready_asset_id', old.ready_asset_id),
    ('revision', old.revision),
    ('created_at', old.created_at),
    ('updated_at', old.updated_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episode_translations_made AFTER INSERT ON episode_translations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episode_translations', new.episode_id || ' ' || new.locale, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('episode_id', new.episode_id),
    ('locale', new.locale),
    ('name', new.name),
    ('synopsis', new.synopsis)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episode_translations_changed AFTER UPDATE OF episode_id, locale, name, synopsis ON episode_translations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episode_translations', new.episode_id || ' ' || new.locale, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('episode_id', old.episode_id, new.episode_id),
    ('locale', old.locale, new.locale),
    ('name', old.name, new.name),
    ('synopsis', old.synopsis, new.synopsis))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episode_translations_erased AFTER DELETE ON episode_translations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episode_translations', old.episode_id || ' ' || old.locale, (SELECT title_id FROM episodes WHERE id = old.episode_id), old.episode_id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('episode_id', old.episode_id),
    ('locale', old.locale),
    ('name', old.name),
    ('synopsis', old.synopsis)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_title_relations_made AFTER INSERT ON title_relations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'title_relations', new.title_id || ' ' || new.related_id, new.title_id, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('title_id', new.title_id),
    ('related_id', new.related_id),
    ('kind', new.kind)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_title_relations_changed AFTER UPDATE OF title_id, related_id, kind ON title_relations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'title_relations', new.title_id || ' ' || new.related_id, new.title_id, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('title_id', old.title_id, new.title_id),
    ('related_id', old.related_id, new.related_id),
    ('kind', old.kind, new.kind))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_title_relations_erased AFTER DELETE ON title_relations WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'title_relations', old.title_id || ' ' || old.related_id, old.title_id, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('title_id', old.title_id),
    ('related_id', old.related_id),
    ('kind', old.kind)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episode_orders_made AFTER INSERT ON episode_orders WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episode_orders', new.title_id || ' ' || new.kind, new.title_id, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('title_id', new.title_id),
    ('kind', new.kind),
    ('episode_ids', new.episode_ids)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episode_orders_changed AFTER UPDATE OF title_id, kind, episode_ids ON episode_orders WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episode_orders', new.title_id || ' ' || new.kind, new.title_id, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('title_id', old.title_id, new.title_id),
    ('kind', old.kind, new.kind),
    ('episode_ids', old.episode_ids, new.episode_ids))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_episode_orders_erased AFTER DELETE ON episode_orders WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'episode_orders', old.title_id || ' ' || old.kind, old.title_id, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('title_id', old.title_id),
    ('kind', old.kind),
    ('episode_ids', old.episode_ids)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licensors_made AFTER INSERT ON licensors WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licensors', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('name', new.name),
    ('notes', iif(new.notes IS NULL, NULL, '‹withheld›')),
    ('created_at', new.created_at),
    ('updated_at', new.updated_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licensors_changed AFTER UPDATE OF id, name, notes, created_at ON licensors WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licensors', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('name', old.name, new.name),
    ('notes', iif(old.notes IS new.notes, NULL, '‹withheld: before›'), iif(old.notes IS new.notes, NULL, '‹withheld: after›')),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licensors_erased AFTER DELETE ON licensors WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licensors', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('name', old.name),
    ('notes', iif(old.notes IS NULL, NULL, '‹withheld›')),
    ('created_at', old.created_at),
    ('updated_at', old.updated_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licences_made AFTER INSERT ON licences WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licences', new.id, new.title_id, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('licensor_id', new.licensor_id),
    ('title_id', new.title_id),
    ('season', new.season),
    ('episode_from', new.episode_from),
    ('episode_to', new.episode_to),
    ('territory_mode', new.territory_mode),
    ('countries', new.countries),
    ('starts_at', new.starts_at),
    ('ends_at', new.ends_at),
    ('models', new.models),
    ('max_height', new.max_height),
    ('audio_languages', new.audio_languages),
    ('subtitle_languages', new.subtitle_languages),
    ('early_access', new.early_access),
    ('downloads', new.downloads),
    ('amends', new.amends),
    ('ended_at', new.ended_at),
    ('ended_because', new.ended_because),
    ('created_by', new.created_by),
    ('created_at', new.created_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licences_changed AFTER UPDATE OF id, licensor_id, title_id, season, episode_from, episode_to, territory_mode, countries, starts_at, ends_at, models, max_height, audio_languages, subtitle_languages, early_access, downloads, amends, ended_at, ended_because, created_by, created_at ON licences WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licences', new.id, new.title_id, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('licensor_id', old.licensor_id, new.licensor_id),
    ('title_id', old.title_id, new.title_id),
    ('season', old.season, new.season),
    ('episode_from', old.episode_from, new.episode_from),
    ('episode_to', old.episode_to, new.episode_to),
    ('territory_mode', old.territory_mode, new.territory_mode),
    ('countries', old.countries, new.countries),
    ('starts_at', old.starts_at, new.starts_at),
    ('ends_at', old.ends_at, new.ends_at),
    ('models', old.models, new.models),
    ('max_height', old.max_height, new.max_height),
    ('audio_languages', old.audio_languages, new.audio_languages),
    ('subtitle_languages', old.subtitle_languages, new.subtitle_languages),
    ('early_access', old.early_access, new.early_access),
    ('downloads', old.downloads, new.downloads),
    ('amends', old.amends, new.amends),
    ('ended_at', old.ended_at, new.ended_at),
    ('ended_because', old.ended_because, new.ended_because),
    ('created_by', old.created_by, new.created_by),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licences_erased AFTER DELETE ON licences WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licences', old.id, old.title_id, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('licensor_id', old.licensor_id),
    ('title_id', old.title_id),
    ('season', old.season),
    ('episode_from', old.episode_from),
    ('episode_to', old.episode_to),
    ('territory_mode', old.territory_mode),
    ('countries', old.countries),
    ('starts_at', old.starts_at),
    ('ends_at', old.ends_at),
    ('models', old.models),
    ('max_height', old.max_height),
    ('audio_languages', old.audio_languages),
    ('subtitle_languages', old.subtitle_languages),
    ('early_access', old.early_access),
    ('downloads', old.downloads),
    ('amends', old.amends),
    ('ended_at', old.ended_at),
    ('ended_because', old.ended_because),
    ('created_by', old.created_by),
    ('created_at', old.created_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_holdbacks_made AFTER INSERT ON holdbacks WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'holdbacks', new.id, new.title_id, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('licensor_id', new.licensor_id),
    ('title_id', new.title_id),
    ('season', new.season),
    ('episode_from', new.episode_from),
    ('episode_to', new.episode_to),
    ('territory_mode', new.territory_mode),
    ('countries', new.countries),
    ('starts_at', new.starts_at),
    ('ends_at', new.ends_at),
    ('models', new.models),
    ('reason', new.reason),
    ('created_at', new.created_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_holdbacks_changed AFTER UPDATE OF id, licensor_id, title_id, season, episode_from, episode_to, territory_mode, countries, starts_at, ends_at, models, reason, created_at ON holdbacks WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'holdbacks', new.id, new.title_id, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('licensor_id', old.licensor_id, new.licensor_id),
    ('title_id', old.title_id, new.title_id),
    ('season', old.season, new.season),
    ('episode_from', old.episode_from, new.episode_from),
    ('episode_to', old.episode_to, new.episode_to),
    ('territory_mode', old.territory_mode, new.territory_mode),
    ('countries', old.countries, new.countries),
    ('starts_at', old.starts_at, new.starts_at),
    ('ends_at', old.ends_at, new.ends_at),
    ('models', old.models, new.models),
    ('reason', old.reason, new.reason),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_holdbacks_erased AFTER DELETE ON holdbacks WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'holdbacks', old.id, old.title_id, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('licensor_id', old.licensor_id),
    ('title_id', old.title_id),
    ('season', old.season),
    ('episode_from', old.episode_from),
    ('episode_to', old.episode_to),
    ('territory_mode', old.territory_mode),
    ('countries', old.countries),
    ('starts_at', old.starts_at),
    ('ends_at', old.ends_at),
    ('models', old.models),
    ('reason', old.reason),
    ('created_at', old.created_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_takedowns_made AFTER INSERT ON takedowns WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'takedowns', new.id, new.title_id, new.episode_id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('title_id', new.title_id),
    ('episode_id', new.episode_id),
    ('reason', new.reason),
    ('by', new.by),
    ('at', new.at),
    ('lifted_at', new.lifted_at),
    ('lifted_by', new.lifted_by),
    ('lifted_because', new.lifted_because)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_takedowns_changed AFTER UPDATE OF id, title_id, episode_id, reason, by, at, lifted_at, lifted_by, lifted_because ON takedowns WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'takedowns', new.id, new.title_id, new.episode_id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('title_id', old.title_id, new.title_id),
    ('episode_id', old.episode_id, new.episode_id),
    ('reason', old.reason, new.reason),
    ('by', old.by, new.by),
    ('at', old.at, new.at),
    ('lifted_at', old.lifted_at, new.lifted_at),
    ('lifted_by', old.lifted_by, new.lifted_by),
    ('lifted_because', old.lifted_because, new.lifted_because))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_takedowns_erased AFTER DELETE ON takedowns WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'takedowns', old.id, old.title_id, old.episode_id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('title_id', old.title_id),
    ('episode_id', old.episode_id),
    ('reason', old.reason),
    ('by', old.by),
    ('at', old.at),
    ('lifted_at', old.lifted_at),
    ('lifted_by', old.lifted_by),
    ('lifted_because', old.lifted_because)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_takedown_notices_made AFTER INSERT ON takedown_notices WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'takedown_notices', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('state', new.state)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_takedown_notices_changed AFTER UPDATE OF state ON takedown_notices WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'takedown_notices', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('state', old.state, new.state))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_takedown_notices_erased AFTER DELETE ON takedown_notices WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'takedown_notices', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('state', old.state)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_plans_made AFTER INSERT ON plans WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'plans', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('name', new.name),
    ('rank', new.rank),
    ('streams', new.streams),
    ('max_height', new.max_height),
    ('ads', new.ads),
    ('skip_ads', new.skip_ads),
    ('downloads', new.downloads),
    ('trial_days', new.trial_days),
    ('sold', new.sold),
    ('stripe_product_id', new.stripe_product_id),
    ('created_at', new.created_at),
    ('updated_at', new.updated_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_plans_changed AFTER UPDATE OF id, name, rank, streams, max_height, ads, skip_ads, downloads, trial_days, sold, stripe_product_id, created_at ON plans WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'plans', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('name', old.name, new.name),
    ('rank', old.rank, new.rank),
    ('streams', old.streams, new.streams),
    ('max_height', old.max_height, new.max_height),
    ('ads', old.ads, new.ads),
    ('skip_ads', old.skip_ads, new.skip_ads),
    ('downloads', old.downloads, new.downloads),
    ('trial_days', old.trial_days, new.trial_days),
    ('sold', old.sold, new.sold),
    ('stripe_product_id', old.stripe_product_id, new.stripe_product_id),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_plans_erased AFTER DELETE ON plans WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'plans', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('name', old.name),
    ('rank', old.rank),
    ('streams', old.streams),
    ('max_height', old.max_height),
    ('ads', old.ads),
    ('skip_ads', old.skip_ads),
    ('downloads', old.downloads),
    ('trial_days', old.trial_days),
    ('sold', old.sold),
    ('stripe_product_id', old.stripe_product_id),
    ('created_at', old.created_at),
    ('updated_at', old.updated_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_plan_prices_made AFTER INSERT ON plan_prices WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'plan_prices', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('plan_id', new.plan_id),
    ('currency', new.currency),
    ('interval', new.interval),
    ('amount', new.amount),
    ('stripe_price_id', new.stripe_price_id),
    ('ended_at', new.ended_at),
    ('created_at', new.created_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_plan_prices_changed AFTER UPDATE OF id, plan_id, currency, interval, amount, stripe_price_id, ended_at, created_at ON plan_prices WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'plan_prices', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('plan_id', old.plan_id, new.plan_id),
    ('currency', old.currency, new.currency),
    ('interval', old.interval, new.interval),
    ('amount', old.amount, new.amount),
    ('stripe_price_id', old.stripe_price_id, new.stripe_price_id),
    ('ended_at', old.ended_at, new.ended_at),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_plan_prices_erased AFTER DELETE ON plan_prices WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'plan_prices', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('plan_id', old.plan_id),
    ('currency', old.currency),
    ('interval', old.interval),
    ('amount', old.amount),
    ('stripe_price_id', old.stripe_price_id),
    ('ended_at', old.ended_at),
    ('created_at', old.created_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_offers_made AFTER INSERT ON offers WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'offers', new.id, new.title_id, new.episode_id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('title_id', new.title_id),
    ('season', new.season),
    ('episode_id', new.episode_id),
    ('kind', new.kind),
    ('begin_within_ms', new.begin_within_ms),
    ('plays_for_ms', new.plays_for_ms),
    ('prices', new.prices),
    ('sold', new.sold),
    ('created_at', new.created_at),
    ('updated_at', new.updated_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_offers_changed AFTER UPDATE OF id, title_id, season, episode_id, kind, begin_within_ms, plays_for_ms, prices, sold, created_at ON offers WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'offers', new.id, new.title_id, new.episode_id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('title_id', old.title_id, new.title_id),
    ('season', old.season, new.season),
    ('episode_id', old.episode_id, new.episode_id),
    ('kind', old.kind, new.kind),
    ('begin_within_ms', old.begin_within_ms, new.begin_within_ms),
    ('plays_for_ms', old.plays_for_ms, new.plays_for_ms),
    ('prices', old.prices, new.prices),
    ('sold', old.sold, new.sold),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_offers_erased AFTER DELETE ON offers WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'offers', old.id, old.title_id, old.episode_id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('title_id', old.title_id),
    ('season', old.season),
    ('episode_id', old.episode_id),
    ('kind', old.kind),
    ('begin_within_ms', old.begin_within_ms),
    ('plays_for_ms', old.plays_for_ms),
    ('prices', old.prices),
    ('sold', old.sold),
    ('created_at', old.created_at),
    ('updated_at', old.updated_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_subscriptions_made AFTER INSERT ON subscriptions WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'subscriptions', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('user_id', new.user_id),
    ('plan_id', new.plan_id),
    ('source', new.source),
    ('since', new.since),
    ('until', new.until),
    ('reason', new.reason),
    ('gift_id', new.gift_id),
    ('stripe_id', new.stripe_id),
    ('price_id', new.price_id),
    ('state', new.state),
    ('period_start', new.period_start),
    ('period_end', new.period_end),
    ('trial_end', new.trial_end),
    ('cancel_at', new.cancel_at),
    ('paused_at', new.paused_at),
    ('resumes_at', new.resumes_at),
    ('past_due_since', new.past_due_since),
    ('closing', new.closing),
    ('revision', new.revision),
    ('checked_at', new.checked_at),
    ('created_at', new.created_at),
    ('updated_at', new.updated_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_subscriptions_changed AFTER UPDATE OF id, user_id, plan_id, source, since, until, reason, gift_id, stripe_id, price_id, state, period_start, period_end, trial_end, cancel_at, paused_at, resumes_at, past_due_since, closing, created_at ON subscriptions WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'subscriptions', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('user_id', old.user_id, new.user_id),
    ('plan_id', old.plan_id, new.plan_id),
    ('source', old.source, new.source),
    ('since', old.since, new.since),
    ('until', old.until, new.until),
    ('reason', old.reason, new.reason),
    ('gift_id', old.gift_id, new.gift_id),
    ('stripe_id', old.stripe_id, new.stripe_id),
    ('price_id', old.price_id, new.price_id),
    ('state', old.state, new.state),
    ('period_start', old.period_start, new.period_start),
    ('period_end', old.period_end, new.period_end),
    ('trial_end', old.trial_end, new.trial_end),
    ('cancel_at', old.cancel_at, new.cancel_at),
    ('paused_at', old.paused_at, new.paused_at),
    ('resumes_at', old.resumes_at, new.resumes_at),
    ('past_due_since', old.past_due_since, new.past_due_since),
    ('closing', old.closing, new.closing),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_subscriptions_erased AFTER DELETE ON subscriptions WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'subscriptions', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('user_id', old.user_id),
    ('plan_id', old.plan_id),
    ('source', old.source),
    ('since', old.since),
    ('until', old.until),
    ('reason', old.reason),
    ('gift_id', old.gift_id),
    ('stripe_id', old.stripe_id),
    ('price_id', old.price_id),
    ('state', old.state),
    ('period_start', old.period_start),
    ('period_end', old.period_end),
    ('trial_end', old.trial_end),
    ('cancel_at', old.cancel_at),
    ('paused_at', old.paused_at),
    ('resumes_at', old.resumes_at),
    ('past_due_since', old.past_due_since),
    ('closing', old.closing),
    ('revision', old.revision),
    ('checked_at', old.checked_at),
    ('created_at', old.created_at),
    ('updated_at', old.updated_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_purchases_made AFTER INSERT ON purchases WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'purchases', new.id, new.title_id, new.episode_id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('user_id', new.user_id),
    ('title_id', new.title_id),
    ('season', new.season),
    ('episode_id', new.episode_id),
    ('kind', new.kind),
    ('source', new.source),
    ('offer_id', new.offer_id),
    ('reason', new.reason),
    ('bought_at', new.bought_at),
    ('begin_by', new.begin_by),
    ('plays_for_ms', new.plays_for_ms),
    ('begun_at', new.begun_at),
    ('revoked_at', new.revoked_at),
    ('revoked_because', new.revoked_because),
    ('amount', new.amount),
    ('currency', new.currency),
    ('stripe_payment_id', new.stripe_payment_id),
    ('revision', new.revision)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_purchases_changed AFTER UPDATE OF id, user_id, title_id, season, episode_id, kind, source, offer_id, reason, bought_at, begin_by, plays_for_ms, begun_at, revoked_at, revoked_because, amount, currency, stripe_payment_id ON purchases WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'purchases', new.id, new.title_id, new.episode_id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('user_id', old.user_id, new.user_id),
    ('title_id', old.title_id, new.title_id),
    ('season', old.season, new.season),
    ('episode_id', old.episode_id, new.episode_id),
    ('kind', old.kind, new.kind),
    ('source', old.source, new.source),
    ('offer_id', old.offer_id, new.offer_id),
    ('reason', old.reason, new.reason),
    ('bought_at', old.bought_at, new.bought_at),
    ('begin_by', old.begin_by, new.begin_by),
    ('plays_for_ms', old.plays_for_ms, new.plays_for_ms),
    ('begun_at', old.begun_at, new.begun_at),
    ('revoked_at', old.revoked_at, new.revoked_at),
    ('revoked_because', old.revoked_because, new.revoked_because),
    ('amount', old.amount, new.amount),
    ('currency', old.currency, new.currency),
    ('stripe_payment_id', old.stripe_payment_id, new.stripe_payment_id))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_purchases_erased AFTER DELETE ON purchases WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'purchases', old.id, old.title_id, old.episode_id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('user_id', old.user_id),
    ('title_id', old.title_id),
    ('season', old.season),
    ('episode_id', old.episode_id),
    ('kind', old.kind),
    ('source', old.source),
    ('offer_id', old.offer_id),
    ('reason', old.reason),
    ('bought_at', old.bought_at),
    ('begin_by', old.begin_by),
    ('plays_for_ms', old.plays_for_ms),
    ('begun_at', old.begun_at),
    ('revoked_at', old.revoked_at),
    ('revoked_because', old.revoked_because),
    ('amount', old.amount),
    ('currency', old.currency),
    ('stripe_payment_id', old.stripe_payment_id),
    ('revision', old.revision)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_gifts_made AFTER INSERT ON gifts WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'gifts', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('code_hash', iif(new.code_hash IS NULL, NULL, '‹withheld›')),
    ('hint', new.hint),
    ('plan_id', new.plan_id),
    ('days', new.days),
    ('uses', new.uses),
    ('used', new.used),
    ('reason', new.reason),
    ('redeem_by', new.redeem_by),
    ('ended_at', new.ended_at),
    ('created_at', new.created_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_gifts_changed AFTER UPDATE OF id, code_hash, hint, plan_id, days, uses, reason, redeem_by, ended_at, created_at ON gifts WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'gifts', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('code_hash', iif(old.code_hash IS new.code_hash, NULL, '‹withheld: before›'), iif(old.code_hash IS new.code_hash, NULL, '‹withheld: after›')),
    ('hint', old.hint, new.hint),
    ('plan_id', old.plan_id, new.plan_id),
    ('days', old.days, new.days),
    ('uses', old.uses, new.uses),
    ('reason', old.reason, new.reason),
    ('redeem_by', old.redeem_by, new.redeem_by),
    ('ended_at', old.ended_at, new.ended_at),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_gifts_erased AFTER DELETE ON gifts WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'gifts', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('code_hash', iif(old.code_hash IS NULL, NULL, '‹withheld›')),
    ('hint', old.hint),
    ('plan_id', old.plan_id),
    ('days', old.days),
    ('uses', old.uses),
    ('used', old.used),
    ('reason', old.reason),
    ('redeem_by', old.redeem_by),
    ('ended_at', old.ended_at),
    ('created_at', old.created_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_campaigns_made AFTER INSERT ON campaigns WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'campaigns', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('name', new.name),
    ('advertiser', new.advertiser),
    ('state', new.state),
    ('starts_at', new.starts_at),
    ('ends_at', new.ends_at),
    ('creative_episode_id', new.creative_episode_id),
    ('vast_url', new.vast_url),
    ('click_url', new.click_url),
    ('countries', new.countries),
    ('languages', new.languages),
    ('title_ids', new.title_ids),
    ('least_rating', new.least_rating),
    ('most_rating', new.most_rating),
    ('cap_per_day', new.cap_per_day),
    ('goal', new.goal),
    ('pacing', new.pacing),
    ('priority', new.priority),
    ('cpm', new.cpm),
    ('currency', new.currency),
    ('shown', new.shown),
    ('created_at', new.created_at),
    ('updated_at', new.updated_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_campaigns_changed AFTER UPDATE OF id, name, advertiser, state, starts_at, ends_at, creative_episode_id, vast_url, click_url, countries, languages, title_ids, least_rating, most_rating, cap_per_day, goal, pacing, priority, cpm, currency, created_at ON campaigns WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'campaigns', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('name', old.name, new.name),
    ('advertiser', old.advertiser, new.advertiser),
    ('state', old.state, new.state),
    ('starts_at', old.starts_at, new.starts_at),
    ('ends_at', old.ends_at, new.ends_at),
    ('creative_episode_id', old.creative_episode_id, new.creative_episode_id),
    ('vast_url', old.vast_url, new.vast_url),
    ('click_url', old.click_url, new.click_url),
    ('countries', old.countries, new.countries),
    ('languages', old.languages, new.languages),
    ('title_ids', old.title_ids, new.title_ids),
    ('least_rating', old.least_rating, new.least_rating),
    ('most_rating', old.most_rating, new.most_rating),
    ('cap_per_day', old.cap_per_day, new.cap_per_day),
    ('goal', old.goal, new.goal),
    ('pacing', old.pacing, new.pacing),
    ('priority', old.priority, new.priority),
    ('cpm', old.cpm, new.cpm),
    ('currency', old.currency, new.currency),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_campaigns_erased AFTER DELETE ON campaigns WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'campaigns', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('name', old.name),
    ('advertiser', old.advertiser),
    ('state', old.state),
    ('starts_at', old.starts_at),
    ('ends_at', old.ends_at),
    ('creative_episode_id', old.creative_episode_id),
    ('vast_url', old.vast_url),
    ('click_url', old.click_url),
    ('countries', old.countries),
    ('languages', old.languages),
    ('title_ids', old.title_ids),
    ('least_rating', old.least_rating),
    ('most_rating', old.most_rating),
    ('cap_per_day', old.cap_per_day),
    ('goal', old.goal),
    ('pacing', old.pacing),
    ('priority', old.priority),
    ('cpm', old.cpm),
    ('currency', old.currency),
    ('shown', old.shown),
    ('created_at', old.created_at),
    ('updated_at', old.updated_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licensor_shares_made AFTER INSERT ON licensor_shares WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licensor_shares', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('licensor_id', new.licensor_id),
    ('model', new.model),
    ('basis_points', new.basis_points),
    ('starts_at', new.starts_at),
    ('created_at', new.created_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licensor_shares_changed AFTER UPDATE OF id, licensor_id, model, basis_points, starts_at, created_at ON licensor_shares WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licensor_shares', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('licensor_id', old.licensor_id, new.licensor_id),
    ('model', old.model, new.model),
    ('basis_points', old.basis_points, new.basis_points),
    ('starts_at', old.starts_at, new.starts_at),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_licensor_shares_erased AFTER DELETE ON licensor_shares WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'licensor_shares', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('licensor_id', old.licensor_id),
    ('model', old.model),
    ('basis_points', old.basis_points),
    ('starts_at', old.starts_at),
    ('created_at', old.created_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_invites_made AFTER INSERT ON invites WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'invites', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('email', iif(new.email IS NULL, NULL, '‹withheld›')),
    ('role', new.role),
    ('invited_by', new.invited_by),
    ('created_at', new.created_at),
    ('expires_at', new.expires_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_invites_changed AFTER UPDATE OF id, email, role, invited_by, created_at, expires_at ON invites WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'invites', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('email', iif(old.email IS new.email, NULL, '‹withheld: before›'), iif(old.email IS new.email, NULL, '‹withheld: after›')),
    ('role', old.role, new.role),
    ('invited_by', old.invited_by, new.invited_by),
    ('created_at', old.created_at, new.created_at),
    ('expires_at', old.expires_at, new.expires_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_invites_erased AFTER DELETE ON invites WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'invites', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('email', iif(old.email IS NULL, NULL, '‹withheld›')),
    ('role', old.role),
    ('invited_by', old.invited_by),
    ('created_at', old.created_at),
    ('expires_at', old.expires_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_users_made AFTER INSERT ON users WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'users', new.id, NULL, NULL, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('role', new.role),
    ('closes_at', new.closes_at),
    ('closes_because', new.closes_because)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_users_changed AFTER UPDATE OF role, closes_at, closes_because ON users WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'users', new.id, NULL, NULL, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('role', old.role, new.role),
    ('closes_at', old.closes_at, new.closes_at),
    ('closes_because', old.closes_because, new.closes_because))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_users_erased AFTER DELETE ON users WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'users', old.id, NULL, NULL, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('role', old.role),
    ('closes_at', old.closes_at),
    ('closes_because', old.closes_because)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_uploads_made AFTER INSERT ON uploads WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'uploads', new.id, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('episode_id', new.episode_id),
    ('file_name', new.file_name),
    ('bytes', new.bytes),
    ('state', new.state),
    ('publish_when_ready', new.publish_when_ready),
    ('settings', new.settings),
    ('track', new.track),
    ('after', new.after),
    ('asset_id', new.asset_id),
    ('job_id', new.job_id)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_uploads_changed AFTER UPDATE OF episode_id, file_name, bytes, state, publish_when_ready, settings, track, after, asset_id, job_id ON uploads WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'uploads', new.id, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('episode_id', old.episode_id, new.episode_id),
    ('file_name', old.file_name, new.file_name),
    ('bytes', old.bytes, new.bytes),
    ('state', old.state, new.state),
    ('publish_when_ready', old.publish_when_ready, new.publish_when_ready),
    ('settings', old.settings, new.settings),
    ('track', old.track, new.track),
    ('after', old.after, new.after),
    ('asset_id', old.asset_id, new.asset_id),
    ('job_id', old.job_id, new.job_id))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_uploads_erased AFTER DELETE ON uploads WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'uploads', old.id, (SELECT title_id FROM episodes WHERE id = old.episode_id), old.episode_id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('episode_id', old.episode_id),
    ('file_name', old.file_name),
    ('bytes', old.bytes),
    ('state', old.state),
    ('publish_when_ready', old.publish_when_ready),
    ('settings', old.settings),
    ('track', old.track),
    ('after', old.after),
    ('asset_id', old.asset_id),
    ('job_id', old.job_id)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_assets_made AFTER INSERT ON assets WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'assets', new.id, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', new.id),
    ('episode_id', new.episode_id),
    ('version', new.version),
    ('source_key', new.source_key),
    ('source_bytes', new.source_bytes),
    ('file_name', new.file_name),
    ('prefix', new.prefix),
    ('key_id', new.key_id),
    ('verified', new.verified),
    ('revision', new.revision),
    ('amendments', new.amendments),
    ('warnings', new.warnings),
    ('override', new.override),
    ('video_bytes', new.video_bytes),
    ('audio_bytes', new.audio_bytes),
    ('subtitle_bytes', new.subtitle_bytes),
    ('picture_bytes', new.picture_bytes),
    ('bytes', new.bytes),
    ('idle', new.idle),
    ('deleted_at', new.deleted_at),
    ('created_at', new.created_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_assets_changed AFTER UPDATE OF id, episode_id, version, source_key, source_bytes, file_name, prefix, key_id, verified, override, deleted_at, created_at ON assets WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'assets', new.id, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('id', old.id, new.id),
    ('episode_id', old.episode_id, new.episode_id),
    ('version', old.version, new.version),
    ('source_key', old.source_key, new.source_key),
    ('source_bytes', old.source_bytes, new.source_bytes),
    ('file_name', old.file_name, new.file_name),
    ('prefix', old.prefix, new.prefix),
    ('key_id', old.key_id, new.key_id),
    ('verified', old.verified, new.verified),
    ('override', old.override, new.override),
    ('deleted_at', old.deleted_at, new.deleted_at),
    ('created_at', old.created_at, new.created_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_assets_erased AFTER DELETE ON assets WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'assets', old.id, (SELECT title_id FROM episodes WHERE id = old.episode_id), old.episode_id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('id', old.id),
    ('episode_id', old.episode_id),
    ('version', old.version),
    ('source_key', old.source_key),
    ('source_bytes', old.source_bytes),
    ('file_name', old.file_name),
    ('prefix', old.prefix),
    ('key_id', old.key_id),
    ('verified', old.verified),
    ('revision', old.revision),
    ('amendments', old.amendments),
    ('warnings', old.warnings),
    ('override', old.override),
    ('video_bytes', old.video_bytes),
    ('audio_bytes', old.audio_bytes),
    ('subtitle_bytes', old.subtitle_bytes),
    ('picture_bytes', old.picture_bytes),
    ('bytes', old.bytes),
    ('idle', old.idle),
    ('deleted_at', old.deleted_at),
    ('created_at', old.created_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_sources_made AFTER INSERT ON sources WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'sources', new.key, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('episode_id', new.episode_id),
    ('file_name', new.file_name),
    ('bytes', new.bytes),
    ('gone_at', new.gone_at)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_sources_changed AFTER UPDATE OF episode_id, file_name, bytes, gone_at ON sources WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'sources', new.key, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('episode_id', old.episode_id, new.episode_id),
    ('file_name', old.file_name, new.file_name),
    ('bytes', old.bytes, new.bytes),
    ('gone_at', old.gone_at, new.gone_at))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_sources_erased AFTER DELETE ON sources WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'sources', old.key, (SELECT title_id FROM episodes WHERE id = old.episode_id), old.episode_id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('episode_id', old.episode_id),
    ('file_name', old.file_name),
    ('bytes', old.bytes),
    ('gone_at', old.gone_at)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_jobs_made AFTER INSERT ON jobs WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'jobs', new.id, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'insert', NULL, (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('asset_id', new.asset_id),
    ('episode_id', new.episode_id),
    ('state', new.state),
    ('settings', new.settings),
    ('change', new.change),
    ('file_name', new.file_name),
    ('publish_when_ready', new.publish_when_ready),
    ('problem', new.problem),
    ('detail', new.detail)) WHERE column2 IS NOT NULL)
  FROM audit_now n;
END;
--> statement-breakpoint
CREATE TRIGGER audit_jobs_changed AFTER UPDATE OF asset_id, episode_id, state, settings, change, file_name, publish_when_ready, problem, detail ON jobs WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'jobs', new.id, (SELECT title_id FROM episodes WHERE id = new.episode_id), new.episode_id, 'update',
    json_group_object(column1, column2), json_group_object(column1, column3)
  FROM audit_now n, (VALUES
    (NULL, NULL, NULL),
    ('asset_id', old.asset_id, new.asset_id),
    ('episode_id', old.episode_id, new.episode_id),
    ('state', old.state, new.state),
    ('settings', old.settings, new.settings),
    ('change', old.change, new.change),
    ('file_name', old.file_name, new.file_name),
    ('publish_when_ready', old.publish_when_ready, new.publish_when_ready),
    ('problem', old.problem, new.problem),
    ('detail', old.detail, new.detail))
  WHERE column2 IS NOT column3 GROUP BY n.id;
END;
--> statement-breakpoint
CREATE TRIGGER audit_jobs_erased AFTER DELETE ON jobs WHEN EXISTS (SELECT 1 FROM audit_now) BEGIN
  INSERT INTO audit_entries (at, request, operation, actor_id, actor_role, address, country, user_agent, kind, row_id, title_id, episode_id, op, before, after)
  SELECT n.at, n.request, n.operation, n.actor_id, n.actor_role, n.address, n.country, n.user_agent, 'jobs', old.id, (SELECT title_id FROM episodes WHERE id = old.episode_id), old.episode_id, 'delete', (SELECT json_group_object(column1, column2) FROM (VALUES
    (NULL, NULL),
    ('asset_id', old.asset_id),
    ('episode_id', old.episode_id),
    ('state', old.state),
    ('settings', old.settings),
    ('change', old.change),
    ('file_name', old.file_name),
    ('publish_when_ready', old.publish_when_ready),
    ('problem', old.problem),
    ('detail', old.detail)) WHERE column2 IS NOT NULL), NULL
  FROM audit_now n;
END;
