import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { here } from '../testing/here.ts';
import { SearchBox } from '../viewer/site/search-box.tsx';
import { HereContext } from '../visit.ts';
import { behave } from './behave.ts';

const items = [
  {
    slug: 'kaze',
    names: { main: 'Kaze', native: '風', english: null, local: null },
    kind: 'series',
    year: 2026,
    poster: null,
    matched: null,
  },
  {
    slug: 'hoshi',
    names: { main: 'Hoshi', native: null, english: null, local: null },
    kind: 'movie',
    year: null,
    poster: null,
    matched: '<b>Star</b>',
  },
];
const asked: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    return Promise.resolve(Response.json({ items }));
  });
  render(
    <HereContext.Provider value={here()}>
      <SearchBox id="s" />
    </HereContext.Provider>,
    document.body,
  );
  behave(document);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  render(null, document.body);
});

const field = () => document.querySelector<HTMLInputElement>('#s')!;
const list = () => document.querySelector<HTMLUListElement>('#s-suggestions')!;
async function type(text: string, isComposing = false) {
  field().value = text;
  field().dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }));
  await vi.advanceTimersByTimeAsync(200);
}
const press = (key: string) =>
  field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

it('is a form before any script, and a combobox with it', () => {
  expect(document.querySelector('form')!.getAttribute('action')).toBe('/search');
  expect(field().getAttribute('role')).toBe('combobox');
  expect(field().getAttribute('aria-controls')).toBe('s-suggestions');
  expect(field().getAttribute('aria-expanded')).toBe('false');
});

it('asks once somebody pauses, and shows what comes as text', async () => {
  field().value = 'k';
  field().dispatchEvent(new InputEvent('input', { bubbles: true }));
  await type('ka');
  expect(asked).toEqual(['/api/search/suggest?q=ka']);
  expect(list().hidden).toBe(false);
  expect([...list().children].map((item) => item.textContent)).toEqual(['Kaze風 · 2026', 'Hoshi<b>Star</b>']);
  expect(document.querySelector('output')!.textContent).toContain('2 suggestions');
});

it('waits while a word is being composed', async () => {
  await type('か', true);
  expect(asked).toEqual([]);
  field().dispatchEvent(new CompositionEvent('compositionend'));
  await vi.advanceTimersByTimeAsync(200);
  expect(asked).toHaveLength(1);
});

it('is moved through by keys while the focus stays in the field', async () => {
  await type('ka');
  press('ArrowDown');
  expect(field().getAttribute('aria-activedescendant')).toBe('s-suggestions-0');
  expect(list().querySelector('[role=option]')!.getAttribute('aria-selected')).toBe('true');
  const gone = vi.fn<(event: Event) => void>((event) => event.preventDefault());
  list().addEventListener('click', gone);
  press('Enter');
  expect((gone.mock.calls[0]![0].target as HTMLAnchorElement).getAttribute('href')).toBe('/titles/kaze');
  press('Escape');
  expect(list().hidden).toBe(true);
  expect(field().getAttribute('aria-activedescendant')).toBeNull();
});
