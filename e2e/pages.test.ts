import { readFile } from 'node:fs/promises';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SavedImage } from '../schema/api/editing.ts';
import { ask } from '../ops/api.ts';
import type { people } from '../ops/local/people.ts';
import { phone, useBrowser, visit, type Visit } from './browser.ts';
import { ffmpeg, makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { faults, picture } from './judged.ts';
import { buy, fillShop } from './shop.ts';
import { database, editor, newEpisode, publishedEpisode, viewer } from './system.ts';

// Every page, at a desk and on a phone: axe finds nothing, nothing scrolls sideways. Pictures of them go to e2e/screens/.
const browser = useBrowser();
const folder = useFolder();
const desk = { viewport: { width: 1280, height: 800 } };
const addresses: Record<string, string> = {};

beforeAll(async () => {
  const made = await publishedEpisode('Kaze no Denrei', await makeShort(folder('page.mp4'), { seconds: 5 }));
  const { title, episodeId, jobId } = made;
  for (const [role, width, height] of [
    ['poster', 800, 1200],
    ['backdrop', 1920, 1080],
  ] as const) {
    const path = folder(`${role}.png`);
    await ffmpeg(
      '-f',
      'lavfi',
      '-i',
      `gradients=s=${width}x${height}:c0=0x203a43:c1=0xe8a87c:x0=0:y0=0:x1=${width}:y1=${height}`,
      '-frames:v',
      '1',
      path,
    );
    const body = new Uint8Array(await readFile(path));
    await ask(
      editor,
      'PUT',
      `/api/admin/titles/${title.id}/images/${role}?width=${width}&height=${height}`,
      SavedImage,
      { body, contentType: 'image/png' },
    );
  }
  const sale = await newEpisode('To rent or to keep');
  // As publish leaves episodes: another film would show nothing else.
  await database(
    `UPDATE episodes SET (asset_id, duration, published_at) = (SELECT asset_id, duration, published_at FROM episodes WHERE id = '${episodeId}') WHERE id = '${sale.episodeId}'`,
  );
  const shop = await fillShop(sale.title.id, sale.episodeId);
  await buy(viewer, { priceId: shop.priceId });
  await buy(viewer, { offerId: shop.rentalId });
  const empty = await newEpisode('A title that has only just been thought of, and has a rather long name');
  Object.assign(addresses, {
    home: '/',
    title: `/titles/${title.slug}`,
    'title without episodes to play': `/titles/${empty.title.slug}`,
    watch: `/watch/${episodeId}`,
    'watch, signed out': `/watch/${episodeId}`,
    'sign-in': '/sign-in?next=%2Fadmin',
    'sign-up': '/sign-up',
    'new password': '/reset-password',
    account: '/account',
    profiles: '/profiles',
    list: '/list',
    'import a list': '/list/import',
    history: '/history',
    notices: '/notices',
    browse: '/browse',
    search: '/search?q=kaze',
    calendar: '/calendar',
    terms: '/legal/terms',
    'takedown notice': '/legal/takedown',
    plans: '/plans',
    'title with offers': `/titles/${sale.title.slug}`,
    'ways to watch': `/watch/${sale.episodeId}/ways`,
    billing: '/account/billing',
    'another plan': '/account/billing/switch',
    'cancel the plan': '/account/billing/cancel',
    'a rental that waits': `/watch/${sale.episodeId}`,
    mailbox: '/mailbox',
    'not found': '/nothing/here',
    'not allowed': '/admin',
    overview: '/admin',
    titles: '/admin/titles',
    'new title': '/admin/titles/new',
    'edit title': `/admin/titles/${title.id}`,
    'episodes of a title': `/admin/titles/${title.id}/episodes`,
    'texts of a title': `/admin/titles/${title.id}/texts`,
    'people of a title': `/admin/titles/${title.id}/people`,
    'artwork of a title': `/admin/titles/${title.id}/artwork`,
    'rights of a title': `/admin/titles/${title.id}/rights`,
    episode: `/admin/titles/${title.id}/episodes/${episodeId}`,
    'all episodes': '/admin/episodes',
    uploads: '/admin/uploads',
    jobs: '/admin/jobs',
    job: `/admin/jobs/${jobId}`,
  });
});

const pages: [name: string, as?: keyof typeof people][] = [
  ['home'],
  ['title'],
  ['title without episodes to play'],
  ['watch', 'viewer'],
  ['watch, signed out'],
  ['sign-in'],
  ['sign-up'],
  ['new password'],
  ['account', 'viewer'],
  ['profiles', 'viewer'],
  ['list', 'viewer'],
  ['import a list', 'viewer'],
  ['history', 'viewer'],
  ['notices', 'viewer'],
  ['browse'],
  ['search'],
  ['calendar'],
  ['terms'],
  ['takedown notice'],
  ['plans'],
  ['title with offers'],
  ['ways to watch', 'admin'],
  ['billing', 'viewer'],
  ['another plan', 'viewer'],
  ['cancel the plan', 'viewer'],
  ['a rental that waits', 'viewer'],
  ['mailbox'],
  ['not found'],
  ['not allowed', 'viewer'],
  ['overview', 'editor'],
  ['titles', 'editor'],
  ['new title', 'editor'],
  ['edit title', 'editor'],
  ['episodes of a title', 'editor'],
  ['texts of a title', 'editor'],
  ['people of a title', 'editor'],
  ['artwork of a title', 'editor'],
  ['rights of a title', 'editor'],
  ['episode', 'editor'],
  ['all episodes', 'editor'],
  ['uploads', 'editor'],
  ['jobs', 'editor'],
  ['job', 'editor'],
];

/** What opens on a page, by a button's name in English. */
const opened: [page: string, button: string, as: keyof typeof people][] = [
  ['job', 'Attempts and logs of Video, part 1', 'editor'],
  ['episode', 'Add or replace a track', 'editor'],
  ['episode', 'Encode again …', 'editor'],
  ['account', 'Change the address', 'viewer'],
  ['account', 'Set it up', 'viewer'],
  ['account', 'Add a passkey', 'viewer'],
  ['profiles', 'New profile', 'viewer'],
];

/** The page stands, its script has taken over, and what it loads is there. */
async function open(page: Page, name: string): Promise<void> {
  await page.goto(addresses[name]!);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('.loading').count(), { timeout: 15_000 }).toBe(0);
  if (name === 'watch') {
    await page.locator('.player[data-state="playing"]').waitFor();
    await page.locator('video').evaluate((video: HTMLVideoElement) => video.pause());
  }
  await page.evaluate(() => document.fonts.ready);
}

