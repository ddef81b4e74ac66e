import { expect, test } from 'vitest';
import { Plan } from '../schema/api/plans.ts';
import { ask } from '../ops/api.ts';
import { useBrowser, visit } from './browser.ts';
import { faults, picture } from './judged.ts';
import { as } from './system.ts';

// What is asked without an account and without script: plans compared, and a takedown notice sent.
const browser = useBrowser();
const widths = [1440, 390] as const;

test('plans stand side by side on a desk and below each other on a phone', async () => {
  for (const [id, streams, maxHeight] of [
    ['plus', 2, 1080],
    ['household', 4, null],
  ] as const)
    await ask(as('admin'), 'PUT', `/api/admin/plans/${id}`, Plan, {
      json: { name: id === 'plus' ? 'Plus' : 'Household', streams, maxHeight, ads: false, downloads: false },
    });
  for (const width of widths) {
    const { page, context, expectClean } = await visit(browser(), {
      as: 'viewer',
      viewport: { width, height: 900 },
    });
    for (const theme of ['dark', 'light'] as const) {
      await context.request.post('/display', { form: { theme, next: '/' } });
      await page.goto('/plans');
      await page.getByText('Your plan').waitFor();
      const tops = await page
        .locator('.plan h2')
        .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
      // Other journeys sell plans of their own beside these.
      expect(tops.length).toBeGreaterThanOrEqual(3);
      expect(tops[0] === tops[1]).toBe(width === 1440);
      expect(await faults(page, `plans-${width}-${theme}`)).toEqual([]);
      await page.goto('/legal/takedown');
      expect(await faults(page, `notice-${width}-${theme}`)).toEqual([]);
    }
    expectClean();
    await context.close();
  }
});

test.each(widths)('a takedown notice is sent without script, %i px wide', async (width) => {
  const { page, context } = await visit(browser(), {
    viewport: { width, height: 900 },
    javaScriptEnabled: false,
    refusals: [400],
  });
  for (const theme of ['dark', 'light'] as const) {
    await context.request.post('/display', { form: { theme, next: '/' } });
    await page.goto('/legal/takedown');
    await page.getByLabel('Which work is infringed?').fill(`Kaze no Iro, ${width} ${theme}`);
    await page.getByLabel('Where is it on this site?').fill('https://elsewhere.example/titles/kaze');
    await page.getByLabel('Your name').fill('Mio Example');
    await page.getByLabel('E-mail address').fill(`rights-${width}-${theme}@studio.test`);
    await page.getByLabel('Postal address').fill('1-2-3 Example\nTokyo');
    for (const box of await page.getByRole('checkbox').all()) await box.check();
    await page.getByLabel('Signature', { exact: true }).fill('Mio Example');
    await page.getByRole('button', { name: 'Sign and send' }).click();
    await page.getByRole('alert').getByText('Not sent yet').waitFor();
    await picture(page, `notice refused-${width}-${theme}`, { fullPage: true });
    expect(await page.getByLabel('Your name').inputValue()).toBe('Mio Example');
    await page.getByLabel('Where is it on this site?').fill('/titles/kaze');
    await page.getByRole('button', { name: 'Sign and send' }).click();
    await page.getByText(/^Receipt number: ntc_/).waitFor();
    await picture(page, `notice received-${width}-${theme}`);
  }
  await context.close();
});
