import { cards } from './cards.ts';
import { boundaryAfter, sameInterval } from './cycle.ts';
import { offsOf } from './discounts.ts';
import { invalid } from './errors.ts';
import type { NewLine } from './invoice-draft.ts';
import { defaultMethod } from './methods.ts';
import { switching } from './proration.ts';
import { now, type Account } from './state.ts';
import type { Metadata, Price, Subscription, SubscriptionItem } from './stored.ts';
import { costs, linesOf, makeSubscriptionItem, nameOf, periodOf } from './subscription-items.ts';

export type ItemChange = {
  id?: string | undefined;
  price?: Price | undefined;
  quantity?: number | undefined;
  deleted?: boolean | undefined;
  metadata?: Metadata | undefined;
};
export type Change = {
  items: ItemChange[];
  proration: 'always_invoice' | 'create_prorations' | 'none';
  prorationDate: number | null;
  trialEnd: number | 'now' | null;
  anchorNow: boolean;
};
export type Plan = {
  items: SubscriptionItem[];
  /** Credits and debits of what is left of the period. */
  prorations: NewLine[];
  /** The cycle begins anew now: its first period is asked for at once. */
  anew: boolean;
  anchor: number;
  trialEnd: number | null;
  /** Whether an invoice is made at once. */
  bills: boolean;
};

function itemsAfter(subscription: Subscription, changes: ItemChange[], at: number): SubscriptionItem[] {
  const period = periodOf(subscription);
  const items = structuredClone(subscription.items.data);
  for (const change of changes) {
    const item = change.id ? items.find((one) => one.id === change.id) : undefined;
    if (change.id && !item)
      throw invalid(`No such subscription item: '${change.id}'`, 'items[0][id]', 'resource_missing');
    if (item && change.deleted) items.splice(items.indexOf(item), 1);
    else if (item) {
      if (change.price) {
        const made = makeSubscriptionItem(
          subscription.id,
          { price: change.price, quantity: change.quantity ?? item.quantity ?? 1, metadata: item.metadata },
          item.created,
          period,
        );
        Object.assign(item, { price: made.price, plan: made.plan });
      }
      if (change.quantity !== undefined) item.quantity = change.quantity;
    } else if (change.price) {
      const { price } = change;
      if (items.some((one) => one.price.id === price.id))
        throw invalid(
          `Cannot add multiple subscription items with the same plan: ${price.id}`,
          'items[0][price]',
        );
      items.push(
        makeSubscriptionItem(
          subscription.id,
          { price, quantity: change.quantity ?? 1, metadata: change.metadata ?? {} },
          at,
          period,
        ),
      );
    }
  }
  if (!items.length) throw invalid('A subscription must have at least one active item.', 'items');
  if (items.some((one) => one.price.currency !== subscription.currency))
    throw invalid(
      `The price specified only supports \`${items.at(-1)?.price.currency}\`. This doesn't match the expected currency: \`${subscription.currency}\`.`,
      'items[0][price]',
    );
  return items;
}

// What was given off the old price is not given back in full.
const netOf = (account: Account, subscription: Subscription, at: number): number =>
  offsOf(account, subscription.discounts, subscription.currency, at).reduce(
    (rest, off) => rest * (1 - (off.percent ?? 0) / 100),
    1,
  );

function line(
  account: Account,
  subscription: Subscription,
  item: SubscriptionItem,
  amount: number,
  period: { start: number; end: number },
): NewLine {
  const verb = amount < 0 ? 'Unused time on' : 'Remaining time on';
  const day = new Date(period.start * 1000).toISOString().slice(0, 10);
  return {
    amount,
    description: `${verb} ${nameOf(account, item.price)} after ${day}`,
    period,
    price: item.price,
    quantity: item.quantity ?? 1,
    discountable: false,
    proration: true,
    item: item.id,
    invoiceItem: null,
    metadata: { ...subscription.metadata },
  };
}

