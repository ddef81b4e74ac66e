import * as v from 'valibot';
import { entryKinds } from '../book-terms.ts';
import { idSchema } from '../ids.ts';
import { businessModels } from '../plans.ts';
import { page, PageQuery } from './page.ts';

// Amounts are whole numbers of a currency's smallest unit, currencies ISO 4217 in small letters. Months and days are UTC.

export const Month = v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'a month, as 2026-10'));
const month = v.string();

/** What an amount stands for, and how it is paid for. */
const byCurrency = v.record(v.string(), v.number());

export const bookGroups = ['title', 'licensor', 'territory', 'plan', 'model'] as const;
export type BookGroup = (typeof bookGroups)[number];

/** `GET /api/admin/books/usage?month=&by=`: what a month earned and what was watched, by one thing; the first 200 by minutes. */
export const UsageQuery = v.object({ month: Month, by: v.optional(v.picklist(bookGroups), 'title') });
export const Usage = v.object({
  month,
  by: v.picklist(bookGroups),
  /** When it was reckoned; null: not yet. */
  reckonedAt: v.nullable(v.number()),
  items: v.array(
    v.object({
      /** A title, a licensor, ISO 3166-1, a plan or a model; empty: none or not known. */
      of: v.string(),
      name: v.nullable(v.string()),
      plays: v.number(),
      minutes: v.number(),
      /** Of the minutes: on trial, or given by staff or a gift code. They bring no money. */
      givenMinutes: v.number(),
      revenue: byCurrency,
    }),
  ),
});
export type Usage = v.InferOutput<typeof Usage>;

/** `GET /api/admin/books/money?months=12`: what came and went, month by month, the last one last. */
export const MoneyQuery = v.object({
  months: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number), v.minValue(1), v.maxValue(36)),
    '12',
  ),
});
const sums = v.object({
  currency: v.string(),
  /** Tax included; what went is below zero. */
  payments: v.number(),
  refunds: v.number(),
  /** Taken by disputes, and won back. */
  disputes: v.number(),
  won: v.number(),
  /** Of all of it. */
  tax: v.number(),
  /** Earned in the month, net of tax (docs/books.md): subscriptions, sales, advertising. */
  earned: v.number(),
  earnedByPlans: v.number(),
  earnedBySales: v.number(),
  earnedByAds: v.number(),
});
export const Money = v.object({
  months: v.array(v.object({ month, sums: v.array(sums) })),
  /** As of the last day that is known; null: none is. */
  subscriptions: v.nullable(
    v.object({
      day: v.number(),
      /** Monthly recurring revenue, by currency. */
      monthly: byCurrency,
      paying: v.number(),
      trialing: v.number(),
      given: v.number(),
      /** Of the last thirty days: paid for the first time, gone, trials that were over and those of them that were paid. */
      began: v.number(),
      ended: v.number(),
      trialsOver: v.number(),
      trialsPaid: v.number(),
    }),
  ),
  /** Disputes that took money away and were not won, the newest first: at most fifty. */
  openDisputes: v.array(
    v.object({ id: v.string(), at: v.number(), amount: v.number(), currency: v.string() }),
  ),
});
export type Money = v.InferOutput<typeof Money>;

/** `GET /api/admin/books/taxes?month=`: what came in and went, and the tax of it, by country of the bill. */
export const TaxQuery = v.object({ month: Month });
export const Taxes = v.object({
  month,
  items: v.array(
    v.object({
      /** Empty: not known. */
      country: v.string(),
      currency: v.string(),
      entries: v.number(),
      amount: v.number(),
      tax: v.number(),
    }),
  ),
});
export type Taxes = v.InferOutput<typeof Taxes>;

