import { Hono, type Context } from 'hono';
import { AdminPlans, NewPlanPrice, PriceId } from '../../schema/api/billing-admin.ts';
import { Plan, PlanFields, PlanId } from '../../schema/api/plans.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { planView } from './plan-view.ts';
import { askForPrice } from './price-make.ts';
import { adminPlans, COUNTED, endPrice } from './price-queries.ts';
import { allPlans, planRow, putPlan } from './queries.ts';

async function list(c: Context<AppEnv>): Promise<AdminPlans> {
  const { db, now } = c.var.platform;
  const [plans, { people, prices }] = await Promise.all([allPlans(db), adminPlans(db, now())]);
  c.header('cache-control', 'no-store');
  return {
    items: plans.map((plan) => {
      const on = people.get(plan.id) ?? 0;
      return {
        ...planView(plan),
        stripeProductId: plan.stripeProductId,
        prices: prices
          .filter(({ planId }) => planId === plan.id)
          .map(({ planId: _its, createdAt: _made, ...price }) => price),
        people: Math.min(on, COUNTED),
        morePeople: on > COUNTED,
      };
    }),
  };
}

/** What plans bring and cost, for those who set it. */
export const plansAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/plans',
    allow('staff'),
    returns('All plans, with what they cost and how many are on them', { 200: AdminPlans }),
    async (c) => c.json(await list(c), 200),
  )
  .put(
    '/api/admin/plans/:id',
    allow('admin'),
    accepts('param', PlanId),
    accepts('json', PlanFields),
    returns('Makes a plan, or changes it for everybody who is on it', { 200: Plan }),
    async (c) => {
      const { db, now } = c.var.platform;
      const { id } = c.req.valid('param');
      const stripeProductId = (await planRow(db, id))?.stripeProductId ?? null;
      const row = { id, ...c.req.valid('json'), stripeProductId, createdAt: now(), updatedAt: now() };
      await putPlan(db, row);
      return c.json(planView(row), 200);
    },
  )
  .post(
    '/api/admin/plans/:id/prices',
    allow('admin'),
    recent(),
    accepts('param', PlanId),
    accepts('json', NewPlanPrice),
    returns('What a plan costs from now on; whoever subscribes already goes on paying what they do', {
      200: AdminPlans,
    }),
    async (c) => {
      const { platform } = c.var;
      const { id } = c.req.valid('param');
      const plan = await planRow(platform.db, id);
      if (!plan) throw new Problem('not-found', `There is no plan ${id}.`);
      await askForPrice(platform, plan, c.req.valid('json'));
      return c.json(await list(c), 200);
    },
  )
  .post(
    '/api/admin/prices/:id/end',
    allow('admin'),
    recent(),
    accepts('param', PriceId),
    returns('Asks a price no more; whoever pays it goes on paying it', { 200: AdminPlans }),
    async (c) => {
      const { db, now } = c.var.platform;
      await endPrice(db, c.req.valid('param').id, now());
      return c.json(await list(c), 200);
    },
  );
