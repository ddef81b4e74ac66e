import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';
import { testBindings } from '../../edge/testing/secrets.ts';
import { stripeDouble } from '../stripe/double.ts';

Object.assign(process.env, testBindings); // where wrangler looks for the secrets that wrangler.toml names

// What STRIPE_API names.
const stripe = stripeDouble({ secret: testBindings.STRIPE_WEBHOOK_SECRET });

// These benches run where the Worker runs.
export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        bindings: { ...testBindings, MIGRATIONS: await readD1Migrations('schema/db/migrations') },
        outboundService: (request: Request) =>
          new URL(request.url).hostname === 'stripe.test' ? stripe.fetch(request) : fetch(request),
      },
    })),
  ],
  test: {
    include: ['edge/playback/*.bench.ts', 'edge/rights/*.bench.ts', 'edge/billing/*.bench.ts'],
    setupFiles: ['edge/testing/migrate.ts'],
    reporters: [['default', { silent: false }]],
    disableConsoleIntercept: true,
  },
});