/** One browser profile per person: what was loaded once is there, and nobody signs in for each page. */
function visitors(options: BrowserContextOptions) {
  const there = new Map<string, Visit>();
  afterAll(() => Promise.all([...there.values()].map(({ context }) => context.close())));
  return async (as?: keyof typeof people): Promise<Visit> => {
    const known = there.get(as ?? '');
    const refusals = [403, 404];
    // Nobody waits for colours to fade into each other at each change of theme.
    const still = { reducedMotion: 'reduce', refusals } as const;
    const here = known ?? (await visit(browser(), { ...options, ...still, ...(as ? { as } : {}) }));
    there.set(as ?? '', here);
    return here;
  };
}

describe.each([
  ['desk', desk],
  ['phone', phone],
] as const)('%s', (device, options) => {
  const visitor = visitors(options);

  // Wide, the dashboard's are judged in desk.test.ts.
  const judgedHere = pages.filter(([, as]) => device === 'phone' || as !== 'editor');
  test.each(judgedHere)('%s', async (name, as) => {
    const { page, expectClean } = await visitor(as);
    await open(page, name);
    const found = await faults(page, `${name}-${device}`);
    // At twice its size, in both themes: a desk's window is half as wide, then (WCAG 1.4.4, 1.4.10).
    const twice = [
      ['dark', 'all'],
      ['light', 'colours'],
    ] as const;
    for (const [theme, by] of device === 'desk' ? twice : []) {
      await page.setViewportSize({ width: desk.viewport.width / 2, height: desk.viewport.height / 2 });
      await page.evaluate((chosen) => (document.documentElement.dataset['theme'] = chosen), theme);
      found.push(...(await faults(page, `${name}-${theme}-zoomed`, by)));
    }
    await page.setViewportSize(options.viewport);
    expect(found).toEqual([]);
    expectClean();
  });

  test.each(opened)('%s: %s', async (name, button, as) => {
    const { page, expectClean } = await visitor(as);
    await open(page, name);
    await page.getByRole('button', { name: button }).click();
    await expect.poll(() => page.locator('.loading').count(), { timeout: 15_000 }).toBe(0);
    expect(await faults(page, `${name}-${button}-${device}`)).toEqual([]);
    expectClean();
  });
});

