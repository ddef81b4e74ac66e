import { Hono } from 'hono';
import * as v from 'valibot';
import { Plan, PlanFields, PlanId, PlanOfPerson, Plans, Subscribed } from '../../schema/api/rights.ts';
import { idSchema } from '../../schema/ids.ts';
import { basePlan } from '../../schema/plans.ts';
import { cached } from '../http/cache.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent, signedIn } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { revokeStreams } from '../playback/revoke.ts';
import {
  planRow,
  plansWithEarlyAccess,
  putPlan,
  setSubscription,
  subscriptionOf,
  type PlanRow,
  type SubscriptionRow,
} from './queries.ts';

const UserId = v.object({ id: idSchema('user') });
const noAccount = () => new Problem('not-found', 'There is no such account.');

const planView = ({ createdAt: _made, updatedAt: _changed, ...plan }: PlanRow): Plan => plan;
const subscribed = (row: SubscriptionRow | null): Subscribed => ({
  subscription: row && { planId: row.planId, since: row.since, until: row.until },
});

/** What everybody with an account has is no plan, and has no id. */
const { id: _none, ...base } = basePlan;
const isInForce = ({ since, until }: SubscriptionRow, now: number): boolean =>
  since <= now && now < (until ?? Infinity);

/** Plans, and who is put on one by hand. */
export const billing = new Hono<AppEnv>()
  .get(
    '/api/plans',
    allow('anyone'),
    cached(),
    returns('What can be subscribed to, and what everybody with an account has', { 200: Plans }),
    async (c) => {
      const { db, now } = c.var.platform;
      const rows = await plansWithEarlyAccess(db, now());
      const items = rows.map(({ plan, earlyAccessMs }) => ({ ...planView(plan), earlyAccessMs }));
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
      const row = (await subscriptionOf(db, userId)) ?? null;
      c.header('cache-control', 'no-store');
      return c.json(subscribed(row && isInForce(row, now()) ? row : null), 200);
    },
  )
  .put(
    '/api/admin/plans/:id',
    allow('admin'),
    accepts('param', PlanId),
    accepts('json', PlanFields),
    returns('Makes a plan, or changes it for everybody who is on it', { 200: Plan }),
    async (c) => {
      const { db, now } = c.var.platform;
      const row = { ...c.req.valid('param'), ...c.req.valid('json'), createdAt: now(), updatedAt: now() };
      await putPlan(db, row);
      return c.json(planView(row), 200);
    },
  )
  .get(
    '/api/admin/users/:id/plan',
    allow('admin'),
    accepts('param', UserId),
    returns('The plan that somebody is on', { 200: Subscribed }),
    async (c) => {
      const row = await subscriptionOf(c.var.platform.db, c.req.valid('param').id);
      if (row === undefined) throw noAccount();
      return c.json(subscribed(row), 200);
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
      if ((await subscriptionOf(db, id)) === undefined) throw noAccount();
      if (planId !== null && !(await planRow(db, planId)))
        throw new Problem('not-found', `There is no plan ${planId}.`);
      const row = planId === null ? null : { planId, since: at, until, updatedAt: at };
      await setSubscription(db, id, row);
      await revokeStreams(platform, { userId: id }, 'rights-changed'); // what plays was granted under the plan before
      return c.json(subscribed(row && { userId: id, ...row }), 200);
    },
  );
