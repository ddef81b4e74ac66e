import { Hono } from 'hono';
import type { AppEnv } from './http/context.ts';
import { allow } from './http/guards.ts';
import { returns } from './http/contract.ts';
import { onProblem, Problem } from './http/problem.ts';
import { newId } from './platform/clock.ts';
import { platform } from './platform/platform.ts';
import * as v from 'valibot';

export const base = new Hono<AppEnv>();
base.use(async function wire(c, next) {
  c.set('requestId', newId('request'));
  c.set('platform', platform(c.env));
  c.set('actor', () => Promise.resolve(null));
  await next();
  c.res.headers.set('x-request-id', c.var.requestId);
});
base.onError(onProblem);
base.notFound(() => {
  throw new Problem('not-found');
});

/** The whole API; `App` is what the typed client is made from. */
const app = base.get(
  '/api/health',
  allow('anyone'),
  returns('Whether the Worker answers', { 200: v.object({ ok: v.boolean() }) }),
  (c) => c.json({ ok: true }),
);
export default app;
export type App = typeof app;
