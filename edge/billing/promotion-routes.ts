import { Hono } from 'hono';
import {
  NewPromotion,
  Promotion,
  PromotionId,
  Promotions,
  PromotionsQuery,
} from '../../schema/api/billing-admin.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, recent } from '../http/guards.ts';
import { audited } from '../operations/audit/audited.ts';
import { endPromotion, makePromotion, promotions } from './promotion-codes.ts';

/** Promotion codes: they live at Stripe, where they are typed in. */
export const promotionsAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/promotions',
    allow('admin'),
    accepts('query', PromotionsQuery),
    returns('Promotion codes, from Stripe, the newest first', { 200: Promotions }),
    async (c) => {
      const page = await promotions(c.var.platform, c.req.valid('query').cursor);
      c.header('cache-control', 'no-store');
      return c.json(page, 200);
    },
  )
  .post(
    '/api/admin/promotions',
    allow('admin'),
    recent(),
    accepts('json', NewPromotion),
    returns('Makes a promotion code at Stripe', { 201: Promotion }),
    async (c) => {
      const made = await makePromotion(c.var.platform, c.req.valid('json'));
      await audited(c, { what: 'promotions', of: made.id, after: made });
      return c.json(made, 201);
    },
  )
  .post(
    '/api/admin/promotions/:id/end',
    allow('admin'),
    recent(),
    accepts('param', PromotionId),
    returns('Lets nobody use a promotion code any more; who has keeps the discount', { 200: Promotion }),
    async (c) => {
      const ended = await endPromotion(c.var.platform, c.req.valid('param').id);
      await audited(c, { what: 'promotions', of: ended.id, after: { active: false } });
      return c.json(ended, 200);
    },
  );
