import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { AdminOffer, BillingOfPerson, MadeGifts, Promotion } from '../schema/api/billing-admin.ts';
import { Plan } from '../schema/api/plans.ts';
import type { Id } from '../schema/ids.ts';
import { ask } from '../ops/api.ts';
import { localSecrets } from '../ops/local/secrets.ts';
import { signUp } from '../ops/local/session.ts';
import { origins, useBrowser, visit, type Visit } from './browser.ts';
import { expectPlaying } from './player.ts';
import { as, database, filmEpisode, newEpisode, system } from './system.ts';

// Somebody's money, from the refusal that leads to paying to the refund, on the pages of the local Stripe.
const browser = useBrowser();
const admin = as('admin');
const stripe = `http://localhost:${system.ports.stripe}`;
const DAY_S = 86_400;
/** Anew for each run: a platform that was kept knows those before. */
const run = Date.now().toString(36).toUpperCase();
const payer = {
  name: 'Payer',
  email: `payer-${run.toLowerCase()}@engawa.test`,
  password: 'a password of the payer',
};
/** What the journeys buy: a plan opens one, a rental the other. The film in both is that of all journeys. */
let episodes: { byPlan: Id<'episode'>; byRental: Id<'episode'>; rental: Id<'title'>; slug: string };
let somebody: Visit;
let page: Page;

beforeAll(async () => {
  const film = await filmEpisode();
  const [byPlan, byRental] = [await newEpisode('For subscribers'), await newEpisode('For rent')];
  for (const [id, streams] of [
    ['solo', 1],
    ['duo', 2],
  ] as const) {
    const fields = { name: id === 'solo' ? 'Solo' : 'Duo', streams, ads: false, downloads: false };
    const json = { ...fields, rank: streams, trialDays: id === 'solo' ? 7 : 0 };
    await ask(admin, 'PUT', `/api/admin/plans/${id}`, Plan, { json });
    for (const [interval, amount] of [
      ['month', 500 * streams],
      ['year', 5_000 * streams],
    ] as const)
      await ask(admin, 'POST', `/api/admin/plans/${id}/prices`, v.unknown(), {
        json: { currency: 'usd', interval, amount },
      });
  }
  await ask(admin, 'POST', `/api/admin/titles/${byRental.title.id}/offers`, AdminOffer, {
    json: { kind: 'rental', episodeId: byRental.episodeId, prices: { usd: 399 } },
  });
  await ask(admin, 'POST', '/api/admin/promotions', Promotion, {
    json: { code: `HALF-${run}`, percentOff: 50, months: 3 },
  });
  await signUp(origins.site, payer);
  const model = (title: string, name: string) =>
    `UPDATE licences SET models = '["${name}"]' WHERE title_id = '${title}'`;
  await database(
    [
      // As publish leaves episodes: to encode the film twice more would show nothing that other journeys do not.
      `UPDATE episodes SET (asset_id, duration, published_at) = (SELECT asset_id, duration, published_at FROM episodes WHERE id = '${film}') WHERE id IN ('${byPlan.episodeId}', '${byRental.episodeId}')`,
      model(byPlan.title.id, 'subscription'),
      model(byRental.title.id, 'rental'),
      `UPDATE users SET email_verified = 1 WHERE email = '${payer.email}'`,
    ].join('; '),
  );
  episodes = {
    byPlan: byPlan.episodeId,
    byRental: byRental.episodeId,
    rental: byRental.title.id,
    slug: byRental.title.slug,
  };
  somebody = await visit(browser(), { refusals: [402, 409] });
  const { email, password } = payer;
  const signedIn = await somebody.context.request.post('/api/auth/sign-in', { data: { email, password } });
  if (!signedIn.ok()) throw new Error(`the payer could not sign in: ${await signedIn.text()}`);
  page = somebody.page;
}, 240_000);
afterAll(() => somebody?.context.close());

/** Moves the clock of Stripe, and does on the way what is due by then. */
async function pass(days: number): Promise<void> {
  const { STRIPE_SECRET_KEY: key } = await localSecrets(system.data);
  const answer = await fetch(`${stripe}/_double/clock`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ seconds: days * DAY_S }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}
/** Loads the page of one's billing until it says something. */
async function expectBilling(words: RegExp): Promise<void> {
  const said = async () => {
    await page.goto('/account/billing');
    return page.getByRole('main').innerText();
  };
  await expect.poll(said, { timeout: 30_000, interval: 500 }).toMatch(words);
}
const expectSaid = (words: string | RegExp) =>
  expect.poll(() => page.getByText(words).count(), { timeout: 20_000 }).toBeGreaterThan(0);
const pay = async (label: RegExp) => {
  await page.waitForURL(`${stripe}/c/pay/**`);
  await page.getByRole('button', { name: label }).click();
  await page.waitForURL(`${origins.site}/**`);
};

test('a refused episode leads to the plan that opens it, a code and a trial to the film', async () => {
  await page.goto(`/watch/${episodes.byPlan}`);
  const refusal = page.getByRole('alert');
  await refusal.getByRole('heading', { name: 'A subscription opens this' }).waitFor();
  await refusal.getByRole('link', { name: 'How to watch it' }).click();
  const solo = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Solo' }) });
  await expect.poll(() => solo.innerText()).toContain('7 days free, then $5 a month. Cancel any time.');
  await solo.getByRole('button', { name: 'Try it free for 7 days' }).first().click();
  await page.waitForURL(`${stripe}/c/pay/**`);
  await page.getByLabel('Promotion code').fill(`HALF-${run}`);
  await page.getByLabel('Goes on file, and fails').check();
  await pay(/^Start trial/);
  await page.waitForURL(`**/watch/${episodes.byPlan}`);
  await expectPlaying(page);
  await expectBilling(/Solo\s+Free until .+, then \$5 a month/);
}, 120_000);

