import { Hono } from 'hono';
import * as v from 'valibot';
import { OwnBilling, RedeemGift } from '../../schema/api/billing.ts';
import { Gift, GiftId, Gifts, GiftsQuery, MadeGifts, NewGifts } from '../../schema/api/billing-admin.ts';
import { ensureUser } from '../accounts/me/current-profile.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { decodeCursor, toPage } from '../http/cursor.ts';
import { allow, recent, signedIn } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import { giftCode, giftHash, plainCode } from './gift-code.ts';
import { endGift, giftPage, insertGifts, redeem, type GiftRow } from './gift-queries.ts';
import { planRow } from './queries.ts';
import { ownBilling } from './subscription-own.ts';

const PAGE = 50;
const Cursor = v.tuple([v.number(), v.string()]);
const giftView = ({ codeHash: _secret, ...gift }: GiftRow): Gift => gift;

/** Codes that give a plan for some days. */
export const giftRoutes = new Hono<AppEnv>()
  .post(
    '/api/billing/gifts/redeem',
    allow('viewer'),
    limited('gift', 'actor'),
    accepts('json', RedeemGift),
    returns('Redeems a gift code; again by the same person, it stays redeemed', { 200: OwnBilling }),
    async (c) => {
      const { platform } = c.var;
      const { db, newId, now } = platform;
      const actor = signedIn(await c.var.actor());
      await ensureUser(platform, actor);
      const codeHash = await giftHash(c.req.valid('json').code);
      const held = await redeem(db, { userId: actor.userId, codeHash, id: newId('subscription'), at: now() });
      if (!held)
        throw new Problem('not-found', 'There is no such code, or it has been used up or has run out.');
      c.header('cache-control', 'no-store');
      return c.json(await ownBilling(db, actor.userId, now()), 200);
    },
  )
  .get(
    '/api/admin/gifts',
    allow('admin'),
    accepts('query', GiftsQuery),
    returns('Gift codes without the codes themselves, the newest first', { 200: Gifts }),
    async (c) => {
      const { cursor, limit = PAGE } = c.req.valid('query');
      const at = decodeCursor(Cursor, cursor);
      const rows = await giftPage(c.var.platform.db, at && { at: at[0], id: at[1] }, limit + 1);
      c.header('cache-control', 'no-store');
      return c.json(
        toPage(rows, limit, giftView, ({ createdAt, id }) => [createdAt, id]),
        200,
      );
    },
  )
  .post(
    '/api/admin/gifts',
    allow('admin'),
    recent(),
    accepts('json', NewGifts),
    returns('Makes gift codes; they are told this once', { 201: MadeGifts }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const { count, redeemBy, ...terms } = c.req.valid('json');
      const at = now();
      if (redeemBy !== null && redeemBy <= at)
        throw new Problem('invalid-request', {
          detail: '/redeemBy: must be to come',
          errors: [{ pointer: '/redeemBy', detail: 'must be to come' }],
        });
      if (!(await planRow(db, terms.planId)))
        throw new Problem('not-found', `There is no plan ${terms.planId}.`);
      const made = await Promise.all(
        Array.from({ length: count }, async () => {
          const code = giftCode(crypto.getRandomValues(new Uint8Array(12)));
          const row: GiftRow = {
            id: newId('gift'),
            codeHash: await giftHash(code),
            hint: plainCode(code).slice(-4),
            ...terms,
            used: 0,
            redeemBy,
            endedAt: null,
            createdAt: at,
          };
          return { code, row };
        }),
      );
      await insertGifts(
        db,
        made.map(({ row }) => row),
      );
      c.header('cache-control', 'no-store');
      return c.json({ items: made.map(({ code, row }) => ({ ...giftView(row), code })) }, 201);
    },
  )
  .post(
    '/api/admin/gifts/:id/end',
    allow('admin'),
    accepts('param', GiftId),
    returns('Lets nobody redeem a code any more; who has keeps what they got', { 200: Gift }),
    async (c) => {
      const { db, now } = c.var.platform;
      const row = await endGift(db, c.req.valid('param').id, now());
      if (!row) throw new Problem('not-found', 'There is no such code.');
      return c.json(giftView(row), 200);
    },
  );
