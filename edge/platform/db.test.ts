import { env } from 'cloudflare:workers';
import { eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { plans, subscriptions } from '../../schema/db/billing.ts';
import { database, rowOf } from './db.ts';

const db = database(env.DB);

it('refuses a batch whose columns would fall together', () => {
  const both = db
    .select({ row: subscriptions, plan: plans })
    .from(subscriptions)
    .innerJoin(plans, eq(plans.id, subscriptions.planId));
  expect(() => db.batch([db.select().from(plans), both])).toThrow(/two columns .* called id/);
  const hidden = db
    .select({ plan: subscriptions.planId, name: sql<string>`${plans.name}`.as('plan_id') })
    .from(subscriptions)
    .innerJoin(plans, eq(plans.id, subscriptions.planId));
  expect(() => db.batch([hidden])).toThrow(/called plan_id/);
});

it('takes one that says which is which', async () => {
  const apart = db
    .select({ plan: rowOf({ id: plans.id, name: plans.name }), id: subscriptions.id })
    .from(subscriptions)
    .innerJoin(plans, eq(plans.id, subscriptions.planId));
  await expect(db.batch([apart, db.select().from(plans)])).resolves.toHaveLength(2);
});
