import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Stripe } from 'stripe';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stripeDouble, type StripeDouble } from './double.ts';
import { described } from './description/described.ts';
import { listen, type Listening } from './listen.ts';
import { undescribed } from './undescribed.ts';

// Stripe's own tool, with its own fixtures, against the double: what it takes for Stripe is near enough to Stripe for us.
const KEY = 'sk_test_ofthecli';
const SECRET = 'whsec_cli';

/** The program itself comes as an optional package for each platform. */
function binary(): string | null {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('@stripe/cli/package.json'));
  try {
    const folder = dirname(resolve(`@stripe/cli-${process.platform}-${process.arch}/package.json`));
    return join(folder, 'bin', process.platform === 'win32' ? 'stripe.exe' : 'stripe');
  } catch {
    return null;
  }
}
const stripeCli = binary();

let home: string;
let engine: StripeDouble;
let double: Listening;
const told: { event: Stripe.Event; at: number }[] = [];
let hook: Listening;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'engawa-stripe-cli-'));
  engine = stripeDouble();
  double = await listen(undescribed(described((request) => engine.fetch(request))), 0);
  hook = await listen(async (request) => {
    const body = await request.text();
    const signature = request.headers.get('stripe-signature') ?? '';
    // Throws, and is answered by 500, unless the double signed as Stripe does.
    const event = await Stripe.webhooks.constructEventAsync(body, signature, SECRET);
    told.push({ event, at: Date.now() });
    return new Response(null, { status: 200 });
  }, 0);
  await fetch(`${double.origin}/_double/endpoints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: hook.origin, secret: SECRET }),
  });
});
afterAll(async () => {
  engine.stop();
  await double.stop();
  await hook.stop();
  await rm(home, { recursive: true });
});

/** Runs it apart from whoever it belongs to: no login, no settings, nothing told home, and no way out of this machine. */
const cli = (...args: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) =>
    execFile(
      stripeCli!,
      // It takes this machine by its number only (a host name could lead elsewhere).
      [
        ...args,
        '--api-base',
        double.origin.replace('localhost', '127.0.0.1'),
        '--api-key',
        KEY,
        '--color',
        'off',
      ],
      {
        timeout: 60_000,
        env: {
          HOME: home,
          XDG_CONFIG_HOME: join(home, 'config'),
          STRIPE_CLI_TELEMETRY_OPTOUT: '1',
          STRIPE_NO_AUTO_UPDATE: '1',
          STRIPE_CLI_NO_PLUGIN_AUTO_INSTALL: '1',
          // Nobody listens there: whatever it wants from the network, it does not get. Loopback is never proxied.
          HTTP_PROXY: 'http://127.0.0.1:9',
          HTTPS_PROXY: 'http://127.0.0.1:9',
        },
      },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, said: out + err }),
    ),
  );

test('Stripe’s CLI is here', ({ skip }) => {
  // Somebody’s machine may be one that Stripe has no CLI for; where merges are decided, it has to run.
  if (!stripeCli && !process.env['CI']) skip(`no Stripe CLI for ${process.platform}-${process.arch}`);
  expect(stripeCli).not.toBeNull();
});

const consumed = [
  ['checkout.session.completed'],
  ['checkout.session.expired'],
  ['customer.subscription.created', 'invoice.paid', 'payment_intent.succeeded'],
  ['customer.subscription.updated'],
  ['customer.subscription.deleted'],
  ['customer.subscription.paused'],
  ['customer.subscription.trial_will_end'],
  ['invoice.finalized'],
  ['invoice.paid', 'charge.succeeded'],
  ['invoice.payment_failed', 'charge.failed'],
  ['invoice.payment_action_required'],
  ['invoice.voided'],
  ['payment_intent.succeeded', 'charge.succeeded'],
  ['payment_intent.payment_failed'],
  ['charge.refunded', 'refund.created'],
  ['charge.dispute.created'],
  ['charge.dispute.closed'],
  ['customer.updated'],
  ['customer.deleted'],
  ['product.created'],
  ['price.created'],
  ['promotion_code.created'],
  ['test_helpers.test_clock.ready'],
] as const;

test.skipIf(!stripeCli).each(consumed)('stripe trigger %s', async (event, ...also) => {
  told.length = 0;
  const { code, said } = await cli('trigger', event);
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Trigger succeeded') });
  const types = () => told.map((one) => one.event.type as string);
  await expect.poll(types, { timeout: 5_000 }).toEqual(expect.arrayContaining([event, ...also]));
  expect(new Set(told.map((one) => one.event.id)).size).toBe(told.length);
});

test.skipIf(!stripeCli)('stripe customers create, get and list by hand', async () => {
  const { said } = await cli('customers', 'create', '--email', 'somebody@engawa.test');
  const { id } = v.parse(v.object({ id: v.string() }), JSON.parse(said.slice(said.indexOf('{'))));
  expect((await cli('get', `/v1/customers/${id}`)).said).toContain('somebody@engawa.test');
  expect((await cli('customers', 'list', '--limit', '1')).said).toContain(id);
});

test.skipIf(!stripeCli)('a fixture that Stripe would refuse is refused', async () => {
  const { code, said } = await cli('trigger', 'customer.created', '--add', 'customer:emial=a@b.test');
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('emial') });
});
