import type { Stripe } from 'stripe';
import type { Preview } from '../../schema/api/billing.ts';
import type { Id } from '../../schema/ids.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { priceView } from './plan-view.ts';
import { priceById } from './price-queries.ts';
import { atStripe, changeAtStripe, resumed } from './subscription-change.ts';

/** How long a preview can be taken up. */
const GOOD_MS = 15 * 60_000;

/** What is switched to. @throws Problem `not-for-sale`, `conflict` */
async function target({ db }: Platform, id: Id<'price'>, found: Stripe.Subscription) {
  const wanted = await priceById(db, id);
  const item = found.items.data[0];
  if (!item) throw new Error(`${found.id} is a subscription to nothing`);
  // What is paid already stays open to who pays it.
  const own = wanted !== null && item.price.id === wanted.price.stripePriceId;
  if (!wanted || (!own && (wanted.price.endedAt !== null || !wanted.plan.sold)))
    throw new Problem('not-for-sale', 'This price is not asked any more. Load the plans anew.');
  if (wanted.price.currency !== found.currency)
    throw new Problem(
      'not-for-sale',
      `You are billed in ${found.currency.toUpperCase()}: choose a price in that currency.`,
    );
  if (found.pause_collection !== null)
    throw new Problem('conflict', 'The subscription is paused. Take it up again first, then switch.');
  if (found.status !== 'active' && found.status !== 'trialing')
    throw new Problem('conflict', 'The last payment failed: mend the card on Stripe’s page first.');
  return { price: wanted.price, item, own };
}

/**
 * What switching to a price would cost now and from then on, reckoned by Stripe for a moment that the switch is then made at, so that what is
 * shown is what is charged.
 */
export async function previewSwitch(platform: Platform, userId: string, id: Id<'price'>): Promise<Preview> {
  const { found } = await atStripe(platform, userId);
  const { price, item } = await target(platform, id, found);
  const at = Math.floor(platform.now() / 1000);
  const bill = await platform.stripe.ask((sdk) =>
    sdk.invoices.createPreview({
      subscription: found.id,
      subscription_details: {
        items: [{ id: item.id, price: price.stripePriceId }],
        proration_behavior: 'always_invoice',
        proration_date: at,
      },
    }),
  );
  const ends = bill.lines.data.map(({ period }) => period.end);
  return {
    price: priceView(price),
    dueNow: bill.total < 0 ? bill.total : bill.amount_due,
    currency: bill.currency,
    nextAmount: price.amount,
    nextAt:
      Math.max(
        found.trial_end ?? 0,
        ...ends,
        item.current_period_end > at && ends.length === 0 ? item.current_period_end : 0,
      ) * 1000,
    prorationAt: at * 1000,
  };
}

/**
 * Switches to another plan or interval, now, up or down: what is left of the old one is credited (ADR 0086). Where the difference cannot be
 * charged nothing changes.
 * @throws Problem `payment-failed`: the old plan stays; `conflict`: the preview is too old
 */
export async function switchPlan(
  platform: Platform,
  userId: string,
  { priceId, prorationAt }: { priceId: Id<'price'>; prorationAt: number },
): Promise<void> {
  const { found } = await atStripe(platform, userId);
  const { price, item, own } = await target(platform, priceId, found);
  if (!own && (prorationAt < platform.now() - GOOD_MS || prorationAt > platform.now()))
    throw new Problem('conflict', 'Prices move with each minute: ask for the preview again.');
  await changeAtStripe(
    platform,
    userId,
    (now) =>
      now.items.data[0]?.price.id === price.stripePriceId
        ? null
        : {
            items: [{ id: item.id, price: price.stripePriceId }],
            proration_behavior: 'always_invoice',
            proration_date: Math.floor(prorationAt / 1000),
            payment_behavior: 'error_if_incomplete',
            ...resumed(now), // who chooses a plan stays
          },
    `switch:${found.id}:${price.stripePriceId}:${prorationAt}`,
  );
}
