import { render, type ComponentChild } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ListEntry, ListPage } from '../../../schema/api/library.ts';
import { titleCard } from '../../testing/catalog.ts';
import { here, somebody } from '../../testing/here.ts';
import { problemDocument } from '../../testing/problem.ts';
import { HereContext } from '../../visit.ts';
import ListButton from './list-button.tsx';
import List from './list.tsx';
import { chosenBy } from './query.ts';

const entry = (given: Partial<ListEntry> = {}): ListEntry => ({
  titleId: 'ttl_0test',
  state: 'watching',
  score: null,
  followed: false,
  rewatched: 0,
  notes: null,
  startedAt: null,
  finishedAt: null,
  updatedAt: 1,
  watched: 7,
  of: 12,
  ...given,
});
const item = (
  id: string,
  given: Partial<ListEntry> = {},
  name = 'Kaze no Iro',
): ListPage['items'][number] => ({
  title: titleCard({
    id: `ttl_${id}`,
    slug: id,
    names: { main: name, native: null, english: null, local: null },
  }),
  entry: entry({ titleId: `ttl_${id}`, ...given }),
});
const all = { state: null, sort: 'updated' } as const;
const within = (page: ComponentChild) =>
  render(<HereContext.Provider value={here({ me: somebody() })}>{page}</HereContext.Provider>, document.body);
const show = (items: ListPage['items'], next: string | null = null) =>
  within(<List data={{ list: { items, next }, chosen: all }} />);
const choose = (label: RegExp, value: string) => {
  const select = [...document.querySelectorAll('select')].find((one) =>
    label.test(one.getAttribute('aria-label') ?? ''),
  )!;
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
  return select;
};
const type = (field: string, value: string) => {
  const control = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(field)!;
  control.value = value;
  control.dispatchEvent(new InputEvent('input', { bubbles: true }));
};
const submit = () =>
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
const press = (label: RegExp) =>
  [...document.querySelectorAll('button')]
    .find((one) => label.test(one.getAttribute('aria-label') ?? one.textContent ?? ''))!
    .click();
const sent = (fetched: ReturnType<typeof answering>, n = 0) => {
  const [path, init] = fetched.mock.calls[n]!;
  return [init?.method, path, JSON.parse((init?.body as string | undefined) ?? 'null') as unknown];
};
const answering = (answer: () => Response) =>
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => answer());
beforeEach(() => render(null, document.body));
afterEach(() => vi.restoreAllMocks());

it('says what is in each part, as links', () => {
  show([item('0a'), item('0b', { state: 'completed' }), item('0c')]);
  const tabs = [...document.querySelectorAll('.own__states a')].map((a) => [
    a.textContent,
    a.getAttribute('href'),
  ]);
  expect(tabs[0]).toEqual(['All3', '/list']);
  expect(tabs).toContainEqual(['Watching2', '/list?state=watching']);
  expect(tabs).toContainEqual(['Dropped0', '/list?state=dropped']);
  expect(document.querySelector('.own__states [aria-current=page]')?.textContent).toBe('All3');
});

it('names no number that it does not know', () => {
  show([item('0a')], 'more');
  expect(document.querySelector('.own__count')).toBeNull();
});

it('says how far each title was watched', () => {
  show([item('0a')]);
  expect(document.querySelector('.entry progress')?.getAttribute('aria-label')).toBe(
    '7 of 12 episodes watched',
  );
  expect(document.querySelector('.entry__watched')?.textContent).toBe('7 of 12');
});

it('changes state and score where they stand', async () => {
  show([item('0a')]);
  const fetched = answering(() =>
    Response.json(entry({ titleId: 'ttl_0a', state: 'completed', watched: 12 })),
  );
  choose(/^State of/, 'completed');
  await vi.waitFor(() => expect(document.querySelector('.entry__watched')?.textContent).toBe('12 of 12'));
  expect(sent(fetched)).toEqual(['PUT', '/api/me/watchlist/ttl_0a', { state: 'completed' }]);
  choose(/^Score of/, '9');
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(2));
  expect(sent(fetched, 1)[2]).toEqual({ score: 9 });
});

it('is as it was where a change could not be kept, and says so', async () => {
  show([item('0a')]);
  answering(() => Response.json(problemDocument('internal'), { status: 500 }));
  const select = choose(/^State of/, 'dropped');
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')?.textContent).toContain('not saved'));
  expect(select.value).toBe('watching');
});

it('takes a title off, and puts it back with all that was said of it', async () => {
  show([item('0a', { notes: 'good', score: 8 }), item('0b', {}, 'Other')]);
  const fetched = answering(() => new Response(null, { status: 204 }));
  press(/^Take off the list: Kaze/);
  await vi.waitFor(() => expect(document.querySelectorAll('.entry')).toHaveLength(1));
  expect(sent(fetched).slice(0, 2)).toEqual(['DELETE', '/api/me/watchlist/ttl_0a']);
  expect(document.querySelector('.told')?.textContent).toContain('Kaze no Iro is off the list.');
  fetched.mockImplementation(async () =>
    Response.json(entry({ titleId: 'ttl_0a', notes: 'good', score: 8 })),
  );
  press(/^Undo/);
  await vi.waitFor(() => expect(document.querySelectorAll('.entry')).toHaveLength(2));
  expect(sent(fetched, 1)).toEqual([
    'PUT',
    '/api/me/watchlist/ttl_0a',
    {
      state: 'watching',
      score: 8,
      followed: false,
      notes: 'good',
      rewatched: 0,
      startedAt: null,
      finishedAt: null,
    },
  ]);
  expect(document.querySelector('.entry__name')?.textContent).toBe('Kaze no Iro');
});

