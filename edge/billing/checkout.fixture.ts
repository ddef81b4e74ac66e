import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import type { Checkout, OwnBilling } from '../../schema/api/billing.ts';
import type { AdminPlans } from '../../schema/api/billing-admin.ts';
import { customers } from '../../schema/db/billing.ts';
import type { Id } from '../../schema/ids.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import type { Person } from '../testing/people.ts';
import { bearer } from '../testing/sign-in.ts';

export const HERE = { cf: { country: 'JP' } as RequestInitCfProperties };

/** The double as Stripe's own API, and what of it only tests ask. */
export async function atDouble<T = Record<string, unknown>>(
  method: string,
  path: string,
  body?: Record<string, string> | object,
): Promise<T> {
  const json = path.startsWith('/_double');
  const answer = await fetch(`http://stripe.test${path}`, {
    method,
    headers: {
      authorization: 'Bearer sk_test_engawa',
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    ...(body
      ? { body: json ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>) }
      : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text || '{}') as T;
}

export const asAdmin = async (method: string, path: string, json?: unknown) =>
  call(method, path, { token: await bearer('admin'), ...(json === undefined ? {} : { json }) });

/** A plan that is sold for so much a month and a year, in yen and dollars. @returns its prices' ids, `jpy month` and so on */
export async function soldPlan(
  id: string,
  { rank = 1, trialDays = 0, month = 1_000 }: { rank?: number; trialDays?: number; month?: number } = {},
): Promise<Record<string, Id<'price'>>> {
  const fields = { name: id, streams: 2, maxHeight: null, ads: false, downloads: false, rank, trialDays };
  const put = await asAdmin('PUT', `/api/admin/plans/${id}`, fields);
  if (put.status !== 200) throw new Error(await put.text());
  const asked = [
    { currency: 'jpy', interval: 'month', amount: month },
    { currency: 'jpy', interval: 'year', amount: month * 10 },
    { currency: 'usd', interval: 'month', amount: month },
  ];
  let plans: AdminPlans = { items: [] };
  for (const price of asked) {
    const answer = await asAdmin('POST', `/api/admin/plans/${id}/prices`, price);
    if (answer.status !== 200) throw new Error(await answer.text());
    plans = await answer.json();
  }
  const prices = plans.items.find((one) => one.id === id)?.prices ?? [];
  return Object.fromEntries(
    prices
      .filter(({ endedAt }) => endedAt === null)
      .map(({ id: price, currency, interval }) => [`${currency} ${interval}`, price]),
  );
}

export const checkout = (who: Person, json: object) =>
  who.ask('POST', '/api/billing/checkout', { json, ...HERE });
export const sessionOf = ({ url }: Pick<Checkout, 'url'>): string => /cs_\w+/.exec(url)![0];

/** Pays on a page as its viewer would. */
export const pay = (page: Pick<Checkout, 'url'>, paymentMethod = 'pm_card_visa') =>
  atDouble('POST', `/_double/checkout/${sessionOf(page)}/pay`, {
    payment_method: paymentMethod,
    address: { country: 'JP' },
  });

/** Pays for something, comes back, and looks. */
export async function paid(who: Person, json: object): Promise<OwnBilling> {
  const answer = await checkout(who, json);
  if (answer.status !== 200) throw new Error(await answer.text());
  const page = await answer.json<Checkout>();
  await pay(page);
  const settled = await who.ask('POST', `/api/billing/checkouts/${page.id}/settle`);
  const { state } = await settled.json<{ state: string }>();
  if (state !== 'paid') throw new Error(`${page.id} is ${state}`);
  return (await who.ask('GET', '/api/me/billing')).json();
}

export async function customerAt(who: Person): Promise<string> {
  const [row] = await database(env.DB).select().from(customers).where(eq(customers.userId, who.userId));
  return row!.stripeId;
}
