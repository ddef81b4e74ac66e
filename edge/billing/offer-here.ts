import type { Offered } from '../../schema/api/billing.ts';
import { decide } from '../rights/decide.ts';
import { boughtUntil } from '../rights/rows.ts';
import type { AgeRating, PurchaseTerms, RefusalReason, Rights, Subject } from '../rights/terms.ts';
import { currencyFor } from './price-currency.ts';
import type { OfferRow } from './offer-queries.ts';

/** Who would buy, and where. */
export type Buyer = { country: string | null; ageCeiling: AgeRating; billedIn: string | null };
type OfTitle = { episodes: readonly Subject[]; rights: Rights };

/**
 * Why an offer is of no use to somebody, here and now: nobody pays for what they could not watch then. The rule that plays are granted by is
 * asked as if they had bought it, with no other way to pay, so that what is open anyway is no reason to sell it. Null: they could watch.
 */
export function uselessBecause(
  offer: Pick<OfferRow, 'kind' | 'season' | 'episodeId' | 'beginWithinMs' | 'playsForMs'>,
  { country, ageCeiling }: Omit<Buyer, 'billedIn'>,
  { episodes, rights }: OfTitle,
  now: number,
): RefusalReason | null {
  const bought: PurchaseTerms = {
    id: 'pur_tobe',
    kind: offer.kind,
    season: offer.season,
    episodeId: offer.episodeId,
    boughtAt: now,
    beginBy: offer.beginWithinMs === null ? null : now + offer.beginWithinMs,
    playsForMs: offer.playsForMs,
    begunAt: null,
    revokedAt: null,
  };
  const licences = rights.licences.map((row) => ({
    ...row,
    models: row.models.filter((model) => model === offer.kind),
  }));
  const viewer = { country, signedIn: true, ageCeiling, subscriptions: [], purchases: [bought] };
  let reason: RefusalReason | null = 'not-found';
  for (const episode of episodes) {
    if (boughtUntil(bought, episode, now) === null) continue;
    const answer = decide(viewer, episode, { ...rights, licences }, now);
    if (answer.granted) return null;
    reason = answer.reason;
  }
  return reason;
}

/** Whether what somebody has already is all that an offer would bring them: the same part or more of the title, in the same way or for good. */
export const hasAlready = (
  offer: Pick<OfferRow, 'kind' | 'season' | 'episodeId'>,
  bought: readonly PurchaseTerms[],
  episodes: readonly Subject[],
  now: number,
): boolean => {
  const within = episodes.filter(
    (episode) =>
      (offer.episodeId === null || offer.episodeId === episode.id) &&
      (offer.season === null || offer.season === episode.season),
  );
  return bought.some(
    (one) =>
      (one.kind === offer.kind || one.kind === 'purchase') &&
      isAsWide(one, offer) &&
      within.length > 0 &&
      within.every((episode) => boughtUntil(one, episode, now) !== null),
  );
};
type Part = { season: number | null; episodeId: string | null };
const isAsWide = (one: Part, other: Part): boolean =>
  one.episodeId === null
    ? one.season === null || one.season === other.season || other.episodeId !== null
    : one.episodeId === other.episodeId;

/** What is shown of an offer: in one currency; null: it has no price that they could pay. */
export function offeredView(offer: OfferRow, buyer: Pick<Buyer, 'country' | 'billedIn'>): Offered | null {
  const currency = offerCurrency(offer, buyer);
  const amount = currency === null ? undefined : offer.prices[currency];
  if (currency === null || amount === undefined) return null;
  const { id, kind, season, episodeId, beginWithinMs, playsForMs } = offer;
  return { id, kind, season, episodeId, beginWithinMs, playsForMs, amount, currency };
}

/** One-off payments bind nobody to a currency; whoever is billed in one is asked in it where there is a price in it, all the same. */
export const offerCurrency = (
  { prices }: Pick<OfferRow, 'prices'>,
  { billedIn, country }: Pick<Buyer, 'country' | 'billedIn'>,
) => {
  const offered = Object.keys(prices);
  const own = billedIn !== null && offered.includes(billedIn) ? billedIn : null;
  return currencyFor(offered, { billedIn: own, country });
};
