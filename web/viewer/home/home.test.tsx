import { render } from 'preact';
import { beforeEach, expect, it } from 'vitest';
import { episodeCard, titleCard } from '../../testing/catalog.ts';
import { here, somebody } from '../../testing/here.ts';
import { HereContext, type Visit } from '../../visit.ts';
import Home, { type HomeData } from './home.tsx';
import { byGenre, featured } from './shelves.ts';

const show = (given: Partial<HomeData>, visit?: Partial<Visit>) => {
  const data = { recent: [], titles: [], trending: [], today: [], continuing: [], ...given };
  render(
    <HereContext.Provider value={here(visit)}>
      <Home data={data} />
    </HereContext.Provider>,
    document.body,
  );
};
beforeEach(() => render(null, document.body));

it('opens with the newest episode, and a way to watch it', () => {
  show({ recent: [{ episode: episodeCard(), title: titleCard() }], titles: [titleCard()] });
  expect(document.querySelector('h1')?.textContent).toBe('Kaze no Iro');
  expect(document.querySelector('.stage__native')?.getAttribute('lang')).toBe('ja');
  expect(document.querySelector('.stage a.button--primary')?.getAttribute('href')).toBe('/watch/ep_0test');
});

it('says that episodes are being prepared where none can be played', () => {
  show({ recent: [], titles: [titleCard({ episodes: 0 })] });
  expect(document.querySelector('[role=status]')?.textContent).toContain('being prepared');
  expect(document.querySelector('.stage a.button--primary')).toBeNull();
  expect(document.querySelector('.card__coming')?.textContent).toBe('In preparation');
});

it('says what to do next where there is nothing at all: to those who can', () => {
  show({ recent: [], titles: [] });
  expect(document.querySelector('h1')?.textContent).toBe('Nothing to watch yet');
  expect(document.querySelector('a[href="/admin"]')).toBeNull();
  show({ recent: [], titles: [] }, { me: somebody('editor') });
  expect(document.querySelector('a[href="/admin"]')).not.toBeNull();
});

it('gives its rows names and real lists', () => {
  show({ recent: [], titles: [titleCard(), titleCard({ id: 'ttl_1test', slug: 'b' })] });
  const row = document.querySelector('.row')!;
  expect(document.getElementById(row.getAttribute('aria-labelledby')!)?.textContent).toBe(
    'Fresh in the catalogue',
  );
  expect(row.querySelectorAll('ul > li > a')).toHaveLength(2);
});

it('features what plays before what has a picture before anything else', () => {
  const image = { src: '/images/a.jpg', width: 16, height: 9, thumbhash: null };
  const [plain, drawn] = [titleCard(), titleCard({ id: 'ttl_1test', backdrop: image })];
  expect(featured({ recent: [], titles: [] })).toBeNull();
  expect(featured({ recent: [], titles: [plain] })?.title).toBe(plain);
  expect(featured({ recent: [], titles: [plain, drawn] })?.title).toBe(drawn);
  expect(featured({ recent: [{ title: plain, episode: episodeCard() }], titles: [drawn] })?.title).toBe(
    plain,
  );
});

it('gives a genre a shelf when it has company, the fullest first', () => {
  const of = (...genres: string[]) => titleCard({ genres });
  const shelves = byGenre([
    of('Drama', 'Food'),
    of('Drama', 'Music'),
    of('Drama', 'Music', 'Music'),
    of('Music'),
  ]);
  expect(shelves.map(({ genre, titles }) => [genre, titles.length])).toEqual([
    ['Drama', 3],
    ['Music', 3],
  ]);
});
