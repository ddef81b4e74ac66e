import type { ageRatings } from '../../schema/catalog-terms.ts';
import type { Id } from '../../schema/ids.ts';
import type { BusinessModel, EarlyAccess, PlanTerms } from '../../schema/plans.ts';
import type { refusalReasons } from '../../schema/api/rights.ts';
import type { Offer } from '../../schema/problem.ts';

/** What `decide` is asked with and what it answers. All times are ms UTC; a timespan is [start, end), null open on that side. */

export type AgeRating = (typeof ageRatings)[number];

/**
 * Who asks. Neither a role nor a device stands here: no licence names one, and what the rule cannot see it cannot favour.
 * Editors and admins watch like everybody else; what is not licensed yet they look at in the dashboard (edge/ingest/early-watch.ts).
 */
export type Viewer = {
  /** ISO 3166-1 alpha-2, from the edge network, never from a client; null where the network does not know. */
  country: string | null;
  signedIn: boolean;
  /** Of the profile that watches: nothing rated above it plays. */
  ageCeiling: AgeRating;
  /** None that holds: on `basePlan`. Of several that hold, the plan of the highest rank counts. */
  subscriptions: readonly Subscription[];
  /** Of this title, whatever part of it. */
  purchases: readonly PurchaseTerms[];
};
/** On a plan in [since, until), ms UTC. */
export type Subscription = { plan: PlanTerms; since: number; until: number | null };

/** A row of `purchases` in schema/db/billing.ts. */
export type PurchaseTerms = {
  id: Id<'purchase'>;
  kind: 'rental' | 'purchase';
  /** Null with `episodeId` null: the whole title. */
  season: number | null;
  episodeId: string | null;
  boughtAt: number;
  /** Rentals: to be begun before this, then watched for `playsForMs` from `begunAt` on. */
  beginBy: number | null;
  playsForMs: number | null;
  begunAt: number | null;
  revokedAt: number | null;
};

/** What is asked for. */
export type Subject = {
  id: string;
  season: number;
  number: number;
  /** Whether an asset stands behind it. */
  published: boolean;
  /** Null: no date keeps it back. */
  airsAt: number | null;
  ageRating: AgeRating;
  /** It, or its title. */
  takenDown: boolean;
};

/** Which episodes, where and when a row is about, as schema/db/rights.ts has it. */
export type RowTerms = {
  /** Null: all of the title. */
  season: number | null;
  /** Null: open on that side; both ends are included. */
  episodeFrom: number | null;
  episodeTo: number | null;
  territoryMode: 'include' | 'exclude';
  countries: readonly string[];
  startsAt: number | null;
  endsAt: number | null;
  models: readonly BusinessModel[];
};
export type LicenceTerms = RowTerms & {
  id: Id<'licence'>;
  /** Null: any. */
  maxHeight: number | null;
  audioLanguages: readonly string[] | null;
  subtitleLanguages: readonly string[] | null;
  earlyAccess: readonly EarlyAccess[];
  downloads: boolean;
  /** Amended or revoked: it counts no more. */
  endedAt: number | null;
};
export type HoldbackTerms = RowTerms & { id: Id<'holdback'> };
/** All rows of a title. */
export type Rights = { licences: readonly LicenceTerms[]; holdbacks: readonly HoldbackTerms[] };

export type Grant = {
  granted: true;
  /** The row that granted it, and the model of it that the viewer watches under. */
  licenceId: Id<'licence'>;
  model: BusinessModel;
  /** Advertising is shown. */
  ads: boolean;
  downloads: boolean;
  /** The lower one of the licence and the plan; null: any. */
  maxHeight: number | null;
  /** Null: all there are. */
  audio: readonly string[] | null;
  subtitles: readonly string[] | null;
  /** Watched before it airs, by the early access of the plan. */
  early: boolean;
  /** The rental whose time this play begins: `beginRental` (edge/playback/queries.ts) before anything is given out. */
  begins: Id<'purchase'> | null;
  /** Exclusive: when the licence, the plan, the rental ends or a holdback begins, whichever is first. Null: no end is known. */
  until: number | null;
};

export type RefusalReason = (typeof refusalReasons)[number];
export type Refusal = {
  granted: false;
  reason: RefusalReason;
  /** The first moment at which the answer becomes a grant, if all else stays; null: there is none. */
  retryAt: number | null;
  /** What would open it before that; null: nothing that can be had. */
  offer: Offer | null;
};
