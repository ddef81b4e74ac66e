CREATE TABLE `credentials` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `credentials_user` ON `credentials` (`user_id`);--> statement-breakpoint
CREATE TABLE `invites` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`invited_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`invited_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invites_email_unique` ON `invites` (`email`);--> statement-breakpoint
CREATE INDEX `invites_expiry` ON `invites` (`expires_at`);--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `passkeys_user` ON `passkeys` (`user_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`city` text,
	`country` text,
	`proved_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `two_factors` (
	`id` text PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`backup_codes` text NOT NULL,
	`user_id` text NOT NULL,
	`verified` integer DEFAULT true NOT NULL,
	`failed_verification_count` integer DEFAULT 0 NOT NULL,
	`locked_until` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `two_factors_user` ON `two_factors` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer DEFAULT false NOT NULL,
	`image` text,
	`role` text DEFAULT 'viewer' NOT NULL,
	`two_factor_enabled` integer DEFAULT false NOT NULL,
	`closes_at` integer,
	`closes_because` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE INDEX `users_role` ON `users` (`role`,`id`);--> statement-breakpoint
CREATE INDEX `users_name` ON `users` (name collate nocase,`id`);--> statement-breakpoint
CREATE INDEX `users_unverified` ON `users` (`id`) WHERE email_verified = 0;--> statement-breakpoint
CREATE INDEX `users_closing` ON `users` (`closes_at`,`id`) WHERE closes_at is not null;--> statement-breakpoint
CREATE INDEX `users_created` ON `users` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verifications_identifier` ON `verifications` (`identifier`);--> statement-breakpoint
CREATE TABLE `advert_plays` (
	`id` text PRIMARY KEY NOT NULL,
	`campaign_id` text NOT NULL,
	`title_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`licence_id` text NOT NULL,
	`country` text,
	`language` text,
	`break_at` integer NOT NULL,
	`at` integer NOT NULL,
	`quarters` integer NOT NULL,
	`skipped` integer DEFAULT false NOT NULL,
	`clicked` integer DEFAULT false NOT NULL,
	`millis` integer NOT NULL,
	`currency` text,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `advert_plays_campaign` ON `advert_plays` (`campaign_id`,`at`);--> statement-breakpoint
CREATE INDEX `advert_plays_at` ON `advert_plays` (`at`,`title_id`);--> statement-breakpoint
CREATE INDEX `advert_plays_title` ON `advert_plays` (`title_id`,`at`);--> statement-breakpoint
CREATE TABLE `campaign_hours` (
	`campaign_id` text NOT NULL,
	`hour` integer NOT NULL,
	`impressions` integer NOT NULL,
	`q1` integer NOT NULL,
	`q2` integer NOT NULL,
	`q3` integer NOT NULL,
	`q4` integer NOT NULL,
	`skips` integer NOT NULL,
	`clicks` integer NOT NULL,
	PRIMARY KEY(`campaign_id`, `hour`),
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`advertiser` text NOT NULL,
	`state` text NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`creative_episode_id` text,
	`vast_url` text,
	`click_url` text,
	`countries` text,
	`languages` text,
	`title_ids` text,
	`least_rating` text,
	`most_rating` text,
	`cap_per_day` integer,
	`goal` integer,
	`pacing` text DEFAULT 'even' NOT NULL,
	`priority` integer DEFAULT 5 NOT NULL,
	`cpm` integer,
	`currency` text,
	`shown` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`creative_episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `campaigns_running` ON `campaigns` (`id`) WHERE state = 'running';--> statement-breakpoint
CREATE INDEX `campaigns_creative` ON `campaigns` (`creative_episode_id`);--> statement-breakpoint
CREATE INDEX `campaigns_created` ON `campaigns` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `campaigns_state` ON `campaigns` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`request` text NOT NULL,
	`operation` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_role` text NOT NULL,
	`address` text,
	`country` text,
	`user_agent` text,
	`kind` text NOT NULL,
	`row_id` text NOT NULL,
	`title_id` text,
	`episode_id` text,
	`op` text NOT NULL,
	`before` text,
	`after` text
);
--> statement-breakpoint
CREATE INDEX `audit_entries_at` ON `audit_entries` (`at`);--> statement-breakpoint
CREATE INDEX `audit_entries_request` ON `audit_entries` (`request`);--> statement-breakpoint
CREATE INDEX `audit_entries_actor` ON `audit_entries` (`actor_id`);--> statement-breakpoint
CREATE INDEX `audit_entries_operation` ON `audit_entries` (`operation`);--> statement-breakpoint
CREATE INDEX `audit_entries_kind` ON `audit_entries` (`kind`);--> statement-breakpoint
CREATE INDEX `audit_entries_row` ON `audit_entries` (`row_id`);--> statement-breakpoint
CREATE INDEX `audit_entries_title` ON `audit_entries` (`title_id`) WHERE title_id is not null;--> statement-breakpoint
CREATE INDEX `audit_entries_episode` ON `audit_entries` (`episode_id`) WHERE episode_id is not null;--> statement-breakpoint
CREATE TABLE `audit_now` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`request` text NOT NULL,
	`operation` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_role` text NOT NULL,
	`address` text,
	`country` text,
	`user_agent` text
);
--> statement-breakpoint
CREATE TABLE `audit_seals` (
	`seq` integer PRIMARY KEY NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `checkouts` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`subject` text NOT NULL,
	`price_id` text,
	`offer_id` text,
	`state` text NOT NULL,
	`stripe_id` text,
	`url` text,
	`next` text,
	`locale` text,
	`trial_days` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `checkouts_stripeId_unique` ON `checkouts` (`stripe_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `checkouts_open` ON `checkouts` (`user_id`,`subject`) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX `checkouts_user` ON `checkouts` (`user_id`);--> statement-breakpoint
CREATE INDEX `checkouts_expiry` ON `checkouts` (`expires_at`) WHERE state = 'open';--> statement-breakpoint
CREATE TABLE `customers` (
	`stripe_id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`currency` text,
	`told_hash` text,
	`ended_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_userId_unique` ON `customers` (`user_id`);--> statement-breakpoint
CREATE INDEX `customers_left` ON `customers` (`stripe_id`) WHERE user_id is null and ended_at is null;--> statement-breakpoint
CREATE TABLE `gifts` (
	`id` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`hint` text NOT NULL,
	`plan_id` text NOT NULL,
	`days` integer NOT NULL,
	`uses` integer DEFAULT 1 NOT NULL,
	`used` integer DEFAULT 0 NOT NULL,
	`reason` text NOT NULL,
	`redeem_by` integer,
	`ended_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gifts_codeHash_unique` ON `gifts` (`code_hash`);--> statement-breakpoint
CREATE INDEX `gifts_plan` ON `gifts` (`plan_id`);--> statement-breakpoint
CREATE INDEX `gifts_created` ON `gifts` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `offers` (
	`id` text PRIMARY KEY NOT NULL,
	`title_id` text NOT NULL,
	`season` integer,
	`episode_id` text,
	`kind` text NOT NULL,
	`begin_within_ms` integer,
	`plays_for_ms` integer,
	`prices` text NOT NULL,
	`sold` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `offers_title` ON `offers` (`title_id`);--> statement-breakpoint
CREATE INDEX `offers_episode` ON `offers` (`episode_id`);--> statement-breakpoint
CREATE TABLE `plan_prices` (
	`id` text PRIMARY KEY NOT NULL,
	`plan_id` text NOT NULL,
	`currency` text NOT NULL,
	`interval` text NOT NULL,
	`amount` integer NOT NULL,
	`stripe_price_id` text NOT NULL,
	`ended_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_prices_stripePriceId_unique` ON `plan_prices` (`stripe_price_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `plan_prices_asked` ON `plan_prices` (`plan_id`,`currency`,`interval`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `plan_prices_plan` ON `plan_prices` (`plan_id`);--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`rank` integer DEFAULT 1 NOT NULL,
	`streams` integer NOT NULL,
	`max_height` integer,
	`ads` integer NOT NULL,
	`skip_ads` integer DEFAULT false NOT NULL,
	`downloads` integer NOT NULL,
	`trial_days` integer DEFAULT 0 NOT NULL,
	`sold` integer DEFAULT true NOT NULL,
	`stripe_product_id` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plans_stripeProductId_unique` ON `plans` (`stripe_product_id`);--> statement-breakpoint
CREATE TABLE `purchases` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`title_id` text NOT NULL,
	`season` integer,
	`episode_id` text,
	`kind` text NOT NULL,
	`source` text DEFAULT 'stripe' NOT NULL,
	`offer_id` text,
	`reason` text,
	`bought_at` integer NOT NULL,
	`begin_by` integer,
	`plays_for_ms` integer,
	`begun_at` integer,
	`revoked_at` integer,
	`revoked_because` text,
	`amount` integer,
	`currency` text,
	`stripe_payment_id` text,
	`revision` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `purchases_stripePaymentId_unique` ON `purchases` (`stripe_payment_id`);--> statement-breakpoint
CREATE INDEX `purchases_user_title` ON `purchases` (`user_id`,`title_id`);--> statement-breakpoint
CREATE INDEX `purchases_title` ON `purchases` (`title_id`);--> statement-breakpoint
CREATE INDEX `purchases_episode` ON `purchases` (`episode_id`);--> statement-breakpoint
CREATE TABLE `reconciliations` (
	`started_at` integer PRIMARY KEY NOT NULL,
	`ended_at` integer,
	`cursor` text,
	`looked` integer NOT NULL,
	`mended` integer NOT NULL,
	`findings` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stripe_events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`object_id` text,
	`body` text,
	`happened_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`deliveries` integer DEFAULT 1 NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`problem` text,
	`done_at` integer
);
--> statement-breakpoint
CREATE INDEX `stripe_events_state` ON `stripe_events` (`state`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `stripe_events_due` ON `stripe_events` (`due_at`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `stripe_events_type` ON `stripe_events` (`type`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `stripe_events_kept` ON `stripe_events` (`done_at`) WHERE state = 'done';--> statement-breakpoint
CREATE INDEX `stripe_events_object` ON `stripe_events` (`object_id`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `stripe_events_received` ON `stripe_events` (`received_at`,`id`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`source` text NOT NULL,
	`since` integer NOT NULL,
	`until` integer,
	`reason` text,
	`gift_id` text,
	`stripe_id` text,
	`price_id` text,
	`state` text,
	`period_start` integer,
	`period_end` integer,
	`trial_end` integer,
	`cancel_at` integer,
	`paused_at` integer,
	`resumes_at` integer,
	`past_due_since` integer,
	`closing` integer DEFAULT false NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`checked_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_stripeId_unique` ON `subscriptions` (`stripe_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_user` ON `subscriptions` (`user_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_until` ON `subscriptions` (`plan_id`,`until`);--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_gift` ON `subscriptions` (`user_id`,`gift_id`) WHERE gift_id is not null;--> statement-breakpoint
CREATE INDEX `subscriptions_closing` ON `subscriptions` (`user_id`) WHERE closing = 1;--> statement-breakpoint
CREATE INDEX `subscriptions_plan` ON `subscriptions` (`plan_id`,`user_id`) WHERE state is null or state not in ('canceled', 'incomplete_expired');--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_by_hand` ON `subscriptions` (`user_id`) WHERE source = 'staff';--> statement-breakpoint
CREATE INDEX `subscriptions_checked` ON `subscriptions` (`checked_at`) WHERE stripe_id is not null and state not in ('canceled', 'incomplete_expired');--> statement-breakpoint
CREATE TABLE `advert_days` (
	`day` integer NOT NULL,
	`title_id` text NOT NULL,
	`licence_id` text NOT NULL,
	`country` text NOT NULL,
	`audio` text NOT NULL,
	`currency` text NOT NULL,
	`shown` integer NOT NULL,
	`millis` integer NOT NULL,
	PRIMARY KEY(`day`, `country`, `currency`, `title_id`, `licence_id`, `audio`)
);
--> statement-breakpoint
CREATE INDEX `advert_days_pool` ON `advert_days` (`currency`,`country`,`day`);--> statement-breakpoint
CREATE TABLE `folded_days` (
	`day` integer PRIMARY KEY NOT NULL,
	`folded_at` integer NOT NULL,
	`adverts_forgotten_at` integer
);
--> statement-breakpoint
CREATE INDEX `folded_days_late` ON `folded_days` (`day`) WHERE folded_at = 0;--> statement-breakpoint
CREATE TABLE `ledger` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`user_id` text,
	`country` text,
	`currency` text NOT NULL,
	`amount` integer NOT NULL,
	`tax` integer NOT NULL,
	`plan_id` text,
	`stripe_subscription_id` text,
	`paid_from` integer,
	`paid_until` integer,
	`purchase_id` text,
	`model` text,
	`title_id` text,
	`season` integer,
	`episode_id` text,
	`stripe_payment_id` text,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `ledger_at` ON `ledger` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_kind` ON `ledger` (`kind`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `ledger_user` ON `ledger` (`user_id`,`at`);--> statement-breakpoint
CREATE INDEX `ledger_title` ON `ledger` (`title_id`,`at`);--> statement-breakpoint
CREATE INDEX `ledger_payment` ON `ledger` (`stripe_payment_id`);--> statement-breakpoint
CREATE INDEX `ledger_subscription` ON `ledger` (`stripe_subscription_id`,`at`);--> statement-breakpoint
CREATE INDEX `ledger_paid_until` ON `ledger` (`paid_until`,`id`);--> statement-breakpoint
CREATE TABLE `licensor_shares` (
	`id` text PRIMARY KEY NOT NULL,
	`licensor_id` text NOT NULL,
	`model` text NOT NULL,
	`basis_points` integer NOT NULL,
	`starts_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`licensor_id`) REFERENCES `licensors`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `licensor_shares_licensor` ON `licensor_shares` (`licensor_id`,`model`,`starts_at`);--> statement-breakpoint
CREATE TABLE `money_days` (
	`day` integer NOT NULL,
	`kind` text NOT NULL,
	`country` text NOT NULL,
	`plan_id` text NOT NULL,
	`model` text NOT NULL,
	`currency` text NOT NULL,
	`entries` integer NOT NULL,
	`amount` integer NOT NULL,
	`tax` integer NOT NULL,
	PRIMARY KEY(`day`, `kind`, `country`, `plan_id`, `model`, `currency`)
);
--> statement-breakpoint
CREATE TABLE `month_sums` (
	`month` integer NOT NULL,
	`title_id` text NOT NULL,
	`licence_id` text NOT NULL,
	`country` text NOT NULL,
	`audio` text NOT NULL,
	`plan_id` text NOT NULL,
	`model` text NOT NULL,
	`given` text NOT NULL,
	`currency` text NOT NULL,
	`plays` integer NOT NULL,
	`seconds` integer NOT NULL,
	`sold` integer NOT NULL,
	`revenue` integer NOT NULL,
	`reckoned_at` integer NOT NULL,
	PRIMARY KEY(`month`, `licence_id`, `title_id`, `country`, `plan_id`, `audio`, `model`, `given`, `currency`)
);
--> statement-breakpoint
CREATE INDEX `month_sums_reckoned` ON `month_sums` (`month`,`reckoned_at`);--> statement-breakpoint
CREATE TABLE `plan_days` (
	`day` integer NOT NULL,
	`plan_id` text NOT NULL,
	`currency` text NOT NULL,
	`paying` integer NOT NULL,
	`monthly` integer NOT NULL,
	`trialing` integer NOT NULL,
	`given` integer NOT NULL,
	`began` integer NOT NULL,
	`ended` integer NOT NULL,
	`trials_over` integer NOT NULL,
	`trials_paid` integer NOT NULL,
	PRIMARY KEY(`day`, `plan_id`, `currency`)
);
--> statement-breakpoint
CREATE TABLE `play_days` (
	`day` integer NOT NULL,
	`title_id` text NOT NULL,
	`licence_id` text NOT NULL,
	`country` text NOT NULL,
	`audio` text NOT NULL,
	`plan_id` text NOT NULL,
	`model` text NOT NULL,
	`given` text NOT NULL,
	`plays` integer NOT NULL,
	`seconds` integer NOT NULL,
	PRIMARY KEY(`day`, `plan_id`, `country`, `title_id`, `licence_id`, `audio`, `model`, `given`)
);
--> statement-breakpoint
CREATE INDEX `play_days_pool` ON `play_days` (`plan_id`,`country`,`day`);--> statement-breakpoint
CREATE TABLE `reckoned_months` (
	`month` integer PRIMARY KEY NOT NULL,
	`reckoned_at` integer NOT NULL,
	`earned` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `statements` (
	`id` text PRIMARY KEY NOT NULL,
	`licensor_id` text NOT NULL,
	`from` integer NOT NULL,
	`until` integer NOT NULL,
	`number` integer NOT NULL,
	`reason` text,
	`rules` integer NOT NULL,
	`sha256` text NOT NULL,
	`csv_key` text NOT NULL,
	`document_key` text NOT NULL,
	`key_id` text NOT NULL,
	`plays` integer NOT NULL,
	`minutes` integer NOT NULL,
	`owed` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`licensor_id`) REFERENCES `licensors`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `statements_number` ON `statements` (`licensor_id`,`from`,`number`);--> statement-breakpoint
CREATE INDEX `statements_from` ON `statements` (`from`,`id`);--> statement-breakpoint
CREATE TABLE `catalogue_generation` (
	`id` integer PRIMARY KEY NOT NULL,
	`value` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `episode_orders` (
	`title_id` text NOT NULL,
	`kind` text NOT NULL,
	`episode_ids` text NOT NULL,
	PRIMARY KEY(`title_id`, `kind`),
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `episode_translations` (
	`episode_id` text NOT NULL,
	`locale` text NOT NULL,
	`name` text,
	`synopsis` text,
	PRIMARY KEY(`episode_id`, `locale`),
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `episodes` (
	`id` text PRIMARY KEY NOT NULL,
	`title_id` text NOT NULL,
	`season_id` text NOT NULL,
	`season` integer NOT NULL,
	`number` integer NOT NULL,
	`absolute_number` integer,
	`kind` text DEFAULT 'story' NOT NULL,
	`name` text,
	`synopsis` text,
	`airs_at` integer,
	`asset_id` text,
	`asset_revision` integer DEFAULT 1 NOT NULL,
	`published_at` integer,
	`taken_down_at` integer,
	`duration` integer,
	`audio` text DEFAULT '[]' NOT NULL,
	`subtitles` text DEFAULT '[]' NOT NULL,
	`still` text,
	`chapters` text,
	`markers` text,
	`edited_markers` text,
	`breaks` text,
	`flashes` text,
	`publish_asset_id` text,
	`publish_at` integer,
	`publish_refused` text,
	`ready_asset_id` text,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`season_id`) REFERENCES `seasons`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `episodes_publish` ON `episodes` (`publish_at`) WHERE publish_at is not null;--> statement-breakpoint
CREATE INDEX `episodes_publish_refused` ON `episodes` (`updated_at`,`id`) WHERE publish_refused is not null;--> statement-breakpoint
CREATE INDEX `episodes_updated` ON `episodes` (`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `episodes_title` ON `episodes` (`title_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `episodes_title_airs` ON `episodes` (`title_id`,`airs_at`,`id`);--> statement-breakpoint
CREATE INDEX `episodes_bare` ON `episodes` (`updated_at`,`id`) WHERE asset_id is null and ready_asset_id is null;--> statement-breakpoint
CREATE INDEX `episodes_bare_airs` ON `episodes` (`airs_at`,`id`) WHERE asset_id is null and ready_asset_id is null;--> statement-breakpoint
CREATE INDEX `episodes_ready` ON `episodes` (`updated_at`,`id`) WHERE ready_asset_id is not null;--> statement-breakpoint
CREATE INDEX `episodes_ready_airs` ON `episodes` (`airs_at`,`id`) WHERE ready_asset_id is not null;--> statement-breakpoint
CREATE INDEX `episodes_onsite` ON `episodes` (`updated_at`,`id`) WHERE asset_id is not null;--> statement-breakpoint
CREATE INDEX `episodes_onsite_airs` ON `episodes` (`airs_at`,`id`) WHERE asset_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `episodes_number` ON `episodes` (`title_id`,`season`,`number`);--> statement-breakpoint
CREATE INDEX `episodes_season` ON `episodes` (`season_id`);--> statement-breakpoint
CREATE INDEX `episodes_published` ON `episodes` (`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `episodes_airs` ON `episodes` (`airs_at`,`id`);--> statement-breakpoint
CREATE TABLE `seasons` (
	`id` text PRIMARY KEY NOT NULL,
	`title_id` text NOT NULL,
	`number` integer NOT NULL,
	`name` text,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `seasons_number` ON `seasons` (`title_id`,`number`);--> statement-breakpoint
CREATE TABLE `title_facets` (
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`title_id` text NOT NULL,
	`label` text NOT NULL,
	PRIMARY KEY(`kind`, `value`, `title_id`),
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `title_facets_title` ON `title_facets` (`title_id`,`kind`,`value`);--> statement-breakpoint
CREATE TABLE `title_relations` (
	`title_id` text NOT NULL,
	`related_id` text NOT NULL,
	`kind` text NOT NULL,
	PRIMARY KEY(`title_id`, `related_id`),
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`related_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `title_relations_related` ON `title_relations` (`related_id`);--> statement-breakpoint
CREATE TABLE `title_translations` (
	`title_id` text NOT NULL,
	`locale` text NOT NULL,
	`name` text,
	`synopsis` text,
	PRIMARY KEY(`title_id`, `locale`),
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `titles` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`name_main` text NOT NULL,
	`name_native` text,
	`name_english` text,
	`synonyms` text DEFAULT '[]' NOT NULL,
	`status` text NOT NULL,
	`year` integer,
	`cour` text,
	`studio` text,
	`age_rating` text NOT NULL,
	`original_language` text DEFAULT 'ja' NOT NULL,
	`mal_id` integer,
	`anilist_id` integer,
	`genres` text DEFAULT '[]' NOT NULL,
	`tags` text DEFAULT '[]' NOT NULL,
	`people` text DEFAULT '[]' NOT NULL,
	`poster` text,
	`backdrop` text,
	`logo` text,
	`playable_episodes` integer DEFAULT 0 NOT NULL,
	`audio` text DEFAULT '[]' NOT NULL,
	`subtitles` text DEFAULT '[]' NOT NULL,
	`last_episode_at` integer,
	`shown_in` text DEFAULT '' NOT NULL,
	`shown_until` integer,
	`trend` real DEFAULT 0 NOT NULL,
	`sort_name` text GENERATED ALWAYS AS (lower(name_main)) VIRTUAL NOT NULL,
	`aired` integer GENERATED ALWAYS AS (coalesce(year, 0) * 5 + case cour when 'winter' then 1 when 'spring' then 2 when 'summer' then 3 when 'autumn' then 4 else 0 end) VIRTUAL NOT NULL,
	`taken_down_at` integer,
	`draft` integer DEFAULT false NOT NULL,
	`publish_at` integer,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `titles_slug_unique` ON `titles` (`slug`);--> statement-breakpoint
CREATE INDEX `titles_publish` ON `titles` (`publish_at`) WHERE publish_at is not null;--> statement-breakpoint
CREATE INDEX `titles_updated` ON `titles` (`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `titles_draft` ON `titles` (`updated_at`,`id`) WHERE draft = 1;--> statement-breakpoint
CREATE INDEX `titles_published` ON `titles` (`updated_at`,`id`) WHERE draft = 0 and taken_down_at is null;--> statement-breakpoint
CREATE INDEX `titles_down` ON `titles` (`updated_at`,`id`) WHERE taken_down_at is not null;--> statement-breakpoint
CREATE INDEX `titles_posterless` ON `titles` (`updated_at`,`id`) WHERE poster is null;--> statement-breakpoint
CREATE INDEX `titles_backdropless` ON `titles` (`updated_at`,`id`) WHERE backdrop is null;--> statement-breakpoint
CREATE INDEX `titles_logoless` ON `titles` (`updated_at`,`id`) WHERE logo is null;--> statement-breakpoint
CREATE INDEX `titles_created` ON `titles` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `titles_name` ON `titles` (`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `titles_trend` ON `titles` (`trend`,`id`);--> statement-breakpoint
CREATE INDEX `titles_aired` ON `titles` (`aired`,`id`);--> statement-breakpoint
CREATE INDEX `titles_shown_until` ON `titles` (`shown_until`);--> statement-breakpoint
CREATE INDEX `titles_mal` ON `titles` (`mal_id`);--> statement-breakpoint
CREATE INDEX `titles_anilist` ON `titles` (`anilist_id`);--> statement-breakpoint
CREATE TABLE `daily_shares` (
	`day` integer NOT NULL,
	`kind` text NOT NULL,
	`of` text NOT NULL,
	`plays` integer NOT NULL,
	`seconds` real NOT NULL,
	PRIMARY KEY(`kind`, `day`, `of`)
);
--> statement-breakpoint
CREATE TABLE `hourly_numbers` (
	`hour` integer PRIMARY KEY NOT NULL,
	`plays` integer NOT NULL,
	`seconds` real NOT NULL,
	`viewers` integer NOT NULL,
	`accounts` integer NOT NULL,
	`encodes` integer NOT NULL,
	`encode_seconds` real NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sweep_failures` (
	`sweep` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`at` integer NOT NULL,
	`times` integer NOT NULL,
	`error` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sweep_failures_at` ON `sweep_failures` (`at`);--> statement-breakpoint
CREATE TABLE `plays` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`title_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`licence_id` text NOT NULL,
	`country` text,
	`plan_id` text,
	`model` text DEFAULT 'free' NOT NULL,
	`purchase_id` text,
	`given` text,
	`audio` text,
	`started_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`periods` integer NOT NULL,
	`seconds` real NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `plays_licence` ON `plays` (`licence_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `plays_user` ON `plays` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `plays_started` ON `plays` (`started_at`,`title_id`);--> statement-breakpoint
CREATE INDEX `plays_title` ON `plays` (`title_id`);--> statement-breakpoint
CREATE INDEX `plays_episode` ON `plays` (`episode_id`);--> statement-breakpoint
CREATE TABLE `progress` (
	`profile_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`title_id` text NOT NULL,
	`position` real NOT NULL,
	`duration` real NOT NULL,
	`completed` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`profile_id`, `episode_id`),
	FOREIGN KEY (`profile_id`) REFERENCES `profiles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `progress_recent` ON `progress` (`profile_id`,`at`);--> statement-breakpoint
CREATE INDEX `progress_title` ON `progress` (`profile_id`,`title_id`);--> statement-breakpoint
CREATE INDEX `progress_episode` ON `progress` (`episode_id`);--> statement-breakpoint
CREATE TABLE `track_choices` (
	`profile_id` text NOT NULL,
	`title_id` text NOT NULL,
	`choice` text NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`profile_id`, `title_id`),
	FOREIGN KEY (`profile_id`) REFERENCES `profiles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `track_choices_title` ON `track_choices` (`title_id`);--> statement-breakpoint
CREATE TABLE `watchlist` (
	`profile_id` text NOT NULL,
	`title_id` text NOT NULL,
	`state` text NOT NULL,
	`score` integer,
	`followed_at` integer,
	`rewatched` integer DEFAULT 0 NOT NULL,
	`notes` text,
	`started_at` integer,
	`finished_at` integer,
	`state_at` integer NOT NULL,
	`watched_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`profile_id`, `title_id`),
	FOREIGN KEY (`profile_id`) REFERENCES `profiles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `watchlist_state` ON `watchlist` (`profile_id`,`state`,`updated_at`);--> statement-breakpoint
CREATE INDEX `watchlist_updated` ON `watchlist` (`profile_id`,`updated_at`);--> statement-breakpoint
CREATE INDEX `watchlist_watched` ON `watchlist` (`profile_id`,`watched_at`);--> statement-breakpoint
CREATE INDEX `watchlist_followed` ON `watchlist` (`profile_id`,`followed_at`);--> statement-breakpoint
CREATE INDEX `watchlist_title` ON `watchlist` (`title_id`);--> statement-breakpoint
CREATE TABLE `assets` (
	`id` text PRIMARY KEY NOT NULL,
	`episode_id` text NOT NULL,
	`version` integer NOT NULL,
	`source_key` text NOT NULL,
	`source_bytes` integer NOT NULL,
	`file_name` text NOT NULL,
	`prefix` text NOT NULL,
	`key_id` text,
	`verified` integer DEFAULT false NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`amendments` integer DEFAULT 1 NOT NULL,
	`warnings` text,
	`override` text,
	`video_bytes` integer DEFAULT 0 NOT NULL,
	`audio_bytes` integer DEFAULT 0 NOT NULL,
	`subtitle_bytes` integer DEFAULT 0 NOT NULL,
	`picture_bytes` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`idle` integer DEFAULT false NOT NULL,
	`deleted_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assets_version` ON `assets` (`episode_id`,`version`);--> statement-breakpoint
CREATE INDEX `assets_idle` ON `assets` (`bytes`,`id`) WHERE idle;--> statement-breakpoint
CREATE UNIQUE INDEX `assets_prefix` ON `assets` (`prefix`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`task_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`outcome` text NOT NULL,
	`problem` text,
	`detail` text,
	`log` text,
	`cpu_seconds` real,
	`disk_peak` integer,
	`started_at` integer,
	`ended_at` integer NOT NULL,
	PRIMARY KEY(`task_id`, `attempt`),
	FOREIGN KEY (`task_id`) REFERENCES `tasks`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `job_texts` (
	`id` integer PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `job_texts_jobId_unique` ON `job_texts` (`job_id`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`asset_id` text NOT NULL,
	`episode_id` text NOT NULL,
	`state` text NOT NULL,
	`settings` text,
	`change` text,
	`source_key` text,
	`source_bytes` integer,
	`file_name` text,
	`publish_when_ready` integer NOT NULL,
	`user_id` text,
	`remaining` integer DEFAULT 0 NOT NULL,
	`plan` text,
	`certificate` text,
	`problem` text,
	`detail` text,
	`resumable` integer DEFAULT false NOT NULL,
	`clear_at` integer,
	`cleared_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`asset_id`) REFERENCES `assets`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `jobs_created` ON `jobs` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_state` ON `jobs` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_episode` ON `jobs` (`episode_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `jobs_clear` ON `jobs` (`clear_at`);--> statement-breakpoint
CREATE TABLE `retired` (
	`prefix` text PRIMARY KEY NOT NULL,
	`clear_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `retired_clear` ON `retired` (`clear_at`);--> statement-breakpoint
CREATE TABLE `sources` (
	`key` text PRIMARY KEY NOT NULL,
	`episode_id` text NOT NULL,
	`file_name` text NOT NULL,
	`bytes` integer NOT NULL,
	`gone_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sources_largest` ON `sources` (`bytes`,`key`) WHERE gone_at is null;--> statement-breakpoint
CREATE INDEX `sources_episode` ON `sources` (`episode_id`);--> statement-breakpoint
CREATE TABLE `storage` (
	`title_id` text PRIMARY KEY NOT NULL,
	`source_bytes` integer DEFAULT 0 NOT NULL,
	`video_bytes` integer DEFAULT 0 NOT NULL,
	`audio_bytes` integer DEFAULT 0 NOT NULL,
	`subtitle_bytes` integer DEFAULT 0 NOT NULL,
	`picture_bytes` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `storage_largest` ON `storage` (`bytes`,`title_id`);--> statement-breakpoint
CREATE TABLE `tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`kind` text NOT NULL,
	`part` text DEFAULT '' NOT NULL,
	`state` text NOT NULL,
	`attempt` integer DEFAULT 0 NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`progress` real DEFAULT 0 NOT NULL,
	`note` text,
	`disk_now` integer,
	`disk_peak` integer,
	`result` text,
	`problem` text,
	`detail` text,
	`log` text,
	`started_at` integer,
	`finished_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tasks_part` ON `tasks` (`job_id`,`kind`,`part`);--> statement-breakpoint
CREATE INDEX `tasks_due` ON `tasks` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `upload_parts` (
	`upload_id` text NOT NULL,
	`number` integer NOT NULL,
	`etag` text NOT NULL,
	`sha256` text NOT NULL,
	PRIMARY KEY(`upload_id`, `number`),
	FOREIGN KEY (`upload_id`) REFERENCES `uploads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`episode_id` text NOT NULL,
	`user_id` text NOT NULL,
	`file_name` text NOT NULL,
	`bytes` integer NOT NULL,
	`part_bytes` integer NOT NULL,
	`key` text NOT NULL,
	`multipart_id` text NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`publish_when_ready` integer DEFAULT false NOT NULL,
	`settings` text,
	`track` text,
	`after` text,
	`fingerprint` text,
	`received_parts` integer DEFAULT 0 NOT NULL,
	`checksum` text,
	`asset_id` text,
	`job_id` text,
	`clear_at` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `uploads_open` ON `uploads` (`state`,`expires_at`);--> statement-breakpoint
CREATE INDEX `uploads_list` ON `uploads` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `uploads_clear` ON `uploads` (`clear_at`);--> statement-breakpoint
CREATE INDEX `uploads_file` ON `uploads` (`episode_id`,`fingerprint`);--> statement-breakpoint
CREATE UNIQUE INDEX `uploads_video` ON `uploads` (`episode_id`,`fingerprint`,`bytes`) WHERE state = 'open' and fingerprint is not null and track is null;--> statement-breakpoint
CREATE UNIQUE INDEX `uploads_track` ON `uploads` (`episode_id`,`fingerprint`,`bytes`,`track`) WHERE state = 'open' and fingerprint is not null and track is not null;--> statement-breakpoint
CREATE TABLE `takedown_notices` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`work` text NOT NULL,
	`addresses` text NOT NULL,
	`name` text NOT NULL,
	`on_behalf_of` text,
	`email` text NOT NULL,
	`postal_address` text NOT NULL,
	`telephone` text,
	`signature` text NOT NULL,
	`digest` text NOT NULL,
	`language` text DEFAULT 'en' NOT NULL,
	`created_at` integer NOT NULL,
	`answered_at` integer,
	`answered_by` text,
	`answer` text
);
--> statement-breakpoint
CREATE INDEX `takedown_notices_made` ON `takedown_notices` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `takedown_notices_state` ON `takedown_notices` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `takedown_notices_digest` ON `takedown_notices` (`digest`,`created_at`);--> statement-breakpoint
CREATE TABLE `consents` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`version` text NOT NULL,
	`given` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `consents_user` ON `consents` (`user_id`,`at`);--> statement-breakpoint
CREATE TABLE `profiles` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`avatar` text NOT NULL,
	`age_ceiling` text NOT NULL,
	`pin_hash` text,
	`preferences` text NOT NULL,
	`notices_seen_at` integer DEFAULT 0 NOT NULL,
	`calendar_serial` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `profiles_user` ON `profiles` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `holdbacks` (
	`id` text PRIMARY KEY NOT NULL,
	`licensor_id` text,
	`title_id` text NOT NULL,
	`season` integer,
	`episode_from` integer,
	`episode_to` integer,
	`territory_mode` text NOT NULL,
	`countries` text NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`models` text DEFAULT '["free","ads","subscription","rental","purchase"]' NOT NULL,
	`reason` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`licensor_id`) REFERENCES `licensors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `holdbacks_title` ON `holdbacks` (`title_id`);--> statement-breakpoint
CREATE INDEX `holdbacks_licensor` ON `holdbacks` (`licensor_id`,`id`);--> statement-breakpoint
CREATE TABLE `licences` (
	`id` text PRIMARY KEY NOT NULL,
	`licensor_id` text,
	`title_id` text NOT NULL,
	`season` integer,
	`episode_from` integer,
	`episode_to` integer,
	`territory_mode` text NOT NULL,
	`countries` text NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`models` text DEFAULT '["free"]' NOT NULL,
	`max_height` integer,
	`audio_languages` text,
	`subtitle_languages` text,
	`early_access` text DEFAULT '[]' NOT NULL,
	`downloads` integer DEFAULT false NOT NULL,
	`amends` text,
	`ended_at` integer,
	`ended_because` text,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`licensor_id`) REFERENCES `licensors`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `licences_title` ON `licences` (`title_id`);--> statement-breakpoint
CREATE INDEX `licences_licensor` ON `licences` (`licensor_id`,`id`);--> statement-breakpoint
CREATE INDEX `licences_ends` ON `licences` (`ends_at`,`id`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `licences_amends` ON `licences` (`amends`) WHERE amends is not null;--> statement-breakpoint
CREATE INDEX `licences_early` ON `licences` (`ends_at`) WHERE early_access <> '[]' and ended_at is null;--> statement-breakpoint
CREATE TABLE `licensors` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`notes` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `licensors_name_unique` ON `licensors` (`name`);--> statement-breakpoint
CREATE TABLE `rights_attention` (
	`title_id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`until` integer,
	`about` text NOT NULL,
	PRIMARY KEY(`title_id`, `number`),
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `rights_attention_at` ON `rights_attention` (`at`,`title_id`,`number`);--> statement-breakpoint
CREATE INDEX `rights_attention_kind` ON `rights_attention` (`kind`,`at`,`title_id`,`number`);--> statement-breakpoint
CREATE INDEX `rights_attention_until` ON `rights_attention` (`until`);--> statement-breakpoint
CREATE TABLE `takedowns` (
	`id` text PRIMARY KEY NOT NULL,
	`title_id` text NOT NULL,
	`episode_id` text,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`lifted_at` integer,
	`lifted_by` text,
	`lifted_because` text,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`episode_id`) REFERENCES `episodes`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `takedowns_title` ON `takedowns` (`title_id`,`at`);--> statement-breakpoint
CREATE INDEX `takedowns_episode` ON `takedowns` (`episode_id`);--> statement-breakpoint
CREATE TABLE `search_sweep` (
	`id` integer PRIMARY KEY NOT NULL,
	`after` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `search_texts` (
	`id` integer PRIMARY KEY NOT NULL,
	`title_id` text NOT NULL,
	`source` text NOT NULL,
	`part` text NOT NULL,
	`text` text NOT NULL,
	`latin` text NOT NULL,
	`native` text NOT NULL,
	`tokens` text NOT NULL,
	FOREIGN KEY (`title_id`) REFERENCES `titles`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `search_texts_title` ON `search_texts` (`title_id`,`source`,`part`);