import { afterEach, expect, it, vi } from 'vitest';
import { draw, refusal } from '../../testing.tsx';
import { asset } from '../jobs.fixture.ts';
import { saying } from '../words.ts';
import { StoragePage as Unspoken } from './storage.tsx';

const StoragePage = await saying(Unspoken)('en');
const place = { titleId: 'ttl_1', titleName: 'Kaze', episodeId: 'ep_1', season: 1, episode: 3 };
const version = { ...place, id: 'ast_1', version: 1, shownVersion: 2, bytes: 400_000_000, createdAt: 1_000 };
const source = {
  ...place,
  id: 'sources/upl_1/source',
  fileName: 'kaze 03.mkv',
  bytes: 4_500_000_000,
  createdAt: 1_000,
  assetId: 'ast_1',
};
let shown: Awaited<ReturnType<typeof draw>>;
afterEach(() => shown.leave());
async function page(view: string, answers: Record<string, () => unknown> = {}) {
  shown = await draw(<StoragePage address={new URL(`http://localhost/admin/storage?view=${view}`)} />, {
    'GET /api/admin/storage': () => ({ all: asset.stored }),
    'GET /api/admin/storage/titles': () => ({
      items: [{ id: 'ttl_1', name: 'Kaze', stored: asset.stored }],
      next: null,
    }),
    'GET /api/admin/storage/versions': () => ({ items: [version], next: null }),
    'GET /api/admin/storage/sources': () => ({ items: [source], next: null }),
    ...answers,
  });
  await shown.shows('Kaze');
  return shown;
}
const answer = async (word: 'yes' | 'no') => {
  const dialog = await vi.waitFor(() => {
    const open = shown.place.querySelector('dialog');
    if (!open?.open) throw new Error('no dialog is open');
    return open;
  });
  const text = dialog.textContent;
  dialog.close(word);
  return text;
};

it('says what is stored, by kind and by title', async () => {
  const { place } = await page('titles');
  expect(place.querySelector('.stored')?.textContent).toContain('4.9 GB');
  expect(place.querySelector('.stored__kinds')?.textContent).toContain('Sources: 4.5 GB, 92%');
  expect(place.querySelector('tbody tr')?.textContent).toBe('Kaze4.5 GB360 MB30 MB1 MB9 MB4.9 GB');
});

it('an old version goes only once somebody said so, who was told that nothing brings it back', async () => {
  const { button, changes, shows } = await page('versions', {
    'DELETE /api/admin/assets/ast_1': () => ({ bytes: 400_000_000 }),
  });
  button('Delete')!.click();
  expect(await answer('no')).toContain('This cannot be undone.');
  expect(changes()).toEqual([]);
  button('Delete')!.click();
  await answer('yes');
  await shows('400 MB will be free in a minute or two.');
  expect(changes().map(({ call }) => call)).toEqual(['DELETE /api/admin/assets/ast_1']);
});

it('a refusal says why', async () => {
  const { button, shows } = await page('sources', {
    'DELETE /api/admin/assets/ast_1/source': () =>
      refusal('conflict', { detail: 'Job job_1 works on it. Wait for it to end, or cancel it.' }),
  });
  button('Delete')!.click();
  expect(await answer('yes')).toContain('kaze 03.mkv');
  await shows('Job job_1 works on it.');
});
