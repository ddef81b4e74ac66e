import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Campaign } from '../schema/api/ads.ts';
import { StripeEvents } from '../schema/api/billing-events.ts';
import { Licence, Licensor } from '../schema/api/rights.ts';
import { ask } from '../ops/api.ts';
import { at, places, type PlaceName } from '../web/admin/places.ts';
import { titleParts } from '../web/admin/titles/title-parts.ts';
import { useBrowser, visit, type Visit } from './browser.ts';
import { makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { faults } from './judged.ts';
import { buy, fillBooks, fillShop, makeCodes } from './shop.ts';
import { as, database, editor, newEpisode, publishedEpisode, until, viewer } from './system.ts';

// The dashboard as a whole: every page of it in both themes, wide, on a tablet, on a phone; and its work done by keyboard alone.
const browser = useBrowser();
const folder = useFolder();
const admin = as('admin');

/** What stands in addresses, by the place whose address it is in. */
let values: Partial<Record<PlaceName, Record<string, string>>>;
/** What is looked at of a place that shows several things: the month that has something in it. */
let queries: Partial<Record<PlaceName, string>>;
let here: Visit;
beforeAll(async () => {
  const film = await makeShort(folder('desk.mp4'));
  const { title, episodeId, jobId } = await publishedEpisode('A page of the desk', film);
  const licensor = await ask(editor, 'POST', '/api/admin/licensors', Licensor, {
    json: { name: `Licensor of ${title.slug}` },
  });
  const { items } = await ask(
    editor,
    'GET',
    `/api/admin/titles/${title.id}/licences`,
    v.object({ items: v.array(Licence) }),
  );
  const notice = await ask(admin, 'POST', '/api/takedown-notices', v.object({ id: v.string() }), {
    json: {
      work: 'A page of the desk, the picture book',
      addresses: [`/titles/${title.slug}`],
      name: 'R. Holder',
      email: 'holder@example.test',
      postalAddress: '1 Garden Lane, Kyoto',
      goodFaith: true,
      accurate: true,
      signature: 'R. Holder',
    },
  });
  const shop = await fillShop(title.id, episodeId);
  await makeCodes();
  await buy(viewer, { priceId: shop.priceId });
  await buy(viewer, { offerId: shop.rentalId });
  const { statementId, month } = await fillBooks({
    titleId: title.id,
    episodeId,
    licenceId: items[0]!.id,
    licensorId: licensor.id,
  });
  const event = await until('Stripe to tell of what was paid', async () => {
    const { items: told } = await ask(admin, 'GET', '/api/admin/billing/events?state=done', StripeEvents);
    return told.find(({ type }) => type.startsWith('invoice.'));
  });
  await ask(admin, 'POST', '/api/admin/billing/reconciliations', v.unknown());
  // Who paid is shown with what they paid.
  const buyer = await ask(viewer, 'GET', '/api/me', v.object({ id: v.string() }));
  const ofEpisode = { id: title.id, episode: episodeId };
  values = {
    title: { id: title.id },
    episode: ofEpisode,
    compare: ofEpisode,
    job: { id: jobId },
    licence: { id: items[0]!.id },
    licensor: { id: licensor.id },
    notice: { id: notice.id },
    person: { id: buyer.id },
    campaign: { id: await campaign(title.id, episodeId) },
    statement: { id: statementId },
    'stripe-event': { id: event.id },
  };
  queries = { usage: `?month=${month}`, ledger: `?month=${month}` };
  // Nobody waits for colours to fade into each other at each change of theme.
  here = await visit(browser(), {
    as: 'admin',
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
}, 180_000);
afterAll(() => here?.context.close());

/** One that is being shown, with two days of figures. Its film is that of the page: as publish leaves an episode. */
async function campaign(titleId: string, published: string): Promise<string> {
  const spot = await newEpisode('Films of Kotori Tea', { licensed: false });
  await database(
    `UPDATE titles SET draft = 1 WHERE id = '${spot.title.id}'; UPDATE episodes SET (asset_id, duration, published_at) = (SELECT asset_id, duration, published_at FROM episodes WHERE id = '${published}') WHERE id = '${spot.episodeId}'`,
  );
  const { id } = await ask(admin, 'POST', '/api/admin/campaigns', Campaign, {
    json: {
      name: 'Rainy days',
      advertiser: 'Kotori Tea',
      creativeEpisodeId: spot.episodeId,
      clickUrl: 'https://tea.example/',
      countries: ['JP', 'DE'],
      titleIds: [titleId],
      goal: 10_000,
      pacing: 'asap',
      cpm: 1_200,
      currency: 'jpy',
    },
  });
  const hour = 3_600_000;
  const now = Math.floor(Date.now() / hour) * hour;
  const hours = [2, 26].map((ago) => `('${id}', ${now - ago * hour}, 420, 400, 380, 350, 330, 0, 12)`);
  await database(`INSERT INTO campaign_hours VALUES ${hours.join(', ')}`);
  await ask(admin, 'POST', `/api/admin/campaigns/${id}/start`, Campaign);
  return id;
}

/** The page stands, and what it loads is there. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => page.locator('.loading').count(), { timeout: 15_000 }).toBe(0);
}
/** As the shell's own choice of theme does it, and as a window is drawn to another size. */
async function look(page: Page, theme: 'light' | 'dark', width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
}

/** Every place, and a title's parts each. */
const stops = (Object.keys(places) as PlaceName[]).flatMap((name): { name: PlaceName; part: string }[] =>
  name === 'title-part'
    ? titleParts.filter((part) => part !== 'facts').map((part) => ({ name, part }))
    : [{ name, part: '' }],
);
test.each(stops)('$name $part', async ({ name, part }) => {
  const { page, expectClean } = here;
  await look(page, 'light', 1440);
  await open(
    page,
    at(name, { ...(part ? { ...values.title, part } : values[name]) }) + (queries[name] ?? ''),
  );
  expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toContain('There is nothing');
  const found: string[] = [];
  for (const [theme, width, by] of [
    ['light', 1440, 'all'],
    ['dark', 1440, 'colours'],
    ['dark', 820, 'all'],
    ['light', 820, 'colours'],
    ['light', 390, 'all'],
  ] as const) {
    await look(page, theme, width);
    found.push(...(await faults(page, `desk ${name} ${part} ${theme} ${width}`, by)));
  }
  expect(found).toEqual([]);
  expectClean();
});

/** Tab, until what has the focus is called that. @throws after more stops than any page has */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let stop = 0; stop < 120; stop++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const called = await focused
      .evaluate((element) => element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '')
      .catch(() => '');
    if (name.test(called)) return;
  }
  throw new Error(`no ${String(name)} within reach of Tab`);
}

test('by keyboard alone: a title is found, published, and made a draft again', async () => {
  await newEpisode('Only by keys');
  const { page, context, expectClean } = await visit(browser(), { as: 'editor' });
  await open(page, '/admin');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Go to or do' }).waitFor();
  await page.keyboard.type('only by');
  await page
    .getByRole('button', { name: /Only by keys/ })
    .first()
    .waitFor();
  expect(await faults(page, 'desk palette')).toEqual([]);
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { level: 1, name: 'Only by keys' });
  await heading.waitFor();
  await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);

  const state = page
    .getByRole('main')
    .getByText(/^(Draft|Published)$/)
    .first();
  if ((await state.textContent()) === 'Published') {
    await tabTo(page, /^Make it a draft$/);
    await page.keyboard.press('Enter');
    await page.getByRole('main').getByText('Draft', { exact: true }).first().waitFor();
    await heading.focus();
  }
  await tabTo(page, /^Publish now$/);
  await page.keyboard.press('Enter');
  const message = page.getByRole('region', { name: 'Messages' });
  await message.getByText('Only by keys is published.').waitFor();
  expect(await faults(page, 'desk message')).toEqual([]);
  await page.keyboard.press('F8');
  await tabBackTo(page, /^Undo$/);
  await page.keyboard.press('Enter');
  await message.getByText('It is as it was before.').waitFor();
  await page.getByRole('main').getByText('Draft', { exact: true }).first().waitFor();
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);

  await page.keyboard.press('g');
  await page.keyboard.press('j');
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor();
  expectClean();
  await context.close();
});

