import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import { draw } from '../testing.tsx';
import { aTitle } from './example.ts';
import { filterOf, withFilter } from './title-filter.ts';
import { TitlesPage } from './titles.tsx';
import { saying } from './words.ts';

const Page = await saying(TitlesPage)('en');
const LIST = 'GET /api/admin/titles';
const named = (id: AdminTitle['id'], main: string, more: Partial<AdminTitle> = {}) =>
  aTitle({ id, names: { main, native: null, english: null, local: null }, ...more });
const items = [named('ttl_1', 'Kaze', { draft: true }), named('ttl_2', 'Mori')];
const at = (query: string) => new URL(`http://localhost/admin/titles${query}`);
let shown: Awaited<ReturnType<typeof draw>>;
beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => shown?.leave());

it('the filter is in the address, and only what is known of it', () => {
  const given = filterOf(new URLSearchParams('q= kaze &state=draft&without=poster&more=x'));
  expect(given).toEqual({ q: 'kaze', state: 'draft', without: 'poster' });
  expect(withFilter('/admin/titles', given)).toBe('/admin/titles?q=kaze&state=draft&without=poster');
  expect(filterOf(new URLSearchParams('state=gone'))).toEqual({});
  expect(withFilter('/admin/titles', { q: undefined })).toBe('/admin/titles');
});

it('says of each title who sees it, by word', async () => {
  shown = await draw(<Page address={at('')} />, { [LIST]: () => ({ items, next: null }) });
  await shown.shows('Mori');
  const rows = [...shown.place.querySelectorAll('tbody tr')].map((row) => row.textContent);
  expect(rows[0]).toContain('Draft');
  expect(rows[1]).toContain('Published');
});

it('changes what is chosen together, and says of each why it was not changed', async () => {
  shown = await draw(<Page address={at('')} />, {
    [LIST]: () => ({ items, next: null }),
    'POST /api/admin/titles/bulk': () => ({
      items: [
        { id: 'ttl_1', fate: 'changed', because: null },
        { id: 'ttl_2', fate: 'refused', because: 'It was taken down.' },
      ],
    }),
  });
  await shown.shows('Mori');
  shown.place.querySelector<HTMLElement>('thead input')!.click();
  await shown.shows('2 selected');
  shown.button('Genres and tags …')!.click();
  await shown.shows('Add genres');
  const [add] = shown.place.querySelectorAll<HTMLInputElement>('.chosen__form input');
  shown.type(add!, 'drama, 日常、mystery');
  await new Promise((drawn) => setTimeout(drawn));
  add!.form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await shown.shows('1 was changed.');
  await shown.shows('Mori: It was taken down.');
  expect(shown.changes()).toEqual([
    {
      call: 'POST /api/admin/titles/bulk',
      json: { ids: ['ttl_1', 'ttl_2'], addGenres: ['drama', '日常', 'mystery'] },
    },
  ]);
});

it('a filter that nothing fits leads back to all', async () => {
  shown = await draw(<Page address={at('?without=poster')} />, { [LIST]: () => ({ items: [], next: null }) });
  await shown.shows('Nothing fits this filter');
  expect(shown.button('Show all')!.getAttribute('href')).toBe('/admin/titles');
});
