import { expect, test } from 'vitest';
import { useBrowser, visit } from './browser.ts';
import { newEpisode } from './system.ts';

const browser = useBrowser();

test('an editor amends a licence by another zone’s clock, asks who may watch, and revokes it', async () => {
  const { title } = await newEpisode('Moving windows');
  const { page, expectClean } = await visit(browser(), { as: 'editor' });
  await page.goto(`/admin/titles/${title.id}/rights`);
  const licences = page.getByRole('region', { name: 'Licences' });
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
  await decision.getByRole('button', { name: 'Ask' }).click();
  await decision.getByText('May not watch: it is not published').waitFor(); // nothing is published yet
  await decision.getByText('has not begun').waitFor();

  await licences.getByRole('button', { name: /^Revoke/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('The contract is over');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await licences.getByText('Without a licence nobody can watch this title.').waitFor();
  await licences.getByText('Revoked: The contract is over').waitFor();
  expect(await licences.getByRole('button', { name: /^Amend/ }).count()).toBe(0);
  expectClean();
});
