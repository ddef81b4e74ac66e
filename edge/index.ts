import { Hono } from 'hono';
import { PatternRouter } from 'hono/router/pattern-router';
import app from './app.ts';
import type { AppEnv } from './http/context.ts';
import { consumeDeadLetters, consumeTasks } from './ingest/consumer.ts';
import { sweep } from './operations/sweeper.ts';
import { pages } from './pages/routes.tsx';
import { platform } from './platform/platform.ts';
import { playerRoutes } from './playback/hls-routes.ts';

export { Counter } from './platform/counter.ts';
export { Audience } from './platform/audience.ts';
export { JobFeed } from './platform/job-feed.ts';
export { TranscoderContainer } from './platform/transcoder-container.ts';
export { ViewerAccount } from './platform/viewer-account.ts';

// After the API: an address that is neither is a page about there being nothing.
const site = app.route('/', pages);
// What players fetch comes thousands to a play: it does not look for its route among two hundred (ADR 0048).
const players = new Hono<AppEnv>({ router: new PatternRouter() })
  .route('/', playerRoutes)
  .notFound((c) => site.fetch(c.req.raw, c.env, c.executionCtx));
const forPlayers = ({ url }: Request) => /^[^/]+\/\/[^/]+\/(?:hls|media)\//.test(url);

export default {
  fetch: (request, env, context) => (forPlayers(request) ? players : site).fetch(request, env, context),
  async queue(batch, env) {
    if (batch.queue.endsWith('-dead')) consumeDeadLetters(batch);
    else await consumeTasks(batch, platform(env));
  },
  async scheduled(_event, env) {
    await sweep(platform(env));
  },
} satisfies ExportedHandler<Env>;
