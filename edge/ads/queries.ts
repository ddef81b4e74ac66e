import { eq } from 'drizzle-orm';
import { campaigns } from '../../schema/db/ads.ts';
import { assets } from '../../schema/db/media.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import type { Db } from '../platform/db.ts';

export type RunningRow = Awaited<ReturnType<typeof runningCampaigns>>[number];

/** Every running campaign, with what its creative's episode shows now. Rows read: a few for each that runs. */
export const runningCampaigns = (db: Db) =>
  db
    .select({
      id: campaigns.id,
      advertiser: campaigns.advertiser,
      startsAt: campaigns.startsAt,
      endsAt: campaigns.endsAt,
      vastUrl: campaigns.vastUrl,
      clickUrl: campaigns.clickUrl,
      countries: campaigns.countries,
      languages: campaigns.languages,
      titleIds: campaigns.titleIds,
      leastRating: campaigns.leastRating,
      mostRating: campaigns.mostRating,
      capPerDay: campaigns.capPerDay,
      goal: campaigns.goal,
      pacing: campaigns.pacing,
      priority: campaigns.priority,
      cpm: campaigns.cpm,
      currency: campaigns.currency,
      shown: campaigns.shown,
      assetId: episodes.assetId,
      revision: episodes.assetRevision,
      /** Null: nothing is shown. */
      draft: titles.draft,
      prefix: assets.prefix,
    })
    .from(campaigns)
    .leftJoin(episodes, eq(episodes.id, campaigns.creativeEpisodeId))
    .leftJoin(titles, eq(titles.id, episodes.titleId))
    .leftJoin(assets, eq(assets.id, episodes.assetId))
    .where(eq(campaigns.state, 'running'));
