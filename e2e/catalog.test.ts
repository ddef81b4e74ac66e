import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { AdminTitle, AdminTitleDetail } from '../schema/api/editing.ts';
import { ask } from '../ops/api.ts';
import { useBrowser, visit } from './browser.ts';
import { useFolder } from './folder.ts';
import { judged } from './judged.ts';
import { editor } from './system.ts';

const browser = useBrowser();
const folder = useFolder();

const newTitle = (name: string, more: object = {}) =>
  ask(editor, 'POST', '/api/admin/titles', AdminTitle, { json: { names: { main: name }, ...more } });
const read = ({ id }: AdminTitle) => ask(editor, 'GET', `/api/admin/titles/${id}`, AdminTitleDetail);
const saveButton = (page: Page) => page.getByRole('button', { name: 'Save changes' });
const expectNoFindings = async (page: Page) => expect((await judged(page)).violations).toEqual([]);

test('two editors at one title: what both changed is asked about, the rest is merged, nothing is lost', async () => {
  const title = await newTitle('Two at one desk', { year: 2026 });
  const [mine, theirs] = await Promise.all([
    visit(browser(), { as: 'editor', refusals: [412] }),
    visit(browser(), { as: 'editor' }),
  ]);
  for (const { page } of [mine, theirs]) await page.goto(`/admin/titles/${title.id}`);

  await mine.page.getByLabel('Year', { exact: true }).fill('2028');
  await mine.page.getByLabel('English name').fill('Two at a Desk');
  await theirs.page.getByLabel('Year', { exact: true }).fill('2027');
  await theirs.page.getByLabel('Genres').fill('comedy');
  await saveButton(theirs.page).click();
  await theirs.page.getByText('The changes are saved.', { exact: true }).waitFor();

  await saveButton(mine.page).click();
  const question = mine.page.getByRole('group', { name: 'Year' });
  await question.getByText('2027').waitFor();
  await expectNoFindings(mine.page);
  expect(await mine.page.getByLabel('Genres').inputValue()).toBe('comedy');
  // A reload in the middle of it loses nothing either.
  await mine.page.reload();
  await question.getByLabel(/^Yours/).check();
  await saveButton(mine.page).click();
  await mine.page.getByText('The changes are saved.', { exact: true }).waitFor();
  const { year, genres, names } = await read(title);
  expect({ year, genres, english: names.english }).toEqual({
    year: 2028,
    genres: ['comedy'],
    english: 'Two at a Desk',
  });
  mine.expectClean();
  theirs.expectClean();
});

test('a season comes from a file: what each row would do, what is wrong with it, and back again', async () => {
  const title = await newTitle('From a sheet');
  const { page, expectClean } = await visit(browser(), { as: 'editor' });
  await page.goto(`/admin/titles/${title.id}/episodes`);
  const wrong = folder('wrong.csv');
  await writeFile(wrong, 'season,number,name,kind\n1,1,First,story\n1,2,Second,storie\n');
  await page.getByLabel('Choose a file').setInputFiles(wrong);
  await page.getByText('did you mean “story”?').waitFor();
  expect(await page.getByRole('button', { name: /^Import/ }).isDisabled()).toBe(true);
  await expectNoFindings(page);
  expect((await read(title)).episodeList).toEqual([]);

  await page.getByRole('button', { name: 'Cancel' }).click();
  const right = folder('right.csv');
  await writeFile(right, 'season,number,name,kind\n1,1,First,story\n1,2,Second,recap\n');
  await page.getByLabel('Choose a file').setInputFiles(right);
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByText('2 episodes were imported.', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Second', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('No episodes yet.').waitFor();
  expect((await read(title)).episodeList).toEqual([]);
  expectClean();
});

test('a picture is cut for its place by keyboard alone, and looked at before it is used', async () => {
  const title = await newTitle('A picture of it');
  const { page, expectClean } = await visit(browser(), { as: 'editor' });
  await page.goto(`/admin/titles/${title.id}/artwork`);
  const picture = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2000, height: 1500 });
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#446688';
    context.fillRect(0, 0, 2000, 1500);
    context.fillStyle = '#ddbb66';
    context.fillRect(1500, 0, 500, 1500);
    return canvas.toDataURL('image/png').split(',')[1]!;
  });
  const poster = { name: 'wide.png', mimeType: 'image/png', buffer: Buffer.from(picture, 'base64') };
  await page.getByLabel(/^Choose a picture.*Poster/).setInputFiles(poster);
  await page.getByText('1000 × 1500 pixels will be kept.').waitFor();
  await expectNoFindings(page);
  const stage = page.getByRole('button', { name: 'The part that is kept' });
  await stage.focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('+');
  await page.getByText('909 × 1364 pixels will be kept.').waitFor();
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await page.getByRole('img', { name: 'Poster of A picture of it' }).waitFor();
  const { poster: kept } = await read(title);
  expect(kept).toMatchObject({ width: 909, height: 1364, thumbhash: expect.any(String) });
  expect(kept!.src).toMatch(/\.webp$/);
  expectClean();
});
