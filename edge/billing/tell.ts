import { eq } from 'drizzle-orm';
import { users } from '../../schema/db/accounts.ts';
import { planPrices, plans } from '../../schema/db/billing.ts';
import { titles } from '../../schema/db/catalog.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import type { Entry } from './ledger.ts';
import { moneyMail, type MoneyMail } from './mails.ts';
import type { SettledRow } from './settle-queries.ts';
import { idOf } from './standing.ts';

// Whoever settles tells (ADR 0095): each once, as what it is about is written once. Telling never fails what it is about.

type Mail = () => Promise<MoneyMail | null>;
/** @param customerId cus_…, for the language that they read at Stripe; null: not known */
async function tell(
  platform: Platform,
  userId: string,
  customerId: string | null,
  mail: Mail,
): Promise<void> {
  const { db, mailer, settings, stripe } = platform;
  try {
    const [user] = await db.select({ email: users.email }).from(users).where(eq(users.id, userId));
    const said = user && (await mail());
    if (!user || !said) return;
    const customer =
      customerId === null ? null : await stripe.find((sdk) => sdk.customers.retrieve(customerId));
    const locales = customer === null || customer.deleted === true ? [] : (customer.preferred_locales ?? []);
    const acceptLanguage = locales.length > 0 ? locales.join(',') : null;
    await mailer.send(moneyMail(said, { to: user.email, origin: settings.origin, acceptLanguage }));
  } catch (error) {
    complain({ event: 'not told of money', of: userId, error });
  }
}

async function planName({ db }: Platform, id: string): Promise<string> {
  const [plan] = await db.select({ name: plans.name }).from(plans).where(eq(plans.id, id));
  return plan?.name ?? id;
}
async function nameOf(platform: Platform, { planId, titleId }: Entry): Promise<string | null> {
  if (planId) return planName(platform, planId);
  if (!titleId) return null;
  const [title] = await platform.db
    .select({ name: titles.nameMain })
    .from(titles)
    .where(eq(titles.id, titleId));
  return title?.name ?? null;
}

/**
 * Receipts, and what was given back.
 * @param fresh entries that are new in the books
 * @param beginBy of a rental
 */
export async function tellOfMoney(
  platform: Platform,
  fresh: readonly Entry[],
  customerId: string | null,
  beginBy: number | null = null,
): Promise<void> {
  for (const entry of fresh) {
    const { userId, kind, amount, currency, paidUntil } = entry;
    if (!userId || amount === 0 || (kind !== 'payment' && kind !== 'refund')) continue;
    await tell(platform, userId, customerId, async () => {
      const what = await nameOf(platform, entry);
      if (what === null) return null;
      return kind === 'payment'
        ? { kind: 'receipt', what, paid: { amount, currency }, until: paidUntil ?? beginBy }
        : { kind: 'refunded', what, back: { amount: -amount, currency } };
    });
  }
}

type Changed = { before: SettledRow | null; row: SettledRow; customerId: string };
const isOver = ({ state }: SettledRow): boolean => state === 'canceled' || state === 'unpaid';

/** That a payment failed, or that a plan has ended; nothing of what else changes. @param owed of the last invoice */
export async function tellOfSubscription(
  platform: Platform,
  { before, row, customerId }: Changed,
  owed: { amount: number; currency: string } | null,
): Promise<void> {
  if (!before) return;
  const failed = row.state === 'past_due' && before.state !== 'past_due';
  const ended = isOver(row) && !isOver(before);
  if (!failed && !ended) return;
  await tell(platform, row.userId, customerId, async () => {
    const plan = await planName(platform, row.planId);
    if (failed)
      return owed && row.until !== null ? { kind: 'payment-failed', plan, owed, until: row.until } : null;
    const unpaid = row.state === 'unpaid' || before.state === 'past_due';
    const back = row.until !== null && row.periodEnd !== null && row.until < (row.periodStart ?? 0);
    return { kind: 'ended', plan, because: unpaid ? 'unpaid' : back ? 'refunded' : 'cancelled' };
  });
}

/** Three days before a trial ends, where it goes on: what is charged then. @param stripeId sub_… */
export async function tellOfTrial(platform: Platform, stripeId: string): Promise<void> {
  const { db, stripe } = platform;
  const found = await stripe.find((sdk) => sdk.subscriptions.retrieve(stripeId));
  const userId = found?.metadata['user'];
  const price = found?.items.data[0]?.price.id;
  if (!found || !userId || !price || found.status !== 'trialing' || found.trial_end === null) return;
  if (found.cancel_at !== null || found.cancel_at_period_end) return;
  const at = found.trial_end * 1000;
  await tell(platform, userId, idOf(found.customer), async () => {
    const [row] = await db
      .select({
        plan: plans.name,
        amount: planPrices.amount,
        currency: planPrices.currency,
        interval: planPrices.interval,
      })
      .from(planPrices)
      .innerJoin(plans, eq(plans.id, planPrices.planId))
      .where(eq(planPrices.stripePriceId, price));
    if (!row) return null;
    const { plan, interval, ...costs } = row;
    return { kind: 'trial-ends', plan, at, costs, interval };
  });
}
