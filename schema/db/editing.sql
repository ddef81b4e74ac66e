-- Which verified asset of an episode viewers do not get, kept with the episode: lists of editors are narrowed by it and walk an index
-- (docs/adr/0066). By triggers, in the transaction of whatever verifies, deletes or publishes an asset.
CREATE TRIGGER ready_asset_verified AFTER UPDATE OF verified, deleted_at ON assets
WHEN (new.verified, new.deleted_at IS NULL) IS NOT (old.verified, old.deleted_at IS NULL) BEGIN
  UPDATE episodes SET ready_asset_id = (
    SELECT nullif(id, episodes.asset_id) FROM assets
    WHERE episode_id = episodes.id AND verified AND deleted_at IS NULL ORDER BY version DESC LIMIT 1
  ) WHERE id = new.episode_id;
END;
--> statement-breakpoint
CREATE TRIGGER ready_asset_made AFTER INSERT ON assets WHEN new.verified BEGIN
  UPDATE episodes SET ready_asset_id = (
    SELECT nullif(id, episodes.asset_id) FROM assets
    WHERE episode_id = episodes.id AND verified AND deleted_at IS NULL ORDER BY version DESC LIMIT 1
  ) WHERE id = new.episode_id;
END;
--> statement-breakpoint
CREATE TRIGGER ready_asset_erased AFTER DELETE ON assets WHEN old.verified BEGIN
  UPDATE episodes SET ready_asset_id = (
    SELECT nullif(id, episodes.asset_id) FROM assets
    WHERE episode_id = episodes.id AND verified AND deleted_at IS NULL ORDER BY version DESC LIMIT 1
  ) WHERE id = old.episode_id;
END;
--> statement-breakpoint
CREATE TRIGGER ready_asset_switched AFTER UPDATE OF asset_id ON episodes WHEN new.asset_id IS NOT old.asset_id BEGIN
  UPDATE episodes SET ready_asset_id = (
    SELECT nullif(id, new.asset_id) FROM assets
    WHERE episode_id = new.id AND verified AND deleted_at IS NULL ORDER BY version DESC LIMIT 1
  ) WHERE id = new.id;
END;
--> statement-breakpoint
-- A draft is listed nowhere from the moment on at which it is one, and what is none any more is due to be reckoned
-- (edge/catalog/listing.ts), whoever changes that.
CREATE TRIGGER title_drafted AFTER UPDATE OF draft ON titles WHEN new.draft <> old.draft BEGIN
  UPDATE titles SET shown_in = iif(new.draft, '', shown_in), shown_until = iif(new.draft, NULL, 0) WHERE id = new.id;
END;