describe('a phone, dark and in Japanese', () => {
  const visitor = visitors({ ...phone, colorScheme: 'dark', locale: 'ja-JP' });
  test.each([
    ['watch', 'viewer'],
    ['account', 'viewer'],
    ['profiles', 'viewer'],
    ['episode', 'editor'],
    ['job', 'editor'],
  ] as const)('%s', async (name, as) => {
    const { page, expectClean } = await visitor(as);
    await open(page, name);
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
    expect(await faults(page, `${name}-dark-ja`)).toEqual([]);
    expectClean();
  });
});

/** As its form sets it. */
const light = { name: 'engawa-theme', value: 'light', domain: 'localhost', path: '/' };
test.each(['es', 'fr', 'de', 'pt'] as const)('a phone in %s: nothing is too long for it', async (locale) => {
  const { page, context } = await visit(browser(), { ...phone, locale, as: 'viewer' });
  await context.addCookies([light]);
  const found: string[] = [];
  for (const name of ['title', 'list', 'import a list', 'profiles']) {
    await open(page, name);
    expect(await page.locator('html').getAttribute('lang')).toBe(locale);
    found.push(...(await faults(page, `${name}-${locale}`)));
  }
  expect(found).toEqual([]);
  await context.close();
});

test('the menu in the head: switch, go, and choose how the site looks', async () => {
  const { page, context, expectClean } = await visit(browser(), { as: 'viewer' });
  await open(page, 'home');
  await page.getByRole('button', { name: /^Menu of/ }).click();
  await page.getByRole('link', { name: 'My list' }).waitFor();
  expect(await faults(page, 'home-menu')).toEqual([]);
  await page.getByRole('contentinfo').getByRole('button', { name: 'Light' }).click();
  await page.locator('html[data-theme="light"]').waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  await page.getByRole('contentinfo').getByRole('button', { name: '日本語' }).click();
  await page.locator('html[lang="ja"][data-theme="light"]').waitFor();
  expectClean();
  await context.close();
});

test('the search box suggests as one types: by key, by a press, and closes', async () => {
  const { page, context, expectClean } = await visit(browser());
  await open(page, 'browse');
  const field = page.getByRole('banner').getByRole('combobox', { name: 'Search titles' });
  const options = page.getByRole('banner').getByRole('option');
  await field.pressSequentially('kaze no');
  await options.first().waitFor();
  expect(await field.getAttribute('aria-expanded')).toBe('true');
  await field.press('ArrowDown');
  const chosen = page.getByRole('option', { selected: true });
  expect(await chosen.getAttribute('id')).toBe(await field.getAttribute('aria-activedescendant'));
  expect(await chosen.innerText()).toContain('Kaze no Denrei');
  expect(await faults(page, 'search box open')).toEqual([]);
  await field.press('Escape');
  await expect.poll(() => options.count()).toBe(0);
  expect(await field.getAttribute('aria-expanded')).toBe('false');
  await field.fill('kaze');
  await options.filter({ hasText: 'Kaze no Denrei' }).click();
  await page.waitForURL(`**${addresses['title']}`);
  expectClean();
  await context.close();
});

test('without script the site is read, searched, and left by its links', async () => {
  const { page, context, requests, expectClean } = await visit(browser(), { javaScriptEnabled: false });
  await page.goto('/');
  const name = 'Kaze no Denrei';
  await page.getByRole('main').getByRole('link', { name }).first().waitFor();
  const search = page.getByRole('banner').getByRole('searchbox', { name: 'Search titles' });
  await search.fill('kaze');
  await search.press('Enter');
  await page.waitForURL('**/search?q=kaze');
  await page.getByRole('main').getByRole('link', { name }).first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await picture(page, 'title without script', { fullPage: true });
  await page.getByRole('contentinfo').getByRole('button', { name: 'Light' }).click();
  await page.locator('html[data-theme="light"]').waitFor();
  await page
    .getByRole('link', { name: /^Watch/ })
    .first()
    .click();
  await page.waitForURL(`**${addresses['watch']}`);
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).waitFor();
  expect(requests.filter(({ pathname }) => pathname.startsWith('/api/'))).toEqual([]);
  expectClean();
  await context.close();
});
