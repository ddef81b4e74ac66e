import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

// Pages as a reader's aid and an eye see them: axe's judgement, what is too wide, and a picture for people.
const screens = fileURLToPath(new URL('screens/', import.meta.url));
const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All that a machine can tell of WCAG 2.2 AA; or the rules of it that colours alone can break. */
const rulesOf = {
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  colours: ['color-contrast', 'link-in-text-block'],
};
type Rules = keyof typeof rulesOf;

/** What is wrong where, and how many rules found something to judge. */
export async function judged(
  page: Page,
  by: Rules = 'all',
): Promise<{ violations: string[]; rules: number }> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await axe);
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations, passes }: AxeResults = await axe.run(document, { runOnly });
    const words = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ''}`),
    );
    return { violations: words, rules: violations.length + passes.length };
  }, rulesOf[by]);
}

/** Widest thing that makes the page scroll sideways, or null. */
const sideways = (page: Page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.scrollingElement!.scrollWidth <= width) return null;
    const wide = [...document.body.querySelectorAll('*')].find(
      (element) => element.getBoundingClientRect().right > width + 1,
    );
    return `${document.scrollingElement!.scrollWidth} px wide: ${wide?.outerHTML.slice(0, 200)}`;
  });

/** Half-way from one page or colour to the next there is nothing to look at. */
const arrived = (page: Page) =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(
          ({ playState, effect }) =>
            playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
        )
        .map(({ finished }) => finished),
    ),
  );

/** Leaves a picture in e2e/screens/. */
export async function picture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  await mkdir(screens, { recursive: true });
  await arrived(page);
  await page.screenshot({ path: `${screens}${name.replaceAll(/\W+/g, '-')}.png`, fullPage });
}

/** What is below the window is drawn as well: a picture of the whole page is taken without scrolling to it. */
const drawAll = (page: Page) =>
  page.evaluate(async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets.push(sheet);
    const images = [...document.images];
    for (const image of images) image.loading = 'eager';
    await Promise.allSettled(images.map((image) => image.decode()));
  });

/**
 * What axe finds, and what is too wide; leaves a picture of the page in e2e/screens/. A page that was judged by all rules
 * and has changed its theme since is judged by its colours: nothing else of it is another.
 */
export async function faults(page: Page, name: string, by: Rules = 'all'): Promise<string[]> {
  await drawAll(page);
  await picture(page, name, { fullPage: true });
  const { violations, rules } = await judged(page, by);
  const few = rules > (by === 'all' ? 10 : 0) ? [] : [`axe found ${rules} rules to judge`];
  const wide = await sideways(page);
  return [...violations, ...few, ...(wide === null ? [] : [wide])].map((fault) => `${name}: ${fault}`);
}
