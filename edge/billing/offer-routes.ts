import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { OffersOfTitle } from '../../schema/api/billing.ts';
import { ceilingOf, STRANGERS_CEILING } from '../accounts/me/ceiling.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { countryOf } from '../playback/country.ts';
import { offeredView, uselessBecause, type Buyer } from './offer-here.ts';
import { offersOf, titleForSale } from './offer-queries.ts';
import { customerOf, holdsOf } from './subscription-own.ts';

const Slug = v.object({ slug: v.pipe(v.string(), v.maxLength(100)) });

/** Who asks, as somebody who might buy; whoever has not said who they are has no profile to be too young for. */
export async function buyerOf(c: Context<AppEnv>): Promise<Buyer> {
  const actor = await c.var.actor();
  const { headers, cf } = c.req.raw;
  const [ageCeiling, customer] = actor
    ? await Promise.all([
        ceilingOf(c.var.platform, actor, headers),
        customerOf(c.var.platform.db, actor.userId),
      ])
    : [STRANGERS_CEILING, null];
  return { country: countryOf(cf), ageCeiling, billedIn: customer?.currency ?? null };
}

export const offersRoutes = new Hono<AppEnv>().get(
  '/api/titles/:slug/offers',
  allow('anyone'),
  accepts('param', Slug),
  returns('What of a title can be rented or bought where the viewer is, and what they have of it', {
    200: OffersOfTitle,
  }),
  async (c) => {
    const { db, now } = c.var.platform;
    const found = await titleForSale(db, c.req.valid('param'));
    if (!found || found.title.draft) throw new Problem('not-found', 'There is no such title.');
    const at = now();
    const actor = await c.var.actor();
    const [all, buyer, mine] = await Promise.all([
      offersOf(db, found.title.id),
      buyerOf(c),
      actor ? holdsOf(db, actor.userId, found.title.id, at) : [],
    ]);
    const items = all
      .filter((offer) => offer.sold && uselessBecause(offer, buyer, found, at) === null)
      .map((offer) => offeredView(offer, buyer))
      .filter((offer) => offer !== null);
    c.header('cache-control', 'no-store');
    return c.json({ items, mine }, 200);
  },
);
