import { chromium as browsers, type Browser } from 'playwright-core';
import lighthouse from 'lighthouse';
import { chromium } from '../check/browser.ts';
import { launch } from '../local/launch.ts';
import { freePort } from '../local/ports.ts';
import { atLeast, bounded, median, type Figure } from './figure.ts';

const RUNS = 5;
const POSTERS = 12;
const pages = { home: '/', title: '/titles/ashita-hare' };
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
/** A phone as Lighthouse's mobile preset has it. */
const phone = {
  viewport: { width: 412, height: 823 },
  deviceScaleFactor: 1.75,
  isMobile: true,
  hasTouch: true,
};

/**
 * Lighthouse with its mobile preset on the whole local platform with the demo's titles: medians, each page asked before, as a site is
 * that people visit. Then what the posters weigh that a phone shows first in the list of all titles.
 */
export async function lighthouseBench(): Promise<Figure[]> {
  const path = await chromium();
  if (!path) throw new Error('Lighthouse needs Chromium on PATH, or CHROMIUM=/path/to/it.');
  const platform = await launch({ args: [] });
  const port = await freePort();
  const browser = await browsers.launch({
    executablePath: path,
    args: ['--no-sandbox', `--remote-debugging-port=${port}`, '--disable-background-networking'],
  });
  try {
    const figures: Figure[] = [];
    for (const [name, at] of Object.entries(pages)) {
      await warm(browser, `${platform.origin}${at}`);
      figures.push(...(await judged(name, `${platform.origin}${at}`, port)));
    }
    await warm(browser, `${platform.origin}/browse`);
    return [...figures, await posters(browser, `${platform.origin}/browse`)];
  } finally {
    await browser.close();
    await platform.stop();
  }
}

/** Visits a page until all of its pictures are there in the sizes that it shows. */
async function warm(browser: Browser, address: string): Promise<void> {
  for (let visits = 0; visits < 60; visits++) {
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    let coming = 0;
    page.on('response', (response) => {
      if (response.url().endsWith('.avif') && response.headers()['content-type'] !== 'image/avif')
        coming += 1;
    });
    await page.goto(address, { waitUntil: 'networkidle' });
    await context.close();
    if (coming === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error(`some pictures of ${address} never became smaller`);
}

async function judged(name: string, address: string, port: number): Promise<Figure[]> {
  const scores = new Map<string, number[]>();
  const note = (key: string, value: number) => scores.set(key, [...(scores.get(key) ?? []), value]);
  for (let run = 0; run < RUNS; run++) {
    const result = await lighthouse(address, {
      port,
      output: 'json',
      logLevel: 'error',
      onlyCategories: [...categories],
    });
    if (!result || result.lhr.runtimeError) throw new Error(`Lighthouse could not judge ${address}`);
    const { lhr } = result;
    for (const category of categories)
      note(category, Math.round((lhr.categories[category]?.score ?? 0) * 100));
    note('layout shift', lhr.audits['cumulative-layout-shift']?.numericValue ?? 1);
  }
  const of = (key: string) => median(scores.get(key)!);
  return [
    ...categories.map((category) =>
      atLeast(
        { name: `Lighthouse, ${name}: ${category}, median of ${RUNS}`, value: of(category), unit: '' },
        100,
      ),
    ),
    bounded({ name: `Lighthouse, ${name}: cumulative layout shift`, value: of('layout shift'), unit: '' }, 0),
  ];
}

/** What the first posters weigh that a phone loads, as bytes of their bodies. */
async function posters(browser: Browser, address: string): Promise<Figure> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    if (response.url().endsWith('.avif'))
      sizes.set(
        response.url(),
        response.body().then((body) => body.length),
      );
  });
  await page.goto(address);
  await page
    .locator('.grid > li')
    .nth(POSTERS - 1)
    .scrollIntoViewIfNeeded();
  await page.waitForLoadState('networkidle');
  const shown = await page
    .locator('.grid .picture--poster picture img')
    .evaluateAll(
      (images, most) => images.slice(0, most).map((image) => (image as HTMLImageElement).currentSrc),
      POSTERS,
    );
  const weights = await Promise.all(shown.map(async (src) => sizes.get(src)));
  await context.close();
  if (weights.length < POSTERS || weights.includes(undefined))
    throw new Error(`only ${weights.length} posters came: ${shown.join(' ')}`);
  const kB = weights.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0) / 1000;
  return bounded({ name: `the first ${POSTERS} posters on a phone`, value: kB, unit: 'kB' }, 100);
}
