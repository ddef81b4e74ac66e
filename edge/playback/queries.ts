import { and, eq, gt, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { TrackChoice } from '../../schema/api/playback.ts';
import type { Id } from '../../schema/ids.ts';
import type { Marker } from '../../schema/media-facts.ts';
import { sessions, users } from '../../schema/db/accounts.ts';
import { plans, purchases, subscriptions } from '../../schema/db/billing.ts';
import { episodes, titles } from '../../schema/db/catalog.ts';
import { progress, trackChoices } from '../../schema/db/library.ts';
import { profiles } from '../../schema/db/profiles.ts';
import { holdbacks, licences } from '../../schema/db/rights.ts';
import type { Source } from '../../schema/plans.ts';
import { rowsOf, type Db } from '../platform/db.ts';
import type { PurchaseTerms, Rights, Subject, Subscription } from '../rights/terms.ts';

/** One of the account's profiles, how far it is in the episode, and what it chose to hear and read in the series. */
export type Watcher = Pick<typeof profiles.$inferSelect, 'id' | 'ageCeiling' | 'pinHash' | 'preferences'> & {
  /** Seconds; null: it never watched it. */
  position: number | null;
  completed: boolean | null;
  choice: TrackChoice | null;
};

export type Playable = {
  episode: Subject;
  titleId: Id<'title'>;
  titleName: string;
  /** BCP 47 of what is spoken in the original. */
  originalLanguage: string;
  asset: { assetId: Id<'asset'>; revision: number } | null;
  markers: Marker[];
  /** Where advertising may be shown, seconds, ascending. */
  breaks: number[];
  rights: Rights;
  subscriptions: (Subscription & { source: Source; trialEnd: number | null })[];
  /** Of this title. */
  purchases: (PurchaseTerms & { source: Source })[];
  watchers: Watcher[];
  /** When the account is deleted, ms UTC; null: it is not. */
  closesAt: number | null;
  /** The session that the viewer comes by has ended; their token does not know it yet. */
  signedOut: boolean;
};

const pick = <T, K extends string & keyof T>(table: T, names: readonly K[]): Pick<T, K> =>
  Object.fromEntries(names.map((name) => [name, table[name]])) as Pick<T, K>;
const area = [
  'id',
  'season',
  'episodeFrom',
  'episodeTo',
  'territoryMode',
  'countries',
  'startsAt',
  'endsAt',
  'models',
] as const;
const holdbackTerms = pick(holdbacks, area);
const licenceTerms = pick(licences, [
  ...area,
  'maxHeight',
  'audioLanguages',
  'subtitleLanguages',
  'earlyAccess',
  'downloads',
  'endedAt',
]);
const planTerms = {
  ...pick(plans, ['id', 'streams', 'maxHeight', 'ads', 'skipAds', 'downloads', 'rank']),
  ...pick(subscriptions, ['since', 'until', 'source', 'trialEnd']),
};
const purchaseTerms = pick(purchases, [
  'id',
  'kind',
  'source',
  'season',
  'episodeId',
  'boughtAt',
  'beginBy',
  'playsForMs',
  'begunAt',
  'revokedAt',
]);
const watcher = {
  ...pick(profiles, ['id', 'ageCeiling', 'pinHash', 'preferences']),
  ...pick(progress, ['position', 'completed']),
  ...pick(trackChoices, ['choice']),
};

/**
 * Everything a play asks of D1, in one statement: the episode with its title, the title's licences in force and holdbacks, the viewer's
 * plan, what they bought of the title, and their profiles with how far each is. Null: there is no such episode.
 */
export async function playable(
  db: Db,
  episodeId: Id<'episode'>,
  { userId, sessionId }: { userId: string; sessionId?: string },
): Promise<Playable | null> {
  const session = and(eq(sessions.id, sessionId ?? ''), eq(sessions.userId, userId));
  const inForce = and(eq(licences.titleId, episodes.titleId), isNull(licences.endedAt));
  const ofTitle = and(eq(purchases.userId, userId), eq(purchases.titleId, episodes.titleId));
  const howFar = and(eq(progress.profileId, profiles.id), eq(progress.episodeId, episodes.id));
  const ofSeries = and(eq(trackChoices.profileId, profiles.id), eq(trackChoices.titleId, episodes.titleId));
  const [row] = await db
    .select({
      season: episodes.season,
      number: episodes.number,
      assetId: episodes.assetId,
      revision: episodes.assetRevision,
      publishedAt: episodes.publishedAt,
      airsAt: episodes.airsAt,
      detected: episodes.markers,
      edited: episodes.editedMarkers,
      breaks: episodes.breaks,
      takenDownAt: episodes.takenDownAt,
      title: {
        id: titles.id,
        name: titles.nameMain,
        originalLanguage: titles.originalLanguage,
        ageRating: titles.ageRating,
        takenDownAt: titles.takenDownAt,
        draft: titles.draft,
      },
      licences: rowsOf(licenceTerms, sql`${licences} where ${inForce}`),
      holdbacks: rowsOf(holdbackTerms, sql`${holdbacks} where ${eq(holdbacks.titleId, episodes.titleId)}`),
      closesAt: sql<number | null>`(select ${users.closesAt} from ${users} where ${eq(users.id, userId)})`,
      signedOut:
        sessionId === undefined
          ? sql<number>`0`
          : sql<number>`not exists (select 1 from ${sessions} where ${session})`,
      subscriptions: rowsOf(
        planTerms,
        sql`${subscriptions} join ${plans} on ${eq(plans.id, subscriptions.planId)} where ${eq(subscriptions.userId, userId)}`,
      ),
      purchases: rowsOf(purchaseTerms, sql`${purchases} where ${ofTitle}`),
      watchers: rowsOf<typeof watcher, 'position' | 'completed' | 'choice'>(
        watcher,
        sql`${profiles} left join ${progress} on ${howFar} left join ${trackChoices} on ${ofSeries} where ${eq(profiles.userId, userId)}`,
      ),
    })
    .from(episodes)
    .innerJoin(titles, eq(titles.id, episodes.titleId))
    .where(eq(episodes.id, episodeId));
  if (!row) return null;
  const { season, number, airsAt, title } = row;
  return {
    episode: {
      id: episodeId,
      season,
      number,
      published: row.assetId !== null && row.publishedAt !== null && !title.draft,
      airsAt,
      ageRating: title.ageRating,
      takenDown: row.takenDownAt !== null || title.takenDownAt !== null,
    },
    titleId: title.id,
    titleName: title.name,
    originalLanguage: title.originalLanguage,
    asset: row.assetId && { assetId: row.assetId, revision: row.revision },
    markers: row.edited ?? row.detected ?? [],
    breaks: row.breaks ?? [],
    rights: { licences: row.licences, holdbacks: row.holdbacks },
    subscriptions: row.subscriptions.map(({ since, until, source, trialEnd, ...plan }) => ({
      plan,
      since,
      until,
      source,
      trialEnd,
    })),
    purchases: row.purchases,
    watchers: row.watchers,
    closesAt: row.closesAt,
    signedOut: Boolean(row.signedOut),
  };
}

/**
 * Begins a rental: its time runs from its first play on. Of plays that begin it at the same moment one does, and all hold to it.
 * @returns when the time is over, ms UTC, null: never; `gone`: it was revoked, or it is too late to begin it
 */
export async function beginRental(db: Db, id: Id<'purchase'>, at: number): Promise<number | null | 'gone'> {
  const inTime = or(isNotNull(purchases.begunAt), isNull(purchases.beginBy), gt(purchases.beginBy, at));
  const [begun] = await db
    .update(purchases)
    .set({ begunAt: sql`coalesce(${purchases.begunAt}, ${at})` })
    .where(and(eq(purchases.id, id), isNull(purchases.revokedAt), inTime))
    .returning({ begunAt: purchases.begunAt, playsForMs: purchases.playsForMs });
  if (!begun || begun.begunAt === null) return 'gone';
  return begun.playsForMs === null ? null : begun.begunAt + begun.playsForMs;
}
