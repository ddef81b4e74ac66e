import type { Stripe } from 'stripe';
import type { Id } from '../../schema/ids.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { hasAlready, offerCurrency, uselessBecause, type Buyer } from './offer-here.ts';
import { boughtOf, offerById, titleForSale } from './offer-queries.ts';
import { neverSubscribed, priceById } from './price-queries.ts';
import { paidSubscription } from './subscription-own.ts';

/** What somebody wants to pay for, as Stripe's page needs it. */
export type Subject = {
  /** One page is open for each: `plan`, or an offer's id. */
  key: string;
  priceId: Id<'price'> | null;
  offerId: Id<'offer'> | null;
  mode: 'subscription' | 'payment';
  line: Stripe.Checkout.SessionCreateParams.LineItem;
  trialDays: number;
};

const notForSale = (why: string) => new Problem('not-for-sale', why);

/** @throws Problem `not-for-sale`, `already-subscribed` */
export async function planSubject(
  { db }: Platform,
  userId: string,
  id: Id<'price'>,
  billedIn: string | null,
): Promise<Subject> {
  const [found, paid] = await Promise.all([priceById(db, id), paidSubscription(db, userId)]);
  if (!found || found.price.endedAt !== null || !found.plan.sold)
    throw notForSale('This price is not asked any more. Load the plans anew.');
  if (paid)
    throw new Problem(
      'already-subscribed',
      paid.row.state === 'unpaid' || paid.row.state === 'past_due'
        ? 'There is a subscription whose last payment failed: mend its card on Stripe’s page (POST /api/billing/portal).'
        : 'Change to another plan with PUT /api/billing/subscription instead.',
    );
  if (billedIn !== null && billedIn !== found.price.currency)
    throw notForSale(`You are billed in ${billedIn.toUpperCase()}: choose a price in that currency.`);
  const first = found.plan.trialDays > 0 && (await neverSubscribed(db, userId));
  return {
    key: 'plan',
    priceId: id,
    offerId: null,
    mode: 'subscription',
    line: { price: found.price.stripePriceId, quantity: 1 },
    trialDays: first ? found.plan.trialDays : 0,
  };
}

/** @throws Problem `not-for-sale`, `already-bought` */
export async function offerSubject(
  { db, now }: Platform,
  userId: string,
  id: Id<'offer'>,
  buyer: Buyer,
): Promise<Subject> {
  const offer = await offerById(db, id);
  if (!offer?.sold) throw notForSale('This is not sold any more.');
  const [title, bought] = await Promise.all([
    titleForSale(db, { id: offer.titleId }),
    boughtOf(db, userId, offer.titleId),
  ]);
  if (!title || title.title.draft) throw notForSale('This is not sold any more.');
  const at = now();
  if (hasAlready(offer, bought, title.episodes, at))
    throw new Problem('already-bought', 'You can watch it already; nothing was charged.');
  const useless = uselessBecause(offer, buyer, title, at);
  if (useless !== null)
    // No licence lets anybody there watch what is paid for in this way; it may be open in another.
    throw notForSale(
      useless === 'not-in-territory'
        ? `It is not offered for ${offer.kind} where you are; nothing was charged.`
        : `You could not watch it here now (${useless}); nothing was charged.`,
    );
  const currency = offerCurrency(offer, buyer);
  const amount = currency === null ? undefined : offer.prices[currency];
  if (currency === null || amount === undefined) throw notForSale('It has no price where you are.');
  return {
    key: id,
    priceId: null,
    offerId: id,
    mode: 'payment',
    line: {
      quantity: 1,
      price_data: {
        currency,
        unit_amount: amount,
        tax_behavior: 'inclusive', // what the page showed is what is paid
        product_data: { name: nameOf(offer, title), metadata: { offer: id, title: offer.titleId } },
      },
    },
    trialDays: 0,
  };
}

/** As it stands on the page and on the bill. */
function nameOf(
  {
    season,
    episodeId,
    kind,
  }: { season: number | null; episodeId: string | null; kind: 'rental' | 'purchase' },
  { title, episodes }: NonNullable<Awaited<ReturnType<typeof titleForSale>>>,
): string {
  const episode = episodeId === null ? null : episodes.find(({ id }) => id === episodeId);
  const part = episode ? ` · S${episode.season} E${episode.number}` : season === null ? '' : ` · S${season}`;
  return `${title.name}${part} (${kind})`;
}
