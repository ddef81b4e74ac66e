import { Hono } from 'hono';
import * as v from 'valibot';
import { PlanOfPerson, Plans, PlansQuery, Subscribed } from '../../schema/api/plans.ts';
import { idSchema } from '../../schema/ids.ts';
import { basePlan } from '../../schema/plans.ts';
import { cached } from '../http/cache.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { countryOf } from '../playback/country.ts';
import { isHeld, planAt } from '../rights/rows.ts';
import { revokeStreams } from '../playback/revoke.ts';
import { planView, priceView } from './plan-view.ts';
import { currencyFor } from './price-currency.ts';
import { planRow, setByHand, soldPlans, subscriptionsOf, type SubscriptionRow } from './queries.ts';

const UserId = v.object({ id: idSchema('user') });
const noAccount = () => new Problem('not-found', 'There is no such account.');

const subscribed = (row: Pick<SubscriptionRow, 'planId' | 'since' | 'until'> | null): Subscribed => ({
  subscription: row && { planId: row.planId, since: row.since, until: row.until },
});

/** What everybody with an account has is no plan, and has no id. */
const { id: _none, rank: _lowest, ...base } = basePlan;
/** What somebody was put on by hand; a row that is there may be over. */
const byHand = (rows: readonly { row: SubscriptionRow }[]) =>
  rows.find(({ row }) => row.source === 'staff')?.row ?? null;

/** Plans, and who is put on one by hand. */
export const billing = new Hono<AppEnv>()
  .get(
    '/api/plans',
    allow('anyone'),
    accepts('query', PlansQuery),
    cached(),
    returns('What can be subscribed to, and what everybody with an account has', { 200: Plans }),
    async (c) => {
      const { db, now } = c.var.platform;
      const rows = await soldPlans(db, now());
      const all = [...new Set(rows.flatMap(({ prices }) => prices.map((price) => price.currency)))];
      const where = { billedIn: c.req.valid('query').currency ?? null, country: countryOf(c.req.raw.cf) };
      const currency = currencyFor(all, where);
      const items = rows.map(({ plan, prices, earlyAccessMs }) => ({
        ...planView(plan),
        prices: prices.filter((price) => price.currency === currency).map(priceView),
        earlyAccessMs,
      }));
      return c.json({ items, base }, 200);
    },
  )
  .get(
    '/api/me/plan',
    allow('viewer'),
    returns('The plan that one is on now', { 200: Subscribed }),
    async (c) => {
      const { db, now } = c.var.platform;
      const { userId } = signedIn(await c.var.actor());
      const held = ((await subscriptionsOf(db, userId)) ?? []).map(({ row, plan }) => ({ ...row, plan }));
      const { id } = planAt(held, now());
      c.header('cache-control', 'no-store');
      return c.json(subscribed(held.find((one) => one.planId === id && isHeld(one, now())) ?? null), 200);
    },
  )
  .get(
    '/api/admin/users/:id/plan',
    allow('admin'),
    accepts('param', UserId),
    returns('The plan that somebody is on', { 200: Subscribed }),
    async (c) => {
      const rows = await subscriptionsOf(c.var.platform.db, c.req.valid('param').id);
      if (rows === null) throw noAccount();
      return c.json(subscribed(byHand(rows)), 200);
    },
  )
  .put(
    '/api/admin/users/:id/plan',
    allow('admin'),
    recent(),
    accepts('param', UserId),
    accepts('json', PlanOfPerson),
    returns('Puts somebody on a plan by hand, from now on, or takes it away', { 200: Subscribed }),
    async (c) => {
      const { platform } = c.var;
      const { db } = platform;
      const { id } = c.req.valid('param');
      const { planId, until } = c.req.valid('json');
      const at = platform.now();
      if (until !== null && until <= at)
        throw new Problem('invalid-request', {
          detail: '/until: must be to come',
          errors: [{ pointer: '/until', detail: 'must be to come' }],
        });
      if ((await subscriptionsOf(db, id)) === null) throw noAccount();
      if (planId !== null && !(await planRow(db, planId)))
        throw new Problem('not-found', `There is no plan ${planId}.`);
      const row =
        planId === null
          ? null
          : { id: platform.newId('subscription'), planId, since: at, until, reason: null };
      await setByHand(db, id, row, at);
      await revokeStreams(platform, { userId: id }, 'rights-changed'); // what plays was granted under the plan before
      return c.json(subscribed(row), 200);
    },
  );
