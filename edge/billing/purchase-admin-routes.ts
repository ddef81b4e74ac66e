import { Hono } from 'hono';
import * as v from 'valibot';
import { OwnPurchase } from '../../schema/api/billing.ts';
import {
  BillingOfPerson,
  GivenPurchase,
  NewRefund,
  PaymentId,
  PurchaseId,
  Refunded,
} from '../../schema/api/billing-admin.ts';
import { Reason } from '../../schema/api/rights.ts';
import { idSchema } from '../../schema/ids.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { audited } from '../operations/audit/audited.ts';
import { complain } from '../platform/log.ts';
import { revokeStreams } from '../playback/revoke.ts';
import { bills } from './invoice-list.ts';
import { BEGIN_WITHIN_MS, partOf, PLAYS_FOR_MS } from './offer-admin-routes.ts';
import { insertPurchase, isAccount, revokePurchase, shownPurchase } from './purchase-queries.ts';
import { refundPayment } from './purchase-refund.ts';
import { holdingsOf, purchaseView } from './subscription-own.ts';

const UserId = v.object({ id: idSchema('user') });
const noAccount = () => new Problem('not-found', 'There is no such account.');

/** What somebody pays for, as support sees and mends it. */
export const purchasesAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/users/:id/billing',
    allow('admin'),
    recent(),
    accepts('param', UserId),
    returns('What somebody is on, what they bought, and what they paid', { 200: BillingOfPerson }),
    async (c) => {
      const { platform } = c.var;
      const { db, stripe, now } = platform;
      const { id } = c.req.valid('param');
      if (!(await isAccount(db, id))) throw noAccount();
      const { customer, subscriptions, purchases } = await holdingsOf(db, id, now());
      const payments = customer
        ? await bills(platform, customer.stripeId, {}).catch((error: unknown) => {
            complain({ event: 'bills not read', error }); // the rest is there all the same
            return null;
          })
        : { items: [] };
      c.header('cache-control', 'no-store');
      return c.json(
        {
          subscriptions: subscriptions.map(({ row, view }) => ({
            ...view,
            stripeId: row.stripeId,
            reason: row.reason,
          })),
          purchases: purchases.map(({ row, view }) => ({
            ...view,
            reason: row.reason,
            revokedBecause: row.revokedBecause,
            stripePaymentId: row.stripePaymentId,
          })),
          customer: customer && {
            stripeId: customer.stripeId,
            currency: customer.currency,
            url: stripe.customerPage(customer.stripeId),
          },
          payments: payments && payments.items,
        },
        200,
      );
    },
  )
  .post(
    '/api/admin/users/:id/purchases',
    allow('admin'),
    recent(),
    accepts('param', UserId),
    accepts('json', GivenPurchase),
    returns('Gives somebody a rental or a purchase, paid by nobody', { 201: OwnPurchase }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const userId = c.req.valid('param').id;
      const { titleId, season, episodeId, kind, beginWithinMs, playsForMs, reason } = c.req.valid('json');
      if (!(await isAccount(db, userId))) throw noAccount();
      await partOf(db, titleId, { season, episodeId });
      const at = now();
      const id = newId('purchase');
      const rented = kind === 'rental';
      await insertPurchase(db, {
        id,
        userId,
        titleId,
        season,
        episodeId,
        kind,
        source: 'staff',
        reason,
        boughtAt: at,
        beginBy: rented ? at + (beginWithinMs ?? BEGIN_WITHIN_MS) : null,
        playsForMs: rented ? (playsForMs ?? PLAYS_FOR_MS) : null,
      });
      const made = await shownPurchase(db, id);
      if (!made) throw noAccount();
      return c.json(purchaseView(made), 201);
    },
  )
  .post(
    '/api/admin/purchases/:id/revoke',
    allow('admin'),
    recent(),
    accepts('param', PurchaseId),
    accepts('json', Reason),
    returns('Takes a rental or a purchase away; nothing is paid back by that', { 200: OwnPurchase }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      const before = await shownPurchase(platform.db, id);
      if (!before) throw new Problem('not-found', 'There is no such purchase.');
      await revokePurchase(platform.db, before.row, c.req.valid('json').reason, platform.now());
      await revokeStreams(platform, { userId: before.row.userId }, 'rights-changed');
      const after = await shownPurchase(platform.db, id);
      if (!after?.row.revokedAt)
        throw new Problem('conflict', 'It was changed at this very moment. Look at it again.');
      return c.json(purchaseView(after), 200);
    },
  )
  .post(
    '/api/admin/payments/:id/refund',
    allow('admin'),
    recent(),
    accepts('param', PaymentId),
    accepts('json', NewRefund),
    returns('Pays a payment back through Stripe, in whole or in part', { 200: Refunded }),
    async (c) => {
      const { id } = c.req.valid('param');
      const { amount, reason } = c.req.valid('json');
      const done = await refundPayment(c.var.platform, id, amount ?? null);
      await audited(c, { what: 'payments', of: id, after: { ...done, reason } });
      return c.json(done, 200);
    },
  );