test('a rental begins at its first play, once one was told', async () => {
  await page.goto(`/titles/${episodes.slug}`);
  await expectSaid('30 days to begin, then 48 hours to finish.');
  await page.getByRole('button', { name: 'Rent for $3.99' }).click();
  await pay(/^Pay/);
  await page.waitForURL(`**/watch/${episodes.byRental}`);
  const told = page.getByRole('alert');
  await told.getByText('From this play on you have 48 hours').waitFor();
  await expectBilling(/Rented\. Begin by/);
  await page.goto(`/watch/${episodes.byRental}`);
  await page.getByRole('button', { name: 'Begin and play' }).click();
  await expectPlaying(page);
  expect(await told.count()).toBe(0);
}, 120_000);

test('what staff give back stops within a key period', async () => {
  const me = v.parse(
    v.object({ id: v.string() }),
    await (await somebody.context.request.get('/api/me')).json(),
  );
  const { purchases } = await ask(admin, 'GET', `/api/admin/users/${me.id}/billing`, BillingOfPerson);
  const refund = `/api/admin/payments/${purchases[0]!.stripePaymentId}/refund`;
  await ask(admin, 'POST', refund, v.unknown(), { json: { reason: 'It was not what they thought.' } });
  await page.getByRole('alert').getByRole('heading').waitFor({ timeout: 90_000 });
  await expectBilling(/No longer open/);
  await page.goto(`/watch/${episodes.byRental}`);
  await page.getByRole('heading', { name: 'To rent or to buy' }).waitFor();
  expect(await page.getByRole('link', { name: 'How to watch it' }).count()).toBe(1);
}, 150_000);

test('a gift code gives a plan beside what one pays for', async () => {
  const made = await ask(admin, 'POST', '/api/admin/gifts', MadeGifts, {
    json: { planId: 'household', days: 30, reason: 'For the journeys.' },
  });
  await page.goto('/account/billing');
  const code = page.getByLabel('Code', { exact: true });
  await code.fill('NOT-A-CODE-AT-ALL');
  await page.getByRole('button', { name: 'Redeem it' }).click();
  await expectSaid('This code does not open anything');
  await code.fill(made.items[0]!.code);
  await page.getByRole('button', { name: 'Redeem it' }).click();
  await expectSaid('The code is redeemed.');
  await expectSaid(/From a gift code, until/);
  expect(await page.getByRole('article').count()).toBe(2);
}, 60_000);

// From here on Stripe's clock is ahead of the site's.
test('a card that fails after the trial is told of, the plan holds, and mending it goes on', async () => {
  await pass(8);
  await expectBilling(/A payment did not go through .+ the plan holds until/);
  await page.goto(`/watch/${episodes.byPlan}`);
  await expectPlaying(page);
  await page.goto('/account/billing');
  await page.getByRole('button', { name: 'Mend the payment' }).click();
  await page.waitForURL(`${stripe}/p/session/**`);
  await page.getByLabel('Another card').selectOption('pm_card_visa');
  await page.getByRole('button', { name: 'Pay with it from now on' }).click();
  await page.getByRole('link', { name: 'Back' }).click();
  // What was owed is paid with it at once.
  await expectBilling(/Paid until .+ for \$5 a month/);
  // Half of it, by the promotion code.
  expect(await page.getByRole('row').filter({ hasText: '$2.50' }).innerText()).toContain('Paid');
}, 120_000);

test('another plan costs what was said before', async () => {
  await pass(10);
  await page.goto('/plans');
  await page.getByRole('link', { name: 'Switch to it: Duo' }).first().click();
  const go = page.getByRole('button', { name: /^Switch and pay / });
  const [said = ''] = /\$[\d.]+/.exec(await go.innerText()) ?? [];
  await go.click();
  await expectSaid('You are on your new plan.');
  await expectBilling(/Duo\s+Paid until .+ for \$10 a month/);
  const charged = page.getByRole('row').filter({ hasText: said });
  expect(await charged.innerText()).toContain('Paid');
}, 60_000);

test('what is rented opens at once, whatever Stripe’s clock says', async () => {
  await page.goto(`/titles/${episodes.slug}`);
  await page.getByRole('button', { name: 'Rent for $3.99' }).click();
  await pay(/^Pay/);
  await page.waitForURL(`**/watch/${episodes.byRental}`);
  await page.getByRole('button', { name: 'Begin and play' }).click();
  await expectPlaying(page);
  expect(await page.getByRole('alert').count()).toBe(0);
}, 60_000);

test('two clicks cancel it, one takes that back', async () => {
  await page.goto('/account/billing');
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel the plan' }).click();
  await expectSaid('It is cancelled.');
  await expectSaid(/Yours until .+ nothing more is charged/);
  await page.getByRole('button', { name: 'Keep it after all' }).click();
  await expectSaid('It goes on.');
  expect(await page.getByRole('link', { name: 'Cancel' }).count()).toBe(1);
}, 60_000);
