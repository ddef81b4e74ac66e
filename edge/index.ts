import app from './app.ts';
import { keptForStrangers } from './http/cache.ts';
import { consumeDeadEvents, consumeEvents } from './billing/consumer.ts';
import { reconcile } from './billing/reconcile.ts';
import { consumeDeadLetters, consumeTasks } from './ingest/consumer.ts';
import { sweep } from './operations/sweeper.ts';
import { pages } from './pages/routes.tsx';
import { catalogueChanged } from './platform/generation.ts';
import { platform } from './platform/platform.ts';
import { playerLane } from './playback/player-lane.ts';

export { Counter } from './platform/counter.ts';
export { AdBreaks } from './platform/ad-breaks.ts';
export { Audience } from './platform/audience.ts';
export { JobFeed } from './platform/job-feed.ts';
export { LiveStreams } from './platform/live-streams.ts';
export { TranscoderContainer } from './platform/transcoder-container.ts';
export { ViewerAccount } from './platform/viewer-account.ts';

// After the API: an address that is neither is a page about there being nothing.
const site = app.route('/', pages);
const players = playerLane(site);
/** The first part of an address, where it decides which way a request goes. */
const LANE = /^[^/]+\/\/[^/]+\/(hls|media|api)\//;

const fetch = (request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> => {
  const lane = LANE.exec(request.url)?.[1];
  if (lane === 'hls' || lane === 'media') return players.fetch(request, env, context);
  const later = (work: Promise<unknown>) => context.waitUntil(work);
  const kept = lane === 'api' ? keptForStrangers(request, platform(env), later) : null;
  return kept ?? site.fetch(request, env, context);
};

/** As wrangler.toml has it. */
const NIGHTLY = '17 3 * * *';

export default {
  fetch,
  async queue(batch, env) {
    if (batch.queue === 'billing') return consumeEvents(batch, platform(env));
    if (batch.queue === 'billing-dead') return consumeDeadEvents(batch, platform(env));
    if (batch.queue.endsWith('-dead')) consumeDeadLetters(batch);
    else await consumeTasks(batch, platform(env));
    catalogueChanged(platform(env));
  },
  async scheduled({ cron }, env) {
    if (cron === NIGHTLY) await reconcile(platform(env));
    else await sweep(platform(env));
    catalogueChanged(platform(env));
  },
} satisfies ExportedHandler<Env>;
