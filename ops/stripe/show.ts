import { inner } from './list.ts';
import { invalid } from './errors.ts';
import type { Account, Tables } from './state.ts';

type Kept = { [K in keyof Tables]: Tables[K] extends Map<string, infer V> ? V : never }[keyof Tables];
/** What has a place in answers and events. */
export type Shown = Extract<Kept, { id: string; object: string }>;

// Stripe leaves these out unless they are asked for (https://docs.stripe.com/expand#includable-properties).
const includable: Partial<Record<Shown['object'], string[]>> = {
  'checkout.session': ['line_items'],
  customer: ['tax'],
};

/** An object as it stands on the wire when nothing is expanded. */
export function shown(object: Shown): Record<string, unknown> & { id: string; object: string } {
  const hidden = includable[object.object];
  if (!hidden) return { ...object };
  const entries = Object.entries(object).filter(([name]) => !hidden.includes(name));
  return { ...Object.fromEntries(entries), id: object.id, object: object.object };
}

// Lists that are part of an object only when they are asked for.
function included(account: Account, object: Record<string, unknown>, name: string): unknown {
  const { id } = object;
  const { tables } = account;
  if (typeof id !== 'string') return undefined;
  if (object['object'] === 'customer' && name === 'subscriptions')
    return inner(
      `/v1/customers/${id}/subscriptions`,
      [...tables.subscription.values()]
        .filter((one) => one.customer === id && one.status !== 'canceled')
        .map(shown),
    );
  if (object['object'] === 'customer' && name === 'tax') return tables.customer.get(id)?.tax;
  if (object['object'] === 'checkout.session' && name === 'line_items')
    return tables['checkout.session'].get(id)?.line_items;
  if (object['object'] === 'invoice' && name === 'payments')
    return inner(
      `/v1/invoices/${id}/payments`,
      [...tables.invoice_payment.values()].filter((one) => one.invoice === id).map(shown),
    );
  if (object['object'] === 'charge' && name === 'refunds')
    return inner(
      `/v1/charges/${id}/refunds`,
      [...tables.refund.values()]
        .filter((one) => one.charge === id)
        .toReversed()
        .map(shown),
    );
  return undefined;
}

const byPrefix: Record<string, keyof Tables> = {
  ch: 'charge',
  cs: 'checkout.session',
  cus: 'customer',
  di: 'discount',
  dp: 'dispute',
  in: 'invoice',
  ii: 'invoiceitem',
  inpay: 'invoice_payment',
  pi: 'payment_intent',
  pm: 'payment_method',
  price: 'price',
  prod: 'product',
  promo: 'promotion_code',
  re: 'refund',
  seti: 'setup_intent',
  sub: 'subscription',
  clock: 'test_helpers.test_clock',
  bpc: 'billing_portal.configuration',
};

/** The object that an id stands for; undefined: none that is known. */
function named(account: Account, id: string, field: string): Record<string, unknown> | undefined {
  // Coupons and products go by names of their owner's choice.
  const table = { coupon: 'coupon', product: 'product' }[field] ?? byPrefix[id.split('_')[0] ?? ''];
  const found = table && table in account.tables ? lookUp(account, table, id) : undefined;
  return found && shown(found);
}

function lookUp(account: Account, table: string, id: string): Shown | undefined {
  for (const [name, rows] of Object.entries(account.tables)) {
    if (name !== table) continue;
    const found = rows.get(id);
    return typeof found === 'object' && 'object' in found ? found : undefined;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function follow(account: Account, at: unknown, path: string[], whole: string): void {
  const [head, ...rest] = path;
  if (!head) return;
  if (Array.isArray(at)) {
    at.forEach((value: unknown, i) => {
      if (typeof value === 'string') at[i] = structuredClone(named(account, value, head)) ?? value;
    });
    for (const value of at) follow(account, value, path, whole);
    return;
  }
  if (!isObject(at)) return;
  const lists = included(account, at, head);
  if (lists !== undefined) at[head] = structuredClone(lists);
  if (!(head in at)) throw invalid(`This property cannot be expanded (${whole}).`, 'expand');
  const value = at[head];
  if (typeof value === 'string') at[head] = structuredClone(named(account, value, head)) ?? value;
  else if (Array.isArray(value))
    value.forEach((one: unknown, i) => {
      if (typeof one === 'string') value[i] = structuredClone(named(account, one, head)) ?? one;
    });
  if (Array.isArray(value) || isObject(at[head])) {
    for (const one of Array.isArray(value) ? value : [at[head]]) follow(account, one, rest, whole);
  }
}

/** An answer with what `expand[]` asks for in place of its ids, four levels deep (https://docs.stripe.com/expand). */
export function expanded(account: Account, answer: unknown, paths: string[] = []): unknown {
  if (!paths.length) return answer;
  const copy: unknown = structuredClone(answer);
  for (const whole of paths) {
    const path = whole.split('.');
    if (path.length > 4) throw invalid(`You cannot expand more than 4 levels (${whole}).`, 'expand');
    follow(account, copy, path, whole);
  }
  return copy;
}
