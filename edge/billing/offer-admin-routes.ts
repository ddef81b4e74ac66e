import { Hono } from 'hono';
import * as v from 'valibot';
import { AdminOffer, AdminOffers, NewOffer, OfferFields, OfferId } from '../../schema/api/billing-admin.ts';
import { idSchema, type Id } from '../../schema/ids.ts';
import { notAnAmount } from '../../schema/money.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import {
  changeOffer,
  insertOffer,
  offerById,
  offersOf,
  titleForSale,
  type OfferRow,
} from './offer-queries.ts';

const TitleId = v.object({ id: idSchema('title') });
const DAY_MS = 86_400_000;
export const BEGIN_WITHIN_MS = 30 * DAY_MS;
export const PLAYS_FOR_MS = 2 * DAY_MS;

/** What is kept of what was sent. @throws Problem `invalid-request` for amounts that Stripe does not take */
function terms({ kind, beginWithinMs, playsForMs, prices, sold }: v.InferOutput<typeof OfferFields>) {
  const errors = Object.entries(prices).flatMap(([currency, amount]) => {
    const wrong = notAnAmount(amount, currency);
    return wrong === null ? [] : [{ pointer: `/prices/${currency}`, detail: wrong }];
  });
  if (errors.length > 0)
    throw new Problem('invalid-request', {
      detail: errors.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; '),
      errors,
    });
  const time = (given: number | null | undefined, usual: number) =>
    kind === 'purchase' ? null : given === undefined ? usual : given;
  return {
    kind,
    beginWithinMs: time(beginWithinMs, BEGIN_WITHIN_MS),
    playsForMs: time(playsForMs, PLAYS_FOR_MS),
    prices,
    sold: sold ?? true,
  };
}
const view = (row: OfferRow): AdminOffer => row;
const twice = () =>
  new Problem(
    'conflict',
    'The same is sold by another offer already: change that one, or sell one of them no more.',
  );

/** What of a part of a title is there, for those who name one. @throws Problem `not-found`, `invalid-request` */
export async function partOf(
  db: Parameters<typeof titleForSale>[0],
  id: Id<'title'>,
  { season, episodeId }: { season: number | null; episodeId: Id<'episode'> | null },
): Promise<void> {
  const found = await titleForSale(db, { id });
  if (!found) throw new Problem('not-found', 'There is no such title.');
  if (season !== null && episodeId !== null)
    throw new Problem(
      'invalid-request',
      'Name a season or an episode, not both: an episode is of one season anyway.',
    );
  if (episodeId !== null && !found.episodes.some((one) => one.id === episodeId))
    throw new Problem('not-found', 'The title has no such episode.');
  if (season !== null && !found.episodes.some((one) => one.season === season))
    throw new Problem('not-found', `The title has no episodes in season ${season}.`);
}

/** What titles can be rented and bought for. */
export const offersAdmin = new Hono<AppEnv>()
  .get(
    '/api/admin/titles/:id/offers',
    allow('editor'),
    accepts('param', TitleId),
    returns('What a title can be rented and bought for, also what is not sold now', { 200: AdminOffers }),
    async (c) => {
      const items = (await offersOf(c.var.platform.db, c.req.valid('param').id)).map(view);
      c.header('cache-control', 'no-store');
      return c.json({ items }, 200);
    },
  )
  .post(
    '/api/admin/titles/:id/offers',
    allow('editor'),
    accepts('param', TitleId),
    accepts('json', NewOffer),
    returns('Offers a title, a season or an episode for rent or for sale', { 201: AdminOffer }),
    async (c) => {
      const { db, newId, now } = c.var.platform;
      const titleId = c.req.valid('param').id;
      const { season, episodeId, ...fields } = c.req.valid('json');
      await partOf(db, titleId, { season, episodeId });
      const at = now();
      const row = {
        id: newId('offer'),
        titleId,
        season,
        episodeId,
        ...terms(fields),
        createdAt: at,
        updatedAt: at,
      };
      if (!(await insertOffer(db, row))) throw twice();
      return c.json(view(row), 201);
    },
  )
  .put(
    '/api/admin/offers/:id',
    allow('editor'),
    accepts('param', OfferId),
    accepts('json', OfferFields),
    returns('Changes an offer for whoever comes; what was bought stays as it was bought', {
      200: AdminOffer,
    }),
    async (c) => {
      const { db, now } = c.var.platform;
      const before = await offerById(db, c.req.valid('param').id);
      if (!before) throw new Problem('not-found', 'There is no such offer.');
      const row = { ...before, ...terms(c.req.valid('json')), updatedAt: now() };
      if (!(await changeOffer(db, row))) throw twice();
      return c.json(view(row), 200);
    },
  );
