import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { ageRatings } from '../catalog-terms.ts';
import type { Id } from '../ids.ts';
import { episodes, titles } from './catalog.ts';

/** What is shown in breaks, to whom, how often. */
export const campaigns = sqliteTable(
  'campaigns',
  {
    id: text().$type<Id<'campaign'>>().primaryKey(),
    name: text().notNull(),
    advertiser: text().notNull(),
    state: text({ enum: ['draft', 'running', 'paused', 'ended'] }).notNull(),
    /** [startsAt, endsAt), ms UTC; null: open on that side. */
    startsAt: integer(),
    endsAt: integer(),
    /** House: an episode of ours that is shown, of a title that is a draft for good. Null with `vastUrl`. */
    creativeEpisodeId: text()
      .$type<Id<'episode'>>()
      .references(() => episodes.id),
    /** A tag that is asked for each break (IAB VAST 2–4). */
    vastUrl: text(),
    /** Where a click leads; null: nowhere. */
    clickUrl: text(),
    // Targeting; null: any.
    countries: text({ mode: 'json' }).$type<string[]>(),
    /** Of what is heard, BCP 47. */
    languages: text({ mode: 'json' }).$type<string[]>(),
    titleIds: text({ mode: 'json' }).$type<Id<'title'>[]>(),
    /** Shown with episodes rated so or below, and at least so. */
    leastRating: text({ enum: ageRatings }),
    mostRating: text({ enum: ageRatings }),
    /** Most times one account sees it a day (UTC); null: any. */
    capPerDay: integer(),
    /** Impressions bought; null: without end. `even`: spread over its time. */
    goal: integer(),
    pacing: text({ enum: ['even', 'asap'] })
      .notNull()
      .default('even'),
    /** Of several that fit, the higher goes first; equal ones take turns by how far behind they are. */
    priority: integer().notNull().default(5),
    /** What a thousand impressions pay, smallest units; null: nothing. */
    cpm: integer(),
    currency: text(),
    /** Impressions so far: kept by schema/db/ads.sql. */
    shown: integer().notNull().default(0),
    createdAt: integer().notNull(),
    updatedAt: integer().notNull(),
  },
  (t) => [
    index('campaigns_running')
      .on(t.id)
      .where(sql`state = 'running'`),
    index('campaigns_creative').on(t.creativeEpisodeId),
    index('campaigns_created').on(t.createdAt, t.id),
    index('campaigns_state').on(t.state, t.createdAt, t.id),
  ],
);

/**
 * One advertisement shown in one break of one play. Counted by the server. Nobody stands here, nor the play, which would say who: what is
 * paid for is that it was shown.
 */
export const advertPlays = sqliteTable(
  'advert_plays',
  {
    id: text().$type<Id<'advert'>>().primaryKey(),
    campaignId: text()
      .$type<Id<'campaign'>>()
      .notNull()
      .references(() => campaigns.id),
    titleId: text()
      .$type<Id<'title'>>()
      .notNull()
      .references(() => titles.id),
    episodeId: text().$type<Id<'episode'>>().notNull(),
    licenceId: text().$type<Id<'licence'>>().notNull(),
    country: text(),
    /** Heard. */
    language: text(),
    /** Seconds of the episode: which break. */
    breakAt: integer().notNull(),
    /** When its first picture was given out, ms UTC. */
    at: integer().notNull(),
    /** How far it was seen: 0 to 4 quarters. */
    quarters: integer().notNull(),
    skipped: integer({ mode: 'boolean' }).notNull().default(false),
    clicked: integer({ mode: 'boolean' }).notNull().default(false),
    /** What it pays: thousandths of the smallest unit, since one costs less than one. */
    millis: integer().notNull(),
    currency: text(),
  },
  (t) => [
    index('advert_plays_campaign').on(t.campaignId, t.at),
    index('advert_plays_at').on(t.at, t.titleId),
    index('advert_plays_title').on(t.titleId, t.at),
  ],
);

/** Sums of a campaign by hour, kept by schema/db/ads.sql: what pages read. */
export const campaignHours = sqliteTable(
  'campaign_hours',
  {
    campaignId: text()
      .$type<Id<'campaign'>>()
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    /** Its beginning, ms UTC. */
    hour: integer().notNull(),
    impressions: integer().notNull(),
    /** Seen to a quarter, half, three quarters, the end. */
    q1: integer().notNull(),
    q2: integer().notNull(),
    q3: integer().notNull(),
    q4: integer().notNull(),
    skips: integer().notNull(),
    clicks: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.campaignId, t.hour] })],
);
