import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { draw } from '../testing.tsx';
import { Commands } from './commands.tsx';

let page: Awaited<ReturnType<typeof draw>>;
const before = location.href;
beforeEach(() => localStorage.clear());
afterEach(() => {
  page.leave();
  history.replaceState(null, '', before);
});
const press = (key: string, over: KeyboardEventInit = {}) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...over }),
  );
const listed = () =>
  [...page.place.querySelectorAll('.palette__list button > :nth-child(2)')].map((one) => one.textContent);
const title = {
  id: 'ttl_1',
  names: { main: 'Kaze no Denrei', native: '風の伝令', english: null },
  year: 2026,
};
const open = async () => {
  page = await draw(<Commands />, {
    'GET /api/admin/titles': () => ({ items: [title], next: null }),
    'GET /api/admin/jobs': () => ({ items: [], next: null }),
  });
  await vi.waitFor(() => {
    press('k', { ctrlKey: true });
    if (!page.place.querySelector('dialog[open]')) throw new Error('no palette');
  });
};

it('leads to rooms of the role, by a few letters and Enter', async () => {
  await open();
  expect(listed()).toContain('Titles');
  expect(listed()).not.toContain('People'); // an editor has no work there
  const field = page.place.querySelector<HTMLInputElement>('.palette__field')!;
  page.type(field, 'jo');
  await vi.waitFor(() => expect(listed()).toEqual(['Jobs']));
  field.form!.requestSubmit();
  await vi.waitFor(() => expect(location.pathname).toBe('/admin/jobs'));
  expect(page.place.querySelector('dialog')).toBeNull();
});

it('finds titles by the API, and goes down the list by arrows', async () => {
  await open();
  const field = page.place.querySelector<HTMLInputElement>('.palette__field')!;
  page.type(field, 'kaze');
  await page.shows('風の伝令 · 2026');
  field.focus();
  press('ArrowDown');
  expect(document.activeElement?.textContent).toContain('Kaze no Denrei');
  press('ArrowDown'); // around
  expect(document.activeElement).toBe(field);
  page.place.querySelector<HTMLElement>('.palette__list button')!.click();
  await vi.waitFor(() => expect(location.pathname).toBe('/admin/titles/ttl_1'));
});

it('lists its keys, and switches those without Ctrl off', async () => {
  page = await draw(<Commands />, {});
  await vi.waitFor(() => {
    press('?', { shiftKey: true });
    if (!page.place.querySelector('dialog[open]')) throw new Error('no list of keys');
  });
  await page.shows('To Titles');
  page.place.querySelector<HTMLInputElement>('[type="checkbox"]')!.click();
  await vi.waitFor(() => expect(page.place.textContent).not.toContain('To Titles'));
  page.place.querySelector('dialog')!.close();
  await vi.waitFor(() => expect(page.place.querySelector('dialog')).toBeNull());
  press('g');
  press('j');
  expect(location.href).toBe(before);
});
