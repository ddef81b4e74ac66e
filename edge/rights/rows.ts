import type { Id } from '../../schema/ids.ts';
import { basePlan, type BusinessModel, type PlanTerms } from '../../schema/plans.ts';
import type { LicenceTerms, PurchaseTerms, RowTerms, Subject, Subscription, Viewer } from './terms.ts';

// What one row says at one moment. Nothing here looks at two rows.

export const starts = (row: Pick<RowTerms, 'startsAt'>) => row.startsAt ?? -Infinity;
export const ends = (row: Pick<RowTerms, 'endsAt'>) => row.endsAt ?? Infinity;
export const isOpen = (row: RowTerms, at: number) => starts(row) <= at && at < ends(row);

/** Whether a row is about an episode: of its season, within its range. */
export const isAbout = (row: RowTerms, { season, number }: Subject): boolean => {
  if (row.season === null) return true;
  if (row.season !== season) return false;
  return (row.episodeFrom ?? -Infinity) <= number && number <= (row.episodeTo ?? Infinity);
};

/** A viewer whose country is unknown is covered by world-wide rows only: a guess could breach the contract either way. */
export const covers = ({ territoryMode, countries }: RowTerms, country: string | null): boolean => {
  if (country === null) return territoryMode === 'exclude' && countries.length === 0;
  return countries.includes(country) === (territoryMode === 'include');
};

/** For the same reason a viewer whose country is unknown is held back by every row that names a country at all. */
export const holdsBack = (row: RowTerms, country: string | null): boolean =>
  country === null ? row.territoryMode === 'exclude' || row.countries.length > 0 : covers(row, country);

/** The plan that somebody is on at a moment: of several, the one of the highest rank, of equal ones the smaller id. */
export const planAt = (subscriptions: Viewer['subscriptions'], at: number): PlanTerms =>
  subscriptions
    .filter((one) => isHeld(one, at))
    .map(({ plan }) => plan)
    .reduce((highest, plan) => (isHigher(plan, highest) ? plan : highest), basePlan);

export const isHeld = ({ since, until }: Pick<Subscription, 'since' | 'until'>, at: number): boolean =>
  since <= at && (until === null || at < until);

const isHigher = (a: PlanTerms, b: PlanTerms): boolean =>
  b.id === null || a.rank > b.rank || (a.rank === b.rank && (a.id ?? '') < b.id);

/** When a row lets subscribers of a plan watch an episode; without early access, when it airs. */
export function releasedAt(row: LicenceTerms, { airsAt }: Subject, planId: string | null): number {
  if (airsAt === null) return -Infinity;
  const early = row.earlyAccess.filter(({ plan }) => plan === planId).map(({ ms }) => ms);
  return airsAt - Math.max(0, ...early);
}

/** Until when something bought holds, from a moment at which it does; null: at that moment it does not. */
export function boughtUntil(bought: PurchaseTerms, episode: Subject, at: number): number | null {
  const isOf =
    bought.episodeId === null
      ? bought.season === null || bought.season === episode.season
      : bought.episodeId === episode.id;
  const revoked = bought.revokedAt ?? Infinity;
  if (!isOf || at < bought.boughtAt || at >= revoked) return null;
  if (bought.kind === 'purchase') return revoked;
  if (bought.begunAt === null && at >= (bought.beginBy ?? Infinity)) return null;
  const over = (bought.begunAt ?? at) + (bought.playsForMs ?? Infinity);
  return at < over ? Math.min(over, revoked) : null;
}

export type Payment = { until: number; begins: Id<'purchase'> | null };
const forGood: Payment = { until: Infinity, begins: null };

/** How a viewer pays under a model at a moment; null: they do not. */
export function payment(
  model: BusinessModel,
  viewer: Viewer,
  plan: PlanTerms,
  episode: Subject,
  at: number,
): Payment | null {
  switch (model) {
    case 'free':
      return forGood;
    case 'ads':
      return plan.ads ? forGood : null;
    case 'subscription':
      return plan.id === null ? null : forGood;
    case 'rental':
    case 'purchase':
      return held(model, viewer, episode, at);
    default:
      return model satisfies never;
  }
}

function held(kind: PurchaseTerms['kind'], viewer: Viewer, episode: Subject, at: number): Payment | null {
  const first = usedOf(kind, viewer.purchases, episode, at);
  if (!first) return null;
  return { until: first.until, begins: kind === 'rental' && first.of.begunAt === null ? first.of.id : null };
}

/** Which of several rentals or purchases a play is watched by, and until when that holds; null: none of them does. */
export function usedOf<P extends PurchaseTerms>(
  kind: PurchaseTerms['kind'],
  purchases: readonly P[],
  episode: Subject,
  at: number,
): Held<P> | null {
  let first: Held<P> | null = null;
  for (const of of purchases) {
    const until = of.kind === kind ? boughtUntil(of, episode, at) : null;
    if (until !== null && (first === null || usedFirst({ until, of }, first) < 0)) first = { until, of };
  }
  return first;
}

type Held<P extends PurchaseTerms = PurchaseTerms> = { until: number; of: P };
/** Of several rentals: one that has begun, then the one that has to be begun first. Of equal ones that which lasts, then the smaller id. */
const usedFirst = (a: Held, b: Held): number =>
  ascending(begunBy(a), begunBy(b)) || ascending(b.until, a.until) || (a.of.id < b.of.id ? -1 : 1);
const begunBy = ({ of }: Held): number =>
  of.kind === 'purchase' || of.begunAt !== null ? -Infinity : (of.beginBy ?? Infinity);

/** Not a - b: Infinity - Infinity is NaN. */
export const ascending = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
