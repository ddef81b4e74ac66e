import { randomBytes } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { AdminTitle, AdminTitleDetail } from '../schema/api/editing.ts';
import { UploadPage } from '../schema/api/ingest.ts';
import { EpisodeMedia } from '../schema/api/media.ts';
import { ask } from '../ops/api.ts';
import { origins, useBrowser, visit } from './browser.ts';
import { makeShort } from './films.ts';
import { useFolder } from './folder.ts';
import { faults } from './judged.ts';
import { editor, until } from './system.ts';

const browser = useBrowser();
const folder = useFolder();
const MIB = 2 ** 20;

/** A film that plays, and is as long as an upload has to be to be interrupted: what follows the last box is free space (ISO 14496-12, §8.1.2). */
async function heavy(path: string, seconds: number, bytes: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await makeShort(path, { seconds });
  const file = await open(path, 'a');
  try {
    const free = Buffer.alloc(8);
    free.writeUInt32BE(bytes);
    free.write('free', 4, 'latin1');
    await file.appendFile(free);
    for (let left = bytes - 8; left > 0; left -= MIB) await file.appendFile(randomBytes(Math.min(MIB, left)));
  } finally {
    await file.close();
  }
}

const openUploads = async () => (await ask(editor, 'GET', '/api/uploads', UploadPage)).items;
/** Parts that a browser puts, by upload and number. */
function watchParts(page: Page): string[] {
  const put: string[] = [];
  page.on('requestfinished', (request) => {
    const { origin, pathname, searchParams } = new URL(request.url());
    if (request.method() === 'PUT' && origin === origins.store)
      put.push(`${pathname} ${searchParams.get('partNumber')}`);
  });
  return put;
}

test('a season dropped as a folder is understood, interrupted, and finished on another machine', async () => {
  const name = 'Kawa no Uta';
  const title = await ask(editor, 'POST', '/api/admin/titles', AdminTitle, {
    json: { names: { main: name } },
  });
  const season = folder('[Kaze] Kawa no Uta S2 [WEB 1080p]');
  await heavy(`${season}/[Kaze] Kawa no Uta - 01v2 (1080p) [ABCD1234].mp4`, 3, 60 * MIB);
  await heavy(`${season}/[Kaze] Kawa no Uta - 02 (1080p) [0123ABCD].mp4`, 4, 60 * MIB);
  await writeFile(
    `${season}/[Kaze] Kawa no Uta - 01 (1080p).en.signs.srt`,
    '1\n00:00:00,500 --> 00:00:02,000\nRiver\n',
  );
  await writeFile(`${season}/[Kaze] Kawa no Uta - NCOP1.mp4`, 'an opening');

  const first = await visit(browser(), { as: 'editor' });
  const sent = watchParts(first.page);
  await first.page.goto('/admin/uploads');
  await first.page.getByLabel('Choose a folder').setInputFiles(season);
  const row = (page: Page, file: string) => page.getByRole('row', { name: file });
  await row(first.page, 'Kawa no Uta - 02').waitFor();
  const table = first.page.getByRole('table', { name: name });
  await table.waitFor();
  expect(await first.page.getByLabel(/^Season of .*01v2/).inputValue()).toBe('2');
  expect(await first.page.getByLabel(/^Episode of .*01v2/).inputValue()).toBe('1');
  expect(await first.page.getByLabel(/^What .*NCOP1.mp4 is$/).inputValue()).toBe('skip');
  expect(await first.page.getByLabel(/^Purpose of .*signs.srt/).inputValue()).toBe('signs');
  await row(first.page, 'en.signs.srt').getByText('Joins its video once that is ready').waitFor();
  expect(await faults(first.page, 'What goes where')).toEqual([]);
  await first.page.getByRole('button', { name: 'Upload 3 files' }).click();

  // All three are known to the API at once; the tab is closed when some of the first has arrived.
  const begun = await until('three open uploads with some parts', async () => {
    const items = await openUploads();
    return items.length === 3 && items.some(({ receivedParts }) => receivedParts >= 2) && items;
  });
  expect(begun.find(({ track }) => track)).toMatchObject({
    track: { kind: 'subtitles', language: 'en', role: 'signs' },
    after: begun.find(({ fileName }) => fileName.includes('01v2'))!.id,
  });
  await first.context.close();
  const left = await openUploads();
  expect(left.some(({ receivedParts, parts }) => receivedParts > 0 && receivedParts < parts)).toBe(true);

  const second = await visit(browser(), { as: 'editor' });
  const again = watchParts(second.page);
  await second.page.goto('/admin/uploads');
  await second.page.getByRole('heading', { name: 'Begun, and not here' }).waitFor();
  await second.page.getByLabel('Choose a folder').setInputFiles(season);
  await row(second.page, '01v2').getByText('Goes on with what is there').waitFor();
  await second.page.getByRole('button', { name: 'Upload 3 files' }).click();
  await until(
    'both videos to be there',
    async () => {
      const items = await openUploads();
      return items.length === 0;
    },
    180_000,
  );
  expect(
    await second.page.getByText('Open the job').or(second.page.getByText('See its job')).count(),
  ).toBeGreaterThan(0);
  expect(new Set(again).size).toBe(again.length);
  expect(again.filter((part) => sent.includes(part))).toEqual([]); // none that had arrived was sent again
  // Fewer than the ledger missed: what arrived as the tab was closed was in the store all the same.
  const missing = left.reduce((sum, { parts, receivedParts }) => sum + parts - receivedParts, 0);
  expect(again.length).toBeLessThanOrEqual(missing);

  // The side-car joins its video by itself.
  const { episodeList } = await ask(editor, 'GET', `/api/admin/titles/${title.id}`, AdminTitleDetail);
  expect(episodeList.map(({ season, number }) => [season, number])).toEqual([
    [2, 1],
    [2, 2],
  ]);
  await until(
    'the side-car in its video',
    async () => {
      const path = `/api/admin/episodes/${episodeList[0]!.id}/media`;
      const { assets } = await ask(editor, 'GET', path, EpisodeMedia);
      return assets[0]?.subtitles.some(({ language, role }) => language === 'en' && role === 'signs');
    },
    150_000,
  );
  second.expectClean(origins.store);
}, 300_000);
