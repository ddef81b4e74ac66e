-- The books are kept as they were written (docs/adr/0094): of an entry only who paid may be forgotten, when the account goes; a statement
-- that was told is corrected by the next one.
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
WHEN NOT (new.user_id IS NULL AND (new.id, new.kind, new.at, new.country, new.currency, new.amount, new.tax, new.plan_id, new.stripe_subscription_id, new.paid_from, new.paid_until, new.purchase_id, new.model, new.title_id, new.season, new.episode_id, new.stripe_payment_id, new.recorded_at) IS (old.id, old.kind, old.at, old.country, old.currency, old.amount, old.tax, old.plan_id, old.stripe_subscription_id, old.paid_from, old.paid_until, old.purchase_id, old.model, old.title_id, old.season, old.episode_id, old.stripe_payment_id, old.recorded_at)) BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements BEGIN
  SELECT RAISE(ABORT, 'statements are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements BEGIN
  SELECT RAISE(ABORT, 'statements are never changed');
END;
--> statement-breakpoint
-- What is told of a day only after its sums have settled (a message that was lost, a refund that took days) has them reckoned again.
CREATE TRIGGER ledger_late AFTER INSERT ON ledger BEGIN
  UPDATE folded_days SET folded_at = 0 WHERE day = new.at - new.at % 86400000 AND folded_at >= day + 216000000;
END;
