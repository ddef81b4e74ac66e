import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TitleForMe } from '../../../schema/api/library.ts';
import type { PlayerOptions } from '../../player/player.ts';
import { episodeCard, titleCard } from '../../testing/catalog.ts';
import { here, somebody } from '../../testing/here.ts';
import { HereContext } from '../../visit.ts';
import Watch, { type WatchData } from './watch.tsx';

const episodes = [1, 2].map((number) => episodeCard({ id: `ep_${number}`, number, name: `Part ${number}` }));
const [first, second] = episodes as [(typeof episodes)[0], (typeof episodes)[0]];
const title = titleCard();
const data = (given: Partial<WatchData> = {}): WatchData => ({
  episode: first,
  title,
  previous: null,
  next: second,
  seasons: [{ number: 1, name: null, episodes }],
  ...given,
});

const mounted: PlayerOptions[] = [];
const shown: string[] = [];
vi.mock('../../player/start.ts', () => ({ beginPlay: () => Promise.resolve(null) }));
vi.mock('../../player/start-by-itself.ts', () => ({ playsByItself: () => Promise.resolve(true) }));
vi.mock('../../player/player.ts', () => ({
  mountPlayer: (_: HTMLElement, options: PlayerOptions) => {
    mounted.push(options);
    return Promise.resolve({ show: ({ id }: { id: string }) => shown.push(id), leave: () => undefined });
  },
}));

let isOnline: boolean;
let asked: string[];
beforeEach(() => {
  mounted.length = shown.length = 0;
  asked = [];
  isOnline = true;
  const forMe: TitleForMe = {
    entry: null,
    next: null,
    progress: [
      { episodeId: 'ep_1', position: 1430, duration: 1430, completed: true, at: 1 },
      { episodeId: 'ep_2', position: 286, duration: 1430, completed: false, at: 1 },
    ],
  };
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    if (!isOnline) throw new TypeError('no network');
    if (path.startsWith('/api/me/titles/')) return Response.json(forMe);
    return Response.json({ episode: second, title, previous: first, next: null });
  });
});
afterEach(() => {
  render(null, document.body);
  vi.unstubAllGlobals();
});
const open = async (given: Partial<WatchData> = {}) => {
  const as = here({ me: somebody(), path: '/watch/ep_1' });
  render(
    <HereContext.Provider value={as}>
      <Watch data={data(given)} />
    </HereContext.Provider>,
    document.body,
  );
  await vi.waitFor(() => expect(mounted).toHaveLength(1));
};
const heading = () => document.querySelector('h1')?.textContent;

it('goes on to another episode in place, once, with its name and its place in the list', async () => {
  await open();
  expect(mounted[0]!.episode).toMatchObject({ id: 'ep_1', next: { id: 'ep_2', name: 'Part 2' } });
  mounted[0]!.onEpisode('ep_2');
  mounted[0]!.onEpisode('ep_2');
  await vi.waitFor(() => expect(heading()).toBe('Part 2'));
  await vi.waitFor(() => expect(shown.at(-1)).toBe('ep_2'));
  expect(asked.filter((path) => path === '/api/episodes/ep_2')).toHaveLength(1);
  expect(location.pathname).toBe('/watch/ep_2');
  expect(document.title).toContain('Part 2');
  expect(document.querySelector('[aria-current=page]')?.getAttribute('href')).toBe('/watch/ep_2');
  expect(mounted).toHaveLength(1); // the same player
});

it('comes back from a choice of language to the episode that it went on to', async () => {
  await open();
  const around = document.createElement('footer');
  around.innerHTML =
    '<form><input name="next" value="/watch/ep_1"></form><a href="/profiles?next=%2Fwatch%2Fep_1">Who</a>';
  document.body.append(around);
  mounted[0]!.onEpisode('ep_2');
  await vi.waitFor(() => expect(heading()).toBe('Part 2'));
  expect(around.querySelector('input')!.value).toBe('/watch/ep_2');
  expect(around.querySelector('a')!.getAttribute('href')).toBe('/profiles?next=%2Fwatch%2Fep_2');
  around.remove();
});

it('says that there is advertising, and the way without it', async () => {
  await open();
  const { onAds } = mounted[0]!;
  onAds!({ text: 'With advertising.', way: 'Plans without it' });
  const link = await vi.waitFor(() => {
    const found = document.querySelector('.watch__ads a');
    expect(found).not.toBeNull();
    return found!;
  });
  expect([link.textContent, link.getAttribute('href')]).toEqual(['Plans without it', '/plans']);
  onAds!(null); // the next episode has none
  await vi.waitFor(() => expect(document.querySelector('.watch__ads')).toBeNull());
});

it('waits for the network with that', async () => {
  await open();
  isOnline = false;
  mounted[0]!.onEpisode('ep_2');
  await vi.waitFor(() => expect(asked).toContain('/api/episodes/ep_2'));
  expect(heading()).toBe('Part 1');
  isOnline = true;
  await vi.waitFor(() => expect(heading()).toBe('Part 2'), { timeout: 5_000 });
});

it('says what was watched, and how far', async () => {
  await open();
  await vi.waitFor(() => expect(document.querySelector('.watch__more .tag')?.textContent).toBe('Watched'));
  expect(document.querySelector('meter')?.getAttribute('aria-label')).toBe('20% watched');
});

it('an episode whose pictures may harm waits for its viewer', async () => {
  const flashing = data({ episode: { ...first, flashing: true } });
  render(
    <HereContext.Provider value={here({ me: somebody() })}>
      <Watch data={flashing} />
    </HereContext.Provider>,
    document.body,
  );
  const begin = await vi.waitFor(() => {
    const button = document.querySelector<HTMLButtonElement>('.player__begin');
    expect(button).not.toBeNull();
    return button!;
  });
  expect(mounted).toHaveLength(0);
  begin.click();
  await vi.waitFor(() => expect(mounted).toHaveLength(1));
});
