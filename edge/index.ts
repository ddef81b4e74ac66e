import app from './app.ts';
import { consumeDeadLetters, consumeTasks } from './ingest/consumer.ts';
import { sweep } from './operations/sweeper.ts';
import { pages } from './pages/routes.tsx';
import { platform } from './platform/platform.ts';

export { Counter } from './platform/counter.ts';
export { Audience } from './platform/audience.ts';
export { JobFeed } from './platform/job-feed.ts';
export { TranscoderContainer } from './platform/transcoder-container.ts';
export { ViewerAccount } from './platform/viewer-account.ts';

// After the API: an address that is neither is a page about there being nothing.
const site = app.route('/', pages);

export default {
  fetch: site.fetch,
  async queue(batch, env) {
    if (batch.queue.endsWith('-dead')) consumeDeadLetters(batch);
    else await consumeTasks(batch, platform(env));
  },
  async scheduled(_event, env) {
    await sweep(platform(env));
  },
} satisfies ExportedHandler<Env>;
