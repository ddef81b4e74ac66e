import type { Stripe } from 'stripe';
import type { Interval } from '../../schema/plans.ts';
import { notAnAmount } from '../../schema/money.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { asked, askPrice, noteProduct, priceByStripe } from './price-queries.ts';
import type { PlanRow } from './queries.ts';

export type Wanted = {
  currency: string;
  interval: Interval;
  amount: number;
  stripePriceId?: string | undefined;
};

/**
 * Asks a price of a plan from now on. Safe to repeat, and taken up again where it broke off: the product and the price are looked for
 * before they are made, each is made under a key that says what it is, and here nothing changes before Stripe has both.
 * @throws Problem `invalid-request` for what Stripe would not take; `conflict` for a price that is another; `unavailable`
 */
export async function askForPrice(platform: Platform, plan: PlanRow, wanted: Wanted): Promise<void> {
  const { db, newId, now } = platform;
  const wrong = notAnAmount(wanted.amount, wanted.currency);
  if (wrong !== null) {
    const pointer = wrong.includes('ISO 4217') ? '/currency' : '/amount';
    throw new Problem('invalid-request', {
      detail: `${pointer}: ${wrong}`,
      errors: [{ pointer, detail: wrong }],
    });
  }
  const before = await asked(db, { planId: plan.id, ...wanted });
  if (
    before?.amount === wanted.amount &&
    (wanted.stripePriceId ?? before.stripePriceId) === before.stripePriceId
  )
    return;
  const stripePriceId =
    wanted.stripePriceId === undefined
      ? await madePrice(platform, await productOf(platform, plan), plan, wanted)
      : await linkedPrice(platform, plan, wanted, wanted.stripePriceId);
  const { currency, interval, amount } = wanted;
  const row = { id: newId('price'), planId: plan.id, currency, interval, amount, stripePriceId };
  await askPrice(db, { ...row, endedAt: null, createdAt: now() });
}

/** The plan's product at Stripe: the one that is noted, one that was made and not noted, or a new one. */
async function productOf({ db, stripe }: Platform, plan: PlanRow): Promise<string> {
  if (plan.stripeProductId !== null) return plan.stripeProductId;
  const made = await stripe
    .ask((sdk) =>
      sdk.products.create(
        // An id of our own: whoever makes it a second time is told that it is there.
        { id: `engawa-plan-${plan.id}`, name: plan.name, metadata: { plan: plan.id } },
        { idempotencyKey: `product:${plan.id}:${plan.name}` },
      ),
    )
    .catch(async (error: unknown) => {
      const there = await stripe.find((sdk) => sdk.products.retrieve(`engawa-plan-${plan.id}`));
      if (there) return there;
      throw error;
    });
  return noteProduct(db, plan.id, made.id);
}

/** What a price is called at Stripe, so that it is found again: the same terms are the same price. */
const lookupKey = (plan: PlanRow, { currency, interval, amount }: Wanted) =>
  `engawa-${plan.id}-${currency}-${interval}-${amount}`;

async function madePrice(
  { stripe }: Platform,
  product: string,
  plan: PlanRow,
  wanted: Wanted,
): Promise<string> {
  const key = lookupKey(plan, wanted);
  const found = await stripe.ask((sdk) => sdk.prices.list({ lookup_keys: [key], active: true, limit: 1 }));
  const [there] = found.data;
  if (there) return there.id;
  const made = await stripe.ask((sdk) =>
    sdk.prices.create(
      {
        product,
        currency: wanted.currency,
        unit_amount: wanted.amount,
        recurring: { interval: wanted.interval },
        tax_behavior: 'inclusive', // what a page shows is what is paid
        lookup_key: key,
        metadata: { plan: plan.id },
      },
      { idempotencyKey: key },
    ),
  );
  return made.id;
}

/** A price that was made at Stripe by hand. It has to be what we say that it is. */
async function linkedPrice(
  { db, stripe }: Platform,
  plan: PlanRow,
  wanted: Wanted,
  id: string,
): Promise<string> {
  const ours = await priceByStripe(db, id);
  if (ours && ours.planId !== plan.id)
    throw new Problem('conflict', `${id} is a price of the plan ${ours.planId} already.`);
  const price = await stripe.find((sdk) => sdk.prices.retrieve(id));
  if (!price) throw new Problem('not-found', `Stripe has no price ${id}.`);
  const unlike = unlikeness(price, wanted);
  if (unlike !== null) throw new Problem('conflict', `${id} ${unlike}.`);
  return id;
}

/** Why a price of Stripe's is not the one that is meant, in words; null: it is. */
export function unlikeness(price: Stripe.Price, wanted: Wanted): string | null {
  const { recurring, currency, unit_amount: amount } = price;
  if (!price.active) return 'is not active at Stripe';
  if (!recurring) return 'is not recurring: it is paid once';
  if (recurring.usage_type === 'metered') return 'goes by usage, which plans do not';
  if (recurring.interval !== wanted.interval || recurring.interval_count !== 1)
    return `is paid each ${recurring.interval_count} ${recurring.interval}, not each ${wanted.interval}`;
  if (currency !== wanted.currency) return `is in ${currency}, not in ${wanted.currency}`;
  if (amount !== wanted.amount) return `costs ${amount ?? 'by tiers'}, not ${wanted.amount}`;
  // Unspecified goes by the account's settings, and by Stripe's own default tax comes on top of dollars.
  if (price.tax_behavior !== 'inclusive')
    return 'does not include its tax (tax_behavior: inclusive): pages show what is paid in the end';
  return null;
}
