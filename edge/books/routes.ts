import { Hono } from 'hono';
import * as v from 'valibot';
import {
  LedgerExport,
  LedgerPage,
  LedgerQuery,
  Money,
  MoneyQuery,
  Taxes,
  TaxQuery,
  Usage,
  UsageQuery,
} from '../../schema/api/books.ts';
import { streamed } from '../accounts/me/export.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow, recent } from '../http/guards.ts';
import { journal } from './ledger-csv.ts';
import { ledgerPage, taxesOf, usageBy } from './money-queries.ts';
import { moneyOf } from './money-view.ts';
import { monthNamed } from './months.ts';
import { reckonedAt } from './statement-queries.ts';

const PAGE = 50;
const Cursor = v.tuple([v.number(), v.string()]);

/** What came in, what it was for, and what was watched. */
export const booksAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/books/money',
    allow('admin'),
    accepts('query', MoneyQuery),
    returns('What was paid, given back and earned, month by month, and how subscriptions stand', {
      200: Money,
    }),
    async (c) => {
      const { db, now } = c.var.platform;
      return c.json(await moneyOf(db, now(), c.req.valid('query').months), 200);
    },
  )
  .get(
    '/api/admin/books/usage',
    allow('admin'),
    accepts('query', UsageQuery),
    returns(
      'What was watched in a month and what that earned, by title, licensor, territory, plan or model',
      {
        200: Usage,
      },
    ),
    async (c) => {
      const { db } = c.var.platform;
      const { month, by } = c.req.valid('query');
      const from = monthNamed(month);
      const [items, reckoned] = await Promise.all([usageBy(db, from, by), reckonedAt(db, from)]);
      return c.json({ month, by, reckonedAt: reckoned, items }, 200);
    },
  )
  .get(
    '/api/admin/books/taxes',
    allow('admin'),
    accepts('query', TaxQuery),
    returns('What moved in a month and the tax of it, by country of the bill', { 200: Taxes }),
    async (c) => {
      const { month } = c.req.valid('query');
      return c.json({ month, items: await taxesOf(c.var.platform.db, monthNamed(month)) }, 200);
    },
  )
  .get(
    '/api/admin/books/ledger',
    allow('admin'),
    accepts('query', LedgerQuery),
    returns('Every payment, refund and dispute, the newest first', { 200: LedgerPage }),
    async (c) => {
      const { cursor, limit = PAGE, month, ...by } = c.req.valid('query');
      const before = decodeCursor(Cursor, cursor);
      const rows = await ledgerPage(
        c.var.platform.db,
        { ...by, ...(month ? { month: monthNamed(month) } : {}) },
        before && { at: before[0], id: before[1] },
        limit,
      );
      return c.json(
        toPage(
          rows,
          limit,
          (row) => row,
          ({ at, id }) => [at, id],
        ),
        200,
      );
    },
  )
  .get(
    '/api/admin/books/ledger/export',
    allow('admin'),
    recent(),
    accepts('query', LedgerExport),
    returns('A month of the ledger as a journal, in CSV', { 200: null }),
    (c) => {
      const { month } = c.req.valid('query');
      return c.body(streamed(journal(c.var.platform.db, monthNamed(month))), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="ledger-${month}.csv"`,
        'cache-control': 'no-store',
      });
    },
  );
