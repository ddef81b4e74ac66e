import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { Invoices, OwnBilling, Pause, Preview, PreviewQuery, SwitchPlan } from '../../schema/api/billing.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { bills } from './invoice-list.ts';
import {
  cancelled,
  changeAtStripe,
  forgetClosing,
  paused,
  resumed,
  unpaused,
} from './subscription-change.ts';
import { customerOf, ownBilling } from './subscription-own.ts';
import { previewSwitch, switchPlan } from './subscription-switch.ts';

const InvoicesQuery = v.object({ cursor: v.optional(v.pipe(v.string(), v.regex(/^in_\w{1,200}$/))) });
const userOf = async (c: Context<AppEnv>) => signedIn(await c.var.actor()).userId;

async function answer(c: Context<AppEnv>, userId: string) {
  c.header('cache-control', 'no-store');
  return c.json(await ownBilling(c.var.platform.db, userId, c.var.platform.now()), 200);
}

/** What somebody pays for, and what they make of it. */
export const subscriptionRoutes = new Hono<AppEnv>()
  .get(
    '/api/me/billing',
    allow('viewer'),
    returns('What one is on, and what one has rented and bought', { 200: OwnBilling }),
    async (c) => answer(c, await userOf(c)),
  )
  .get(
    '/api/me/invoices',
    allow('viewer'),
    limited('billing', 'actor'),
    accepts('query', InvoicesQuery),
    returns('One’s bills, from Stripe, the latest first', { 200: Invoices }),
    async (c) => {
      const { platform } = c.var;
      const customer = await customerOf(platform.db, await userOf(c));
      c.header('cache-control', 'no-store');
      if (!customer) return c.json({ items: [], next: null }, 200);
      const page = await bills(platform, customer.stripeId, { after: c.req.valid('query').cursor });
      const items = page.items.map(({ paymentId: _its, refunded: _back, left: _more, ...bill }) => bill);
      return c.json({ items, next: page.next }, 200);
    },
  )
  .post(
    '/api/billing/subscription/cancel',
    allow('viewer'),
    limited('billing', 'actor'),
    returns('Ends the subscription when what is paid for is over', { 200: OwnBilling }),
    async (c) => {
      const userId = await userOf(c);
      await changeAtStripe(c.var.platform, userId, cancelled);
      return answer(c, userId);
    },
  )
  .post(
    '/api/billing/subscription/resume',
    allow('viewer'),
    limited('billing', 'actor'),
    returns('Takes cancelling back', { 200: OwnBilling }),
    async (c) => {
      const userId = await userOf(c);
      await changeAtStripe(c.var.platform, userId, resumed);
      await forgetClosing(c.var.platform, userId);
      return answer(c, userId);
    },
  )
  .post(
    '/api/billing/subscription/pause',
    allow('viewer'),
    limited('billing', 'actor'),
    accepts('json', Pause, { optional: true }),
    returns('Pauses the subscription for some months: nothing is charged, and the plan does not hold', {
      200: OwnBilling,
    }),
    async (c) => {
      const { platform } = c.var;
      const userId = await userOf(c);
      const { months } = c.req.valid('json');
      await changeAtStripe(platform, userId, (found) => paused(found, months, platform.now()));
      return answer(c, userId);
    },
  )
  .post(
    '/api/billing/subscription/unpause',
    allow('viewer'),
    limited('billing', 'actor'),
    returns('Takes a paused subscription up again now', { 200: OwnBilling }),
    async (c) => {
      const userId = await userOf(c);
      await changeAtStripe(c.var.platform, userId, (found, { row }) => unpaused(found, row.pausedAt));
      return answer(c, userId);
    },
  )
  .get(
    '/api/billing/subscription/preview',
    allow('viewer'),
    limited('billing', 'actor'),
    accepts('query', PreviewQuery),
    returns('What switching to another plan or interval would cost, by Stripe', { 200: Preview }),
    async (c) => {
      const preview = await previewSwitch(c.var.platform, await userOf(c), c.req.valid('query').price);
      c.header('cache-control', 'no-store');
      return c.json(preview, 200);
    },
  )
  .put(
    '/api/billing/subscription',
    allow('viewer'),
    limited('billing', 'actor'),
    accepts('json', SwitchPlan),
    returns('Switches to another plan or interval at once, prorated as previewed', { 200: OwnBilling }),
    async (c) => {
      const userId = await userOf(c);
      await switchPlan(c.var.platform, userId, c.req.valid('json'));
      return answer(c, userId);
    },
  );
