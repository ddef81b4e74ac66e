import { readFile } from 'node:fs/promises';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-pool-workers';
import { defineConfig } from 'vitest/config';
import { testBindings } from './edge/testing/secrets.ts';
import { described } from './ops/stripe/description/described.ts';
import { stripeDouble } from './ops/stripe/double.ts';

Object.assign(process.env, testBindings); // where wrangler looks for the secrets that wrangler.toml names

// What STRIPE_API names in tests: all files share its account, so each makes customers of its own.
const stripe = described(stripeDouble({ secret: testBindings.STRIPE_WEBHOOK_SECRET }).fetch);

// One project per runtime: workerd, Node, a browser-like DOM. Journeys in a real browser have their own file (e2e/).
export default defineConfig({
  test: {
    projects: [
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              outboundService: (request: Request) =>
                new URL(request.url).hostname === 'stripe.test' ? stripe(request) : fetch(request),
              bindings: { ...testBindings, MIGRATIONS: await readD1Migrations('schema/db/migrations') },
              // Too large to be imported into workerd: what edge/search/queries.test.ts searches.
              serviceBindings: {
                REAL_CATALOGUE: async () =>
                  new Response(await readFile('node_modules/bangumi-data/dist/data.json', 'utf8')),
              },
            },
          })),
        ],
        test: {
          name: 'edge',
          include: ['edge/**/*.test.{ts,tsx}'],
          setupFiles: ['edge/testing/migrate.ts'],
          testTimeout: 30_000, // the first sign-in of a file transforms better-auth: seconds on a busy machine
        },
      },
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['{schema,transcoder,ops}/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: { name: 'web', environment: 'happy-dom', include: ['web/**/*.test.{ts,tsx}'] },
      },
    ],
  },
});