export const LedgerEntry = v.object({
  id: v.string(),
  kind: v.picklist(entryKinds),
  at: v.number(),
  /** Null: the account is gone. */
  userId: v.nullable(v.string()),
  country: v.nullable(v.string()),
  currency: v.string(),
  amount: v.number(),
  tax: v.number(),
  planId: v.nullable(v.string()),
  paidFrom: v.nullable(v.number()),
  paidUntil: v.nullable(v.number()),
  model: v.nullable(v.picklist(businessModels)),
  titleId: v.nullable(idSchema('title')),
  titleName: v.nullable(v.string()),
  season: v.nullable(v.number()),
  episodeId: v.nullable(idSchema('episode')),
  stripePaymentId: v.nullable(v.string()),
});
export type LedgerEntry = v.InferOutput<typeof LedgerEntry>;
const ledgerFilter = {
  month: v.optional(Month),
  kind: v.optional(v.picklist(entryKinds)),
  user: v.optional(v.pipe(v.string(), v.maxLength(80))),
};
/** `GET /api/admin/books/ledger`, the newest first; `…/export?month=` as CSV, the oldest first. */
export const LedgerQuery = v.object({ ...PageQuery, ...ledgerFilter });
export const LedgerPage = page(LedgerEntry);
export const LedgerExport = v.object({ month: Month });

export const StatementItem = v.object({
  id: idSchema('statement'),
  licensorId: idSchema('licensor'),
  licensorName: v.string(),
  month,
  number: v.number(),
  reason: v.nullable(v.string()),
  rules: v.number(),
  sha256: v.string(),
  keyId: v.string(),
  plays: v.number(),
  minutes: v.number(),
  owed: byCurrency,
  /** Null: by itself, after the month. */
  createdBy: v.nullable(v.string()),
  createdAt: v.number(),
});
export type StatementItem = v.InferOutput<typeof StatementItem>;
/** `GET /api/admin/books/statements`, the newest months first. */
export const StatementQuery = v.object({ ...PageQuery, licensor: v.optional(idSchema('licensor')) });
export const StatementPage = page(StatementItem);

/** `POST /api/admin/books/statements`. A second one for the same month is a correction, and takes a reason. */
export const NewStatement = v.object({
  licensorId: idSchema('licensor'),
  month: Month,
  reason: v.optional(v.pipe(v.string(), v.trim(), v.minLength(3), v.maxLength(500))),
});

export const StatementLine = v.object({
  titleId: v.string(),
  titleName: v.string(),
  country: v.string(),
  audio: v.string(),
  planId: v.string(),
  model: v.picklist(businessModels),
  given: v.string(),
  plays: v.number(),
  minutes: v.number(),
  sold: v.number(),
  currency: v.string(),
  revenue: v.number(),
  basisPoints: v.number(),
  owed: v.number(),
});
export type StatementLine = v.InferOutput<typeof StatementLine>;
/** `GET /api/admin/books/statements/:id`: with the first thousand of its lines; the CSV has all. */
export const StatementDetail = v.object({
  ...StatementItem.entries,
  money: v.record(v.string(), v.object({ revenue: v.number(), owed: v.number() })),
  lines: v.array(StatementLine),
  more: v.boolean(),
});
export type StatementDetail = v.InferOutput<typeof StatementDetail>;

/** `POST /api/admin/books/statements/:id/check`: reckoned anew from the logs. */
export const StatementCheck = v.object({
  /** Whether it comes out byte for byte the same. */
  same: v.boolean(),
  sha256: v.string(),
  /** What it would say now. */
  plays: v.number(),
  minutes: v.number(),
  owed: byCurrency,
  checkedAt: v.number(),
});
export type StatementCheck = v.InferOutput<typeof StatementCheck>;

/** `GET /api/admin/licensors/:id/shares`: the newest first. */
export const Share = v.object({
  id: idSchema('share'),
  model: v.picklist(businessModels),
  basisPoints: v.number(),
  month,
  createdAt: v.number(),
  /** Whether it holds now. */
  holds: v.boolean(),
});
export type Share = v.InferOutput<typeof Share>;
export const Shares = v.object({ items: v.array(Share) });
/** `POST …/shares`: from a month on. */
export const NewShare = v.object({
  model: v.picklist(['ads', 'subscription', 'rental', 'purchase']),
  basisPoints: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
  month: Month,
});
