-- What a campaign adds up to, kept by triggers in the transaction of each advertisement that is written (docs/adr/0089): the row is written
-- again as it is seen further, and maybe twice, and what it gains each time is what its sums gain.
CREATE TRIGGER advert_plays_made AFTER INSERT ON advert_plays BEGIN
  UPDATE campaigns SET shown = shown + 1 WHERE id = new.campaign_id;
  INSERT INTO campaign_hours (campaign_id, hour, impressions, q1, q2, q3, q4, skips, clicks)
  VALUES (
    new.campaign_id, new.at - new.at % 3600000, 1,
    new.quarters >= 1, new.quarters >= 2, new.quarters >= 3, new.quarters >= 4, new.skipped, new.clicked
  )
  ON CONFLICT DO UPDATE SET
    impressions = impressions + 1, q1 = q1 + excluded.q1, q2 = q2 + excluded.q2, q3 = q3 + excluded.q3, q4 = q4 + excluded.q4,
    skips = skips + excluded.skips, clicks = clicks + excluded.clicks;
END;
--> statement-breakpoint
CREATE TRIGGER advert_plays_seen AFTER UPDATE OF quarters, skipped, clicked ON advert_plays
WHEN (old.quarters, old.skipped, old.clicked) <> (new.quarters, new.skipped, new.clicked) BEGIN
  UPDATE campaign_hours SET
    q1 = q1 + (new.quarters >= 1) - (old.quarters >= 1),
    q2 = q2 + (new.quarters >= 2) - (old.quarters >= 2),
    q3 = q3 + (new.quarters >= 3) - (old.quarters >= 3),
    q4 = q4 + (new.quarters >= 4) - (old.quarters >= 4),
    skips = skips + new.skipped - old.skipped,
    clicks = clicks + new.clicked - old.clicked
  WHERE campaign_id = new.campaign_id AND hour = new.at - new.at % 3600000;
END;
