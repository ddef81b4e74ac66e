import type { Money } from '../../schema/api/books.ts';
import { monthAfter, monthName, monthOf } from './months.ts';
import { moneySince, plansAt } from './money-queries.ts';
import type { Db } from '../platform/db.ts';

type Sums = Money['months'][number]['sums'][number];
const none = (currency: string): Sums => ({
  currency,
  payments: 0,
  refunds: 0,
  disputes: 0,
  won: 0,
  tax: 0,
  earned: 0,
  earnedByPlans: 0,
  earnedBySales: 0,
  earnedByAds: 0,
});
const column = {
  payment: 'payments',
  refund: 'refunds',
  'refund-failed': 'refunds',
  dispute: 'disputes',
  'dispute-won': 'won',
} as const;

/** The last months, the present one last. */
export async function moneyOf(db: Db, now: number, months: number): Promise<Money> {
  const from = monthAfter(monthOf(now), 1 - months);
  const [moved, reckoned, [last], openDisputes] = await moneySince(db, from);
  const sums = new Map<string, Map<string, Sums>>();
  for (let month = from; month <= now; month = monthAfter(month)) sums.set(monthName(month), new Map());
  const of = (month: string, currency: string): Sums => {
    const list = sums.get(month) ?? new Map<string, Sums>();
    const one = list.get(currency) ?? none(currency);
    list.set(currency, one);
    return one;
  };
  for (const { month, kind, currency, amount, tax } of moved) {
    const one = of(month, currency);
    one[column[kind]] += amount;
    one.tax += tax;
  }
  for (const { month, earned } of reckoned)
    for (const [currency, { plans, sales, ads }] of Object.entries(earned))
      Object.assign(of(monthName(month), currency), {
        earned: plans + sales + ads,
        earnedByPlans: plans,
        earnedBySales: sales,
        earnedByAds: ads,
      });
  return {
    months: [...sums].map(([month, list]) => ({
      month,
      sums: [...list.values()].toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    })),
    subscriptions: last ? await subscriptionsAt(db, last.day) : null,
    openDisputes,
  };
}

async function subscriptionsAt(db: Db, day: number): Promise<Money['subscriptions']> {
  const [rows, [moved]] = await plansAt(db, day);
  const add = (what: 'paying' | 'trialing' | 'given') => rows.reduce((sum, row) => sum + row[what], 0);
  const monthly: Record<string, number> = {};
  for (const row of rows)
    if (row.currency !== '') monthly[row.currency] = (monthly[row.currency] ?? 0) + row.monthly;
  return {
    day,
    monthly,
    paying: add('paying'),
    trialing: add('trialing'),
    given: add('given'),
    began: moved?.began ?? 0,
    ended: moved?.ended ?? 0,
    trialsOver: moved?.trialsOver ?? 0,
    trialsPaid: moved?.trialsPaid ?? 0,
  };
}
