import { Hono } from 'hono';
import { PatternRouter } from 'hono/router/pattern-router';
import type { AppEnv } from '../http/context.ts';
import { playerRoutes } from './hls-routes.ts';

/**
 * What players fetch, by a way of its own: it comes thousands to a play, and does not look for its route among two hundred (ADR 0048).
 * @param site answers what no player asks for in its place
 */
export const playerLane = (site: Pick<Hono<AppEnv>, 'fetch'>): Hono<AppEnv> =>
  new Hono<AppEnv>({ router: new PatternRouter(), getPath: plainPath })
    .route('/', playerRoutes)
    .notFound((c) => site.fetch(c.req.raw, c.env, c.executionCtx));

/** Nothing in the addresses that we give players is percent-encoded, and their tokens are long to look through for what might be. */
function plainPath({ url }: Request): string {
  const from = url.indexOf('/', url.indexOf('//') + 2);
  const query = url.indexOf('?', from);
  return query < 0 ? url.slice(from) : url.slice(from, query);
}
