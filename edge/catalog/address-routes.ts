import { Hono } from 'hono';
import * as v from 'valibot';
import { Addresses, AddressParts, AddressQuery, ADDRESSES } from '../../schema/api/addresses.ts';
import type { AppEnv } from '../http/context.ts';
import { cached } from '../http/cache.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { addresses, addressParts } from './address-queries.ts';
import { seenBy } from './seen.ts';

const HOUR_S = 3_600;

/** Every title's address, for sitemaps and whoever else keeps a copy: in parts, as there may be very many. */
export const catalogAddresses = new Hono<AppEnv>()
  .get(
    '/api/addresses/parts',
    allow('anyone'),
    cached({ seconds: HOUR_S, inWords: false }),
    returns('Where each part of the list of addresses begins', { 200: AddressParts }),
    async (c) => {
      const starts = await addressParts(c.var.platform.db, await seenBy(c), ADDRESSES);
      return c.json({ after: [null, ...starts] } as v.InferOutput<typeof AddressParts>, 200);
    },
  )
  .get(
    '/api/addresses',
    allow('anyone'),
    accepts('query', AddressQuery),
    cached({ seconds: HOUR_S, inWords: false }),
    returns(`Addresses of titles and when each changed, at most ${ADDRESSES}`, { 200: Addresses }),
    async (c) => {
      const { after = null } = c.req.valid('query');
      const items = await addresses(c.var.platform.db, await seenBy(c), after, ADDRESSES);
      return c.json({ items }, 200);
    },
  );
