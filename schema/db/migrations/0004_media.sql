-- What is kept of media so that no page adds up rows or looks through all of them: sources, bytes by title, versions that nobody gets,
-- and the texts that jobs are found by. Kept by triggers, in the transaction of whatever changes it (docs/adr/0072).
CREATE TRIGGER sources_of_assets AFTER INSERT ON assets BEGIN
  INSERT INTO sources (key, episode_id, file_name, bytes, created_at)
  VALUES (new.source_key, new.episode_id, new.file_name, new.source_bytes, new.created_at)
  ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER sources_of_tracks AFTER INSERT ON jobs WHEN new.source_key IS NOT NULL BEGIN
  INSERT INTO sources (key, episode_id, file_name, bytes, created_at)
  VALUES (new.source_key, new.episode_id, coalesce(new.file_name, ''), coalesce(new.source_bytes, 0), new.created_at)
  ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER storage_source_made AFTER INSERT ON sources WHEN new.gone_at IS NULL BEGIN
  INSERT INTO storage (title_id, source_bytes, bytes)
  SELECT t.id, new.bytes, new.bytes
  FROM (SELECT '' AS id UNION ALL SELECT title_id FROM episodes WHERE id = new.episode_id) t WHERE true
  ON CONFLICT DO UPDATE SET source_bytes = source_bytes + new.bytes, bytes = bytes + new.bytes;
END;
--> statement-breakpoint
CREATE TRIGGER storage_source_gone AFTER UPDATE OF gone_at ON sources WHEN old.gone_at IS NULL AND new.gone_at IS NOT NULL BEGIN
  UPDATE storage SET source_bytes = source_bytes - old.bytes, bytes = bytes - old.bytes
  WHERE title_id IN ('', (SELECT title_id FROM episodes WHERE id = old.episode_id));
END;
--> statement-breakpoint
CREATE TRIGGER storage_source_erased AFTER DELETE ON sources WHEN old.gone_at IS NULL BEGIN
  UPDATE storage SET source_bytes = source_bytes - old.bytes, bytes = bytes - old.bytes
  WHERE title_id IN ('', (SELECT title_id FROM episodes WHERE id = old.episode_id));
END;
--> statement-breakpoint
CREATE TRIGGER storage_asset_made AFTER UPDATE OF bytes ON assets WHEN new.bytes <> old.bytes BEGIN
  INSERT INTO storage (title_id)
  SELECT t.id FROM (SELECT '' AS id UNION ALL SELECT title_id FROM episodes WHERE id = new.episode_id) t WHERE true
  ON CONFLICT DO NOTHING;
  UPDATE storage SET
    video_bytes = video_bytes + new.video_bytes - old.video_bytes,
    audio_bytes = audio_bytes + new.audio_bytes - old.audio_bytes,
    subtitle_bytes = subtitle_bytes + new.subtitle_bytes - old.subtitle_bytes,
    picture_bytes = picture_bytes + new.picture_bytes - old.picture_bytes,
    bytes = bytes + new.bytes - old.bytes
  WHERE title_id IN ('', (SELECT title_id FROM episodes WHERE id = new.episode_id));
END;
--> statement-breakpoint
CREATE TRIGGER storage_asset_erased AFTER DELETE ON assets BEGIN
  UPDATE storage SET
    video_bytes = video_bytes - old.video_bytes,
    audio_bytes = audio_bytes - old.audio_bytes,
    subtitle_bytes = subtitle_bytes - old.subtitle_bytes,
    picture_bytes = picture_bytes - old.picture_bytes,
    bytes = bytes - old.bytes
  WHERE title_id IN ('', (SELECT title_id FROM episodes WHERE id = old.episode_id));
END;
--> statement-breakpoint
-- Before the episode itself, or whose title they are would not be known any more.
CREATE TRIGGER storage_episode BEFORE DELETE ON episodes BEGIN
  DELETE FROM assets WHERE episode_id = old.id;
  DELETE FROM sources WHERE episode_id = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER storage_title BEFORE DELETE ON titles BEGIN
  DELETE FROM episodes WHERE title_id = old.id;
  DELETE FROM storage WHERE title_id = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER assets_idle_switched AFTER UPDATE OF asset_id ON episodes WHEN new.asset_id IS NOT old.asset_id BEGIN
  UPDATE assets SET idle = verified AND new.asset_id IS NOT NULL AND id <> new.asset_id WHERE episode_id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER assets_idle_verified AFTER UPDATE OF verified ON assets WHEN new.verified <> old.verified BEGIN
  UPDATE assets SET idle = new.verified AND EXISTS (
    SELECT 1 FROM episodes WHERE id = new.episode_id AND asset_id IS NOT NULL AND asset_id <> new.id
  ) WHERE id = new.id;
END;
--> statement-breakpoint
-- Contentless, so that no text is stored twice. Trigrams find any part of a name, in any letters.
CREATE VIRTUAL TABLE job_search USING fts5(text, content = '', contentless_delete = 1, tokenize = 'trigram');
--> statement-breakpoint
CREATE TRIGGER job_texts_made AFTER INSERT ON job_texts BEGIN
  INSERT INTO job_search (rowid, text)
  SELECT new.id, concat_ws(' ', t.name_main, t.name_native, t.name_english, coalesce(j.file_name, a.file_name))
  FROM jobs j JOIN assets a ON a.id = j.asset_id JOIN episodes e ON e.id = j.episode_id JOIN titles t ON t.id = e.title_id
  WHERE j.id = new.job_id;
END;
--> statement-breakpoint
CREATE TRIGGER job_texts_erased AFTER DELETE ON job_texts BEGIN
  DELETE FROM job_search WHERE rowid = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER job_texts_of_jobs AFTER INSERT ON jobs BEGIN
  INSERT INTO job_texts (job_id) VALUES (new.id);
END;
--> statement-breakpoint
CREATE TRIGGER job_texts_of_titles AFTER UPDATE OF name_main, name_native, name_english ON titles
WHEN (new.name_main, new.name_native, new.name_english) IS NOT (old.name_main, old.name_native, old.name_english) BEGIN
  DELETE FROM job_search WHERE rowid IN (
    SELECT x.id FROM episodes e JOIN jobs j ON j.episode_id = e.id JOIN job_texts x ON x.job_id = j.id WHERE e.title_id = new.id
  );
  INSERT INTO job_search (rowid, text)
  SELECT x.id, concat_ws(' ', new.name_main, new.name_native, new.name_english, coalesce(j.file_name, a.file_name))
  FROM episodes e JOIN jobs j ON j.episode_id = e.id JOIN assets a ON a.id = j.asset_id JOIN job_texts x ON x.job_id = j.id
  WHERE e.title_id = new.id;
END;
