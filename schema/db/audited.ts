import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { invites, users } from './accounts.ts';
import { campaigns } from './ads.ts';
import { gifts, offers, planPrices, plans, purchases, subscriptions } from './billing.ts';
import { licensorShares } from './books.ts';
import {
  episodeOrders,
  episodes,
  episodeTranslations,
  seasons,
  titleRelations,
  titles,
  titleTranslations,
} from './catalog.ts';
import { assets, jobs, sources, uploads } from './media.ts';
import { takedownNotices } from './moderation.ts';
import { holdbacks, licences, licensors, takedowns } from './rights.ts';

// Which tables the audit log writes down, and of which columns. Names are those of the Drizzle tables.

/**
 * What is written down of a table: all columns, unless some are named.
 * `only`: these and no others, where people are in the rest. `reckoned`: follows from other rows, or is kept by the system: a change of
 * nothing else is no change; it stands with rows that are made or erased, so that they can be put back. `withheld`: that it changed, not
 * what it was: it may name people, and the log cannot forget.
 */
export type Audited = {
  table: SQLiteTable;
  only?: readonly string[];
  reckoned?: readonly string[];
  withheld?: readonly string[];
};

export const audited: readonly Audited[] = [
  {
    table: titles,
    reckoned: [
      'playableEpisodes',
      'audio',
      'subtitles',
      'lastEpisodeAt',
      'shownIn',
      'shownUntil',
      'trend',
      'revision',
      'updatedAt',
    ],
  },
  { table: titleTranslations },
  { table: seasons },
  { table: episodes, reckoned: ['assetRevision', 'readyAssetId', 'revision', 'updatedAt'] },
  { table: episodeTranslations },
  { table: titleRelations },
  { table: episodeOrders },
  { table: licensors, withheld: ['notes'], reckoned: ['updatedAt'] },
  { table: licences },
  { table: holdbacks },
  { table: takedowns },
  { table: takedownNotices, only: ['state'] },
  { table: plans, reckoned: ['updatedAt'] },
  { table: planPrices },
  { table: offers, reckoned: ['updatedAt'] },
  { table: subscriptions, reckoned: ['revision', 'checkedAt', 'updatedAt'] },
  { table: purchases, reckoned: ['revision'] },
  { table: gifts, withheld: ['codeHash'], reckoned: ['used'] },
  { table: campaigns, reckoned: ['updatedAt', 'shown'] },
  { table: licensorShares },
  { table: invites, withheld: ['email'] },
  { table: users, only: ['role', 'closesAt', 'closesBecause'] },
  {
    table: uploads,
    only: [
      'episodeId',
      'fileName',
      'bytes',
      'state',
      'publishWhenReady',
      'settings',
      'track',
      'assetId',
      'jobId',
      'after',
    ],
  },
  {
    table: assets,
    reckoned: [
      'revision',
      'amendments',
      'warnings',
      'videoBytes',
      'audioBytes',
      'subtitleBytes',
      'pictureBytes',
      'bytes',
      'idle',
    ],
  },
  { table: sources, only: ['episodeId', 'fileName', 'bytes', 'goneAt'] },
  {
    table: jobs,
    only: [
      'assetId',
      'episodeId',
      'state',
      'settings',
      'change',
      'fileName',
      'publishWhenReady',
      'problem',
      'detail',
    ],
  },
];

const SECRETS = 'how somebody signs in: secrets, and each account’s own affair';
const OWN = 'personal: what somebody watches and keeps for themselves, staff or not';
const DERIVED = 'follows from rows that are written down';
const STRIPE = 'a copy of what stands at Stripe, or on the way there; moved by what Stripe says';
const MACHINE = 'moved by the pipeline; what staff did to it stands with its job or upload';

/** Tables that the log says nothing of, by their names, and why. A test holds both lists to the schema. */
export const notAudited: Readonly<Record<string, string>> = {
  sessions: `${SECRETS}; that staff ended somebody's is an entry of its own`,
  credentials: SECRETS,
  verifications: SECRETS,
  two_factors: SECRETS,
  passkeys: SECRETS,
  profiles: OWN,
  consents: OWN,
  progress: OWN,
  plays: OWN,
  watchlist: OWN,
  track_choices: OWN,
  title_facets: DERIVED,
  search_texts: DERIVED,
  search_sweep: DERIVED,
  catalogue_generation: DERIVED,
  facet_counts: DERIVED,
  rights_attention: DERIVED,
  storage: DERIVED,
  job_texts: DERIVED,
  hourly_numbers: DERIVED,
  daily_shares: DERIVED,
  sweep_failures: 'kept by the sweeper; nobody changes it',
  customers: STRIPE,
  checkouts: STRIPE,
  stripe_events: STRIPE,
  reconciliations: STRIPE,
  ledger: 'a log of its own, that is only added to',
  play_days: DERIVED,
  advert_days: DERIVED,
  money_days: DERIVED,
  plan_days: DERIVED,
  folded_days: DERIVED,
  month_sums: DERIVED,
  reckoned_months: DERIVED,
  statements: 'added to only; who made each stands in its row',
  advert_plays: OWN,
  campaign_hours: DERIVED,
  d1_migrations: 'the database’s own',
  upload_parts: MACHINE,
  tasks: MACHINE,
  attempts: MACHINE,
  retired: MACHINE,
  audit_entries: 'the log itself',
  audit_now: 'the log itself',
  audit_seals: 'the log itself',
};