/** What a change makes of a subscription, and what it costs; nothing is written. */
export function plan(account: Account, subscription: Subscription, change: Change): Plan {
  const at = now(account, subscription.customer);
  const period = periodOf(subscription);
  const asked = change.prorationDate ?? at;
  // Whoever asks has a clock of their own, which is not moved with the account's: their now is ours.
  const moved = account.ahead > 0 && subscription.test_clock === null;
  const date = moved && asked < period.start ? at : asked;
  if (date < period.start || date > period.end)
    throw invalid('The proration date must be within the current billing period.', 'proration_date');
  const before = subscription.items.data;
  const items = itemsAfter(subscription, change.items, at);
  const trialing =
    subscription.status === 'trialing' &&
    change.trialEnd !== 'now' &&
    (change.trialEnd ?? subscription.trial_end ?? 0) > at;
  const trialEnd = trialing
    ? change.trialEnd === 'now'
      ? null
      : (change.trialEnd ?? subscription.trial_end)
    : typeof change.trialEnd === 'number' && change.trialEnd > at
      ? change.trialEnd
      : null;
  const [old] = before;
  const [first] = items;
  const other =
    !!old?.price.recurring &&
    !!first?.price.recurring &&
    !sameInterval(old.price.recurring, first.price.recurring);
  const endsTrial = subscription.status === 'trialing' && !trialing;
  const anew = trialEnd === null && (other || change.anchorNow || endsTrial);
  const anchor = trialEnd ?? (anew ? at : subscription.billing_cycle_anchor);
  for (const item of items) {
    if (anew || trialEnd !== null)
      item.current_period_start = anew || !trialing ? at : item.current_period_start;
    if (item.price.recurring && (anew || trialEnd !== null))
      item.current_period_end = trialEnd ?? boundaryAfter(anchor, item.price.recurring, at);
  }
  const prorations: NewLine[] = [];
  const billed = subscription.status === 'active' || subscription.status === 'past_due';
  if (change.proration !== 'none' && billed) {
    const net = netOf(account, subscription, at);
    const left = { start: date, end: period.end };
    for (const was of before) {
      const is = items.find((one) => one.id === was.id);
      if (is && !anew && is.price.id === was.price.id && is.quantity === was.quantity) continue;
      const { credit } = switching(Math.round(costs(was) * net), 0, period, date);
      if (credit) prorations.push(line(account, subscription, was, credit, left));
    }
    for (const is of anew ? [] : items) {
      const was = before.find((one) => one.id === is.id);
      if (was && is.price.id === was.price.id && is.quantity === was.quantity) continue;
      const { debit } = switching(0, Math.round(costs(is) * net), period, date);
      if (debit) prorations.push(line(account, subscription, is, debit, left));
    }
  }
  const bills = anew || (change.proration === 'always_invoice' && prorations.length > 0);
  return { items, prorations, anew, anchor, trialEnd, bills };
}

/** The lines of the invoice that a plan makes at once, or, where it makes none, of the next. */
export function planLines(account: Account, subscription: Subscription, made: Plan): NewLine[] {
  const after: Subscription = { ...subscription, items: { ...subscription.items, data: made.items } };
  const all = linesOf(account, after);
  if (made.anew) return [...made.prorations, ...all];
  if (made.bills) return [...made.prorations, ...all.filter((one) => one.invoiceItem !== null)];
  const next = made.items.map((item) => {
    const start = item.current_period_end;
    return {
      ...item,
      current_period_start: start,
      current_period_end: item.price.recurring
        ? boundaryAfter(made.anchor, item.price.recurring, start)
        : start,
    };
  });
  return [...made.prorations, ...linesOf(account, { ...after, items: { ...after.items, data: next } })];
}

/** Whether the card on file would refuse a payment now, with nobody there to answer for it. */
export function wouldFail(account: Account, customer: string, method: string | null): boolean {
  const id = method ?? defaultMethod(account, customer, null);
  const kept = id ? account.tables.card.get(id) : undefined;
  if (!kept) return true;
  const card = cards[kept.name];
  return 'declines' in card || ('authenticates' in card && (card.authenticates === 'always' || !kept.setUp));
}
