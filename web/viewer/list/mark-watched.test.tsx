import { render } from 'preact';
import { afterEach, expect, it, vi } from 'vitest';
import { here, somebody } from '../../testing/here.ts';
import { HereContext } from '../../visit.ts';
import MarkWatched from './mark-watched.tsx';

afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});
const button = (label: string) =>
  [...document.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === label,
  )!;

it('tells the episode beside it what it is now, and back again', async () => {
  render(
    <HereContext.Provider value={here({ me: somebody() })}>
      <li>
        <MarkWatched data={{ episodeId: 'ep_1', number: 1, completed: true, upTo: false }} />
      </li>
    </HereContext.Provider>,
    document.body,
  );
  const is = (watched: string) =>
    vi.waitFor(() => expect(document.querySelector('li')!.dataset['watched']).toBe(watched));
  await is('true');
  const progress = { position: 9, duration: 9, completed: true, at: 1 };
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () =>
    Response.json({ changed: 1, before: [{ episodeId: 'ep_1', progress }] }),
  );
  button('Mark as watched').click();
  await is('false');
  expect(document.querySelector('output')!.textContent).toContain('not watched');
  button('Undo').click();
  await is('true');
});