/** F8 leads to a message; its button may be the one before. */
async function tabBackTo(page: Page, name: RegExp): Promise<void> {
  const called = () =>
    page.locator(':focus').evaluate((e) => e.getAttribute('aria-label') ?? e.textContent ?? '');
  if (!name.test(await called())) await page.keyboard.press('Shift+Tab');
  expect(await called()).toMatch(name);
}

test('on a tablet the rooms are in a drawer, which Escape closes and each link leaves', async () => {
  const { page, context, expectClean } = await visit(browser(), {
    as: 'admin',
    viewport: { width: 820, height: 1180 },
  });
  await open(page, '/admin');
  const rooms = page.getByRole('navigation', { name: 'Dashboard' });
  expect(await rooms.isVisible()).toBe(false);
  const menu = page.getByRole('button', { name: 'Menu' });
  await menu.click();
  await rooms.getByRole('link', { name: 'Titles' }).waitFor();
  expect(await faults(page, 'desk drawer')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect.poll(() => rooms.isVisible()).toBe(false);
  expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
  await menu.click();
  await rooms.getByRole('link', { name: 'Titles' }).click();
  await page.getByRole('heading', { level: 1, name: 'Titles' }).waitFor();
  await expect.poll(() => rooms.isVisible()).toBe(false);
  // The theme that is chosen here is the site's, too, and stays.
  await menu.click();
  const kept = page.waitForResponse('**/display');
  await page.getByLabel('Theme').selectOption('Dark');
  await kept;
  await page.reload();
  await page.locator('html[data-theme="dark"][data-mood="desk"]').waitFor({ state: 'attached' });
  expectClean();
  await context.close();
});