it('keeps notes, days and how often it was seen again', async () => {
  show([item('0a', { startedAt: 1_700_000_000_123 })]);
  const fetched = answering(() => Response.json(entry({ titleId: 'ttl_0a', notes: 'the wind!' })));
  type('textarea', ' the wind! ');
  type('input[name=finished]', '2026-01-05');
  type('input[name=rewatched]', '2');
  submit();
  await vi.waitFor(() => expect(document.querySelector('.entry__details')?.textContent).toContain('Saved'));
  expect(sent(fetched)[2]).toEqual({
    notes: 'the wind!',
    rewatched: 2,
    startedAt: 1_700_000_000_123,
    finishedAt: Date.UTC(2026, 0, 5, 12),
  });
});

it('keeps what is typed where it could not be kept, and while other things change', async () => {
  show([item('0a', { notes: 'old' }), item('0b', {}, 'Other')]);
  const typed = () => document.querySelector('textarea')!.value;
  const fetched = answering(() => Response.json(problemDocument('internal'), { status: 500 }));
  type('textarea', 'a long thought');
  submit();
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')).not.toBeNull());
  expect(typed()).toBe('a long thought');
  fetched.mockImplementation(async () => Response.json(entry({ titleId: 'ttl_0b', score: 3 })));
  const scores = [...document.querySelectorAll<HTMLSelectElement>('.entry__score')];
  scores[1]!.value = '3';
  scores[1]!.dispatchEvent(new Event('change', { bubbles: true }));
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')).toBeNull());
  expect(typed()).toBe('a long thought');
});

it('keeps what is typed on after saving', async () => {
  show([item('0a')]);
  const kept = () => Response.json(entry({ titleId: 'ttl_0a', notes: 'one' }));
  let answer: (response: Response) => void = () => undefined;
  vi.spyOn(globalThis, 'fetch').mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const typed = () => document.querySelector('textarea')!.value;
  type('textarea', 'one');
  await vi.waitFor(() => expect(typed()).toBe('one'));
  submit();
  await vi.waitFor(() => expect(document.querySelector('button:disabled')).not.toBeNull());
  type('textarea', 'one and two');
  answer(kept());
  await vi.waitFor(() => expect(document.querySelector('button:disabled')).toBeNull());
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(typed()).toBe('one and two');
});

it('moves the focus to what stands beside what was taken off, at the end to the heading', async () => {
  show([item('0a'), item('0b', {}, 'Other')]);
  answering(() => new Response(null, { status: 204 }));
  press(/^Take off the list: Kaze/);
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Other'));
  press(/^Take off the list: Other/);
  await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('H1'));
});

it('loads what comes next', async () => {
  show([item('0a')], 'cur/sor');
  const fetched = answering(() => Response.json({ items: [item('0b')], next: null }));
  press(/^Show more/);
  await vi.waitFor(() => expect(document.querySelectorAll('.entry')).toHaveLength(2));
  expect(fetched.mock.calls[0]![0]).toBe('/api/me/watchlist?cursor=cur%2Fsor');
});

it('says what to do where there is nothing', () => {
  show([]);
  expect(document.querySelector('.empty a.button--primary')?.getAttribute('href')).toBe('/browse');
  expect(document.querySelector('.empty a[href="/list/import"]')).not.toBeNull();
});

it('reads its address, and forgives what it does not know', () => {
  expect(chosenBy(new URLSearchParams('state=paused&sort=score'))).toEqual({
    state: 'paused',
    sort: 'score',
  });
  expect(chosenBy(new URLSearchParams('state=nothing&sort=1'))).toEqual(all);
});

it('puts a title on the list from its page, and takes it off again', async () => {
  within(<ListButton data={{ titleId: 'ttl_0a', name: 'Kaze no Iro', entry: null }} />);
  const fetched = answering(() => Response.json(entry({ titleId: 'ttl_0a', state: 'planning' })));
  press(/^Add to my list/);
  await vi.waitFor(() => expect(document.querySelector('select')?.value).toBe('planning'));
  await vi.waitFor(() => expect(document.activeElement).toBe(document.querySelector('select')));
  expect(sent(fetched)).toEqual(['PUT', '/api/me/watchlist/ttl_0a', { state: 'planning' }]);
  press(/^Tell me of new episodes/);
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(2));
  expect(sent(fetched, 1)[2]).toEqual({ followed: true });
  fetched.mockImplementation(async () => new Response(null, { status: 204 }));
  await vi.waitFor(() => expect(document.querySelector('button:disabled')).toBeNull());
  press(/^Take off the list/);
  await vi.waitFor(() => expect(document.querySelector('select')).toBeNull());
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Add to my list'));
});
