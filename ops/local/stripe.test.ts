import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { portsFrom } from './ports.ts';
import { localSecrets } from './secrets.ts';
import { Sentence } from './sentence.ts';
import { paymentsOf, stayWith } from './stripe.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'engawa-payments-'));
});
afterAll(() => rm(data, { recursive: true }));

const payments = async (env: Record<string, string>) =>
  paymentsOf(env, await localSecrets(data), portsFrom(9000, 3));

test('without a key it is the double, at a port that does not move with the transcoders, with secrets of this machine', async () => {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = await localSecrets(data);
  expect(await payments({})).toEqual({
    real: false,
    variables: { STRIPE_API: 'http://localhost:9003', STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET },
  });
  expect(STRIPE_SECRET_KEY).toMatch(/^sk_test_\w+$/);
  expect(portsFrom(9000, 1).stripe).toBe(portsFrom(9000, 16).stripe);
});

test.each(['sk_test_a1', 'rk_test_a1'])('with a test key such as %s it is Stripe', async (key) => {
  expect(await payments({ STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: 'whsec_1' })).toEqual({
    real: true,
    variables: { STRIPE_API: '', STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: 'whsec_1' },
  });
});

test.each([
  [{ STRIPE_SECRET_KEY: 'sk_live_a1' }, /live key/],
  [{ STRIPE_SECRET_KEY: 'rk_live_a1', STRIPE_WEBHOOK_SECRET: 'whsec_1' }, /live key/],
  [{ STRIPE_SECRET_KEY: 'pk_test_a1' }, /begins with “pk_test_”/],
  [
    { STRIPE_SECRET_KEY: 'sk_test_a1' },
    /stripe listen --forward-to http:\/\/localhost:9000\/api\/webhooks\/stripe/,
  ],
])('%j is refused in a sentence that does not print the key', async (env, words) => {
  const refused = payments(env);
  await expect(refused).rejects.toThrow(Sentence);
  await expect(refused).rejects.toThrow(words);
  await expect(refused).rejects.not.toThrow(env.STRIPE_SECRET_KEY);
});

test('a data folder stays with the one it began with', async () => {
  const local = await payments({});
  const real = await payments({ STRIPE_SECRET_KEY: 'sk_test_a1', STRIPE_WEBHOOK_SECRET: 'whsec_1' });
  stayWith(data, local);
  stayWith(data, local);
  expect(() => stayWith(data, real)).toThrow(/was sold through the local Stripe, .*--data, .*--reset/);
});
