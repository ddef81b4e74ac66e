import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { UploadCard } from '../../../schema/api/ingest.ts';
import { draw, refusal } from '../testing.tsx';
import type { UploadQueue } from '../uploader/queue.ts';
import { uploadsPage } from './uploads.tsx';

const title = {
  id: 'ttl_1',
  kind: 'series',
  names: { main: 'Kawa no Uta', native: '川の歌', english: null },
  synonyms: [],
  year: 2026,
  episodeList: [{ id: 'ep_1', season: 1, number: 1, absoluteNumber: null, kind: 'story', latestJobId: null }],
} as unknown as AdminTitleDetail;
const open: UploadCard = {
  id: 'upl_1',
  episodeId: 'ep_1',
  fileName: '[Kaze] Kawa no Uta - 01.mkv',
  bytes: 4,
  fingerprint: 'print of 0001',
  state: 'open',
  publishWhenReady: true,
  track: null,
  after: null,
  partBytes: 1,
  parts: 4,
  receivedParts: 3,
  checksum: null,
  assetId: null,
  jobId: null,
  createdAt: 0,
  expiresAt: 86_400_000,
  titleId: 'ttl_1',
  titleName: 'Kawa no Uta',
  season: 1,
  episode: 1,
};

type Added = Parameters<UploadQueue['add']>;
let added: Added[];
let page: Awaited<ReturnType<typeof draw>>;
let openNow: UploadCard[];
const file = (name: string, text = 'film') => new File([text], name, { lastModified: 1 });

beforeEach(async () => {
  added = [];
  openNow = [];
  const Page = await uploadsPage('en');
  const answers = {
    'GET /api/uploads': () => ({ items: openNow, next: null }),
    'GET /api/admin/titles': () => ({ items: [title], next: null }),
    'GET /api/admin/titles/ttl_1': () => title,
    'PUT /api/admin/titles/ttl_1/seasons/1/episodes/2': () => ({
      ...title.episodeList[0],
      id: 'ep_2',
      number: 2,
    }),
    'DELETE /api/uploads/upl_1': () => refusal('conflict', { detail: 'This upload is complete.' }),
  };
  const show = () =>
    draw(<Page />, answers, {
      add: (...given) => {
        added.push(given);
        return `key ${added.length}`;
      },
      fingerprint: async (chosen) => `print of ${(await chosen.text()).replace('film', '0001')}`,
    });
  page = await show();
});
afterEach(() => page.leave());

async function choose(...files: File[]) {
  const input = page.place.querySelector<HTMLInputElement>('.drop input[type=file]')!;
  Object.defineProperty(input, 'files', { value: files, configurable: true });
  input.dispatchEvent(new Event('change', { bubbles: true }));
}
const labelled = (label: string) => page.place.querySelector<HTMLInputElement>(`[aria-label="${label}"]`)!;

it('files are understood, the missing episode is made, and side-cars go after their video', async () => {
  await choose(
    file('[Kaze] Kawa no Uta - 02.en.ass', 'signs'),
    file('[Kaze] Kawa no Uta - 02 [1080p].mkv'),
    file('[Kaze] Kawa no Uta - NCOP.mkv', 'opening'),
  );
  await page.shows('Upload 2 files');
  await page.shows('The episode is made');
  await page.shows('Not an episode');
  page.button('Upload 2 files')!.click();
  await vi.waitFor(() => expect(added).toHaveLength(2));
  expect(page.changes()).toEqual([{ call: 'PUT /api/admin/titles/ttl_1/seasons/1/episodes/2', json: {} }]);
  const [video, subtitles] = added as [Added, Added];
  expect(video[0].name).toContain('02 [1080p]');
  expect(video.slice(1)).toEqual([
    { episodeId: 'ep_2', titleId: 'ttl_1', label: expect.stringContaining('Kawa no Uta') },
    { publishWhenReady: false },
    null,
  ]);
  expect(subtitles[2].track).toMatchObject({ kind: 'subtitles', language: 'en', role: 'full' });
  expect(subtitles[3]).toBe('key 1');
});

it('what is unclear keeps all of it back, until it is said or left out', async () => {
  await choose(file('[Kaze] Kawa no Uta - 01.mkv'), file('[Kaze] Kawa no Uta - 01v2.mkv', 'better'));
  await page.shows('Two videos for one episode');
  expect(page.button('Upload 2 files')!.hasAttribute('disabled')).toBe(true);
  page.type(labelled('Episode of [Kaze] Kawa no Uta - 01v2.mkv'), '2');
  await vi.waitFor(() => expect(page.button('Upload 2 files')!.hasAttribute('disabled')).toBe(false));
  page.type(labelled('Episode of [Kaze] Kawa no Uta - 01v2.mkv'), 'x');
  await page.shows('1 file needs a word from you');
  page.button('Leave those out')!.click();
  await page.shows('Upload 1 file');
});

it('knows a file again that was begun elsewhere, whatever it is called now', async () => {
  openNow = [open];
  await choose(file('renamed.mkv'));
  await page.shows('Goes on with what is there');
  page.button('Upload 1 file')!.click();
  await vi.waitFor(() => expect(added).toHaveLength(1));
  expect(added[0]!.slice(1, 3)).toMatchObject([{ episodeId: 'ep_1' }, { publishWhenReady: true }]);
});

it('a dropped folder is walked through to its end', async () => {
  const entry = (name: string, fullPath: string) => ({
    isFile: true,
    isDirectory: false,
    fullPath,
    file: (give: (file: File) => void) => give(file(name)),
  });
  const lots = [[entry('01.mkv', '/Kawa no Uta/01.mkv')], [entry('02.mkv', '/Kawa no Uta/02.mkv')], []];
  const folder = {
    isFile: false,
    isDirectory: true,
    createReader: () => ({ readEntries: (give: (some: unknown[]) => void) => give(lots.shift()!) }),
  };
  const drop = Object.assign(new Event('drop', { bubbles: true, cancelable: true }), {
    dataTransfer: { items: [{ webkitGetAsEntry: () => folder }], files: [] },
  });
  page.place.querySelector('.drop')!.dispatchEvent(drop);
  await page.shows('Upload 2 files');
  expect(drop.defaultPrevented).toBe(true);
});
