import { render } from 'preact';
import { beforeEach, expect, it } from 'vitest';
import { titleCard } from '../../testing/catalog.ts';
import { here } from '../../testing/here.ts';
import { HereContext } from '../../visit.ts';
import Browse, { type BrowseData } from './browse.tsx';
import { changed, filterOf, listAddress } from './filter.ts';
import { head } from './head.ts';

const facet = (...values: [string, number][]) =>
  values.map(([value, count]) => ({ value, label: value, count }));
const data = (given: Partial<BrowseData> = {}): BrowseData => ({
  filter: {},
  sort: 'trending',
  further: false,
  items: [titleCard()],
  next: null,
  facets: {
    genre: facet(['Drama', 3], ['Comedy', 1]),
    tag: [],
    studio: facet(['Sora', 4]),
    kind: facet(['series', 2], ['movie', 2]),
    status: [],
    year: facet(['2026', 4], ['2025', 1]),
    rating: [],
    audio: facet(['ja', 4], ['en', 2]),
    subtitle: [],
  },
  ...given,
});
const show = (given: Partial<BrowseData> = {}) =>
  render(
    <HereContext.Provider value={here()}>
      <Browse data={data(given)} />
    </HereContext.Provider>,
    document.body,
  );
beforeEach(() => render(null, document.body));
const links = (selector: string) =>
  [...document.querySelectorAll<HTMLAnchorElement>(selector)].map((a) => [
    a.textContent,
    a.getAttribute('href'),
  ]);

it('offers each choice with how many titles it leaves, as a link', () => {
  show();
  expect(links('.facet a')).toContainEqual(['Drama3', '/browse?genre=Drama']);
  expect(links('.facet a')).toContainEqual(['Japanese4', '/browse?audio=ja']);
  expect(document.body.textContent).not.toContain('Studio'); // one value is no choice
});

it('shows what is chosen, with a way back from each', () => {
  show({ filter: { genre: 'Drama', year: '2026', cour: 'spring' }, sort: 'name' });
  expect(links('.chip')).toEqual([
    ['Drama', '/browse?sort=name&year=2026&cour=spring'],
    ['2026', '/browse?sort=name&genre=Drama'], // a cour without its year says nothing
    ['Spring', '/browse?sort=name&genre=Drama&year=2026'],
    ['Clear all filters', '/browse?sort=name'],
  ]);
  expect(document.querySelector('.sorts [aria-current]')?.textContent).toBe('Name');
});

it('leads on to the next part, and says what to do where there is nothing', () => {
  show({ next: 'abc', filter: { kind: 'movie' } });
  expect(document.querySelector('a[data-more]')?.getAttribute('href')).toBe('/browse?cursor=abc&kind=movie');
  show({ items: [], filter: { kind: 'movie' } });
  expect(document.querySelector('.empty a')?.getAttribute('href')).toBe('/browse');
});

it('has one address for one list, and reads it back', () => {
  const filter = { year: '2026', genre: 'Slice of Life' };
  const address = listAddress('browse', filter);
  expect(address).toBe('/browse?genre=Slice+of+Life&year=2026');
  expect(filterOf(Object.fromEntries(new URL(address, 'https://x').searchParams))).toEqual(filter);
  expect(filterOf({ genre: '', utm: '1' })).toEqual({});
  expect(changed({ year: '2026', cour: 'spring' }, 'year', '2025')).toEqual({ year: '2025' });
});

it('gives search engines lists by one filter, and no combinations', () => {
  expect(head(data({ filter: { genre: 'Drama' } }), here()).canonical).toBe('/browse?genre=Drama');
  expect(head(data({ filter: { genre: 'Drama', year: '2026' } }), here()).canonical).toBeUndefined();
  expect(head(data({ sort: 'name' }), here()).canonical).toBeUndefined();
  expect(head(data({ further: true }), here()).canonical).toBeUndefined();
});
