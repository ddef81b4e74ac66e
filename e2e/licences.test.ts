import { expect, test } from 'vitest';
import { useBrowser, visit } from './browser.ts';
import { newEpisode } from './system.ts';

const browser = useBrowser();

test('an editor amends a licence by another zone’s clock, asks who may watch, and revokes it', async () => {
  const { title } = await newEpisode('Moving windows');
  const { page, expectClean } = await visit(browser(), { as: 'editor' });
  await page.goto(`/admin/titles/${title.id}/rights`);
  const licences = page.getByRole('region', { name: 'Licences', exact: true });
  await licences.getByText('The whole world', { exact: true }).first().waitFor();

  await licences.getByRole('button', { name: /^Amend.*The whole world/ }).click();
  await licences.getByText('Only some countries').click();
  await licences
    .getByRole('button', { name: /East Asia/ })
    .last()
    .click();
  await licences.getByLabel('Time zone of these times').selectOption('Asia/Tokyo');
  await licences.getByLabel('From', { exact: true }).fill('2031-04-02T00:00');
  await licences.getByText('2031-04-01 15:00 UTC').waitFor();
  await licences.getByLabel('Why').fill('It was agreed anew');
  await licences.getByRole('button', { name: 'Amend licence' }).click();
  await licences.getByText('Not yet').waitFor();
  await licences.getByText('Past licences').click();
  await licences.getByText('Amended: It was agreed anew').waitFor();

  const decision = page.getByRole('region', { name: 'Who may watch?' });
  await decision.getByLabel('Country').selectOption('JP');
  await decision.getByText('May not watch: it is not published').waitFor(); // nothing is published yet
  await decision.getByText('has not begun').waitFor();
  await decision.getByLabel('As if it were published').check();
  await decision.getByText('May not watch: it is not out yet').waitFor();
  await decision.getByText('The next change is at').waitFor();

  await licences.getByRole('button', { name: /^Revoke/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('0 accounts may be watching').waitFor();
  await dialog.getByLabel('Why').fill('The contract is over');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await licences.getByText('Without a licence nobody can watch this title.').waitFor();
  await licences.getByText('Revoked: The contract is over').waitFor();
  expect(await licences.getByRole('button', { name: /^Amend/ }).count()).toBe(0);
  expectClean();
});

test('an editor sees when and where a title is licensed, and asks for two viewers at once, by keyboard', async () => {
  const { title } = await newEpisode('All the world', { licensed: false });
  const { page, expectClean } = await visit(browser(), { as: 'editor' });
  await page.goto(`/admin/titles/${title.id}/rights`);
  const licences = page.getByRole('region', { name: 'Licences', exact: true });
  await licences.getByText('Only some countries').click();
  await licences.getByLabel('Country', { exact: true }).fill('JP; Korea, Atlantis');
  await licences.getByLabel('Country', { exact: true }).press('Enter');
  await licences.getByText(/“Korea, Atlantis” is not a country/).waitFor();
  await licences.getByLabel('Country', { exact: true }).fill('');
  await licences.getByLabel('Until', { exact: true }).fill('2035-01-01T00:00');
  await licences.getByRole('button', { name: 'Add licence' }).click();
  await licences.getByText('In force').waitFor();

  const timeline = page.getByRole('region', { name: 'Timeline' });
  const bar = timeline.getByRole('link', { name: /In force · Japan/ });
  await timeline.getByRole('button', { name: '36 months' }).press('Enter');
  await bar.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/admin\/rights\/licences\/lic_/);
  await page.getByRole('region', { name: 'What amended what' }).getByText('This licence').waitFor();

  await page.goto(`/admin/rights/world?title=${title.id}&asIfPublished=yes`);
  const japan = page.getByRole('button', { name: 'JP Japan: May watch' });
  await japan.focus();
  await page.keyboard.press('ArrowRight');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-code'))).toBe('HK');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Japan' }).getByText('May watch', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Ask more, or compare' }).click();
  await page.getByRole('button', { name: 'Compare with another viewer' }).click();
  const second = page.getByRole('region', { name: 'Second viewer' });
  await second.getByLabel('Country').selectOption('FR');
  await second.getByText('May not watch: no licence covers this country').waitFor();
  await page.reload(); // the address holds the question
  await page.getByRole('region', { name: 'First viewer' }).getByText('May watch', { exact: true }).waitFor();
  await second.getByText('May not watch: no licence covers this country').waitFor();
  expectClean();
});
