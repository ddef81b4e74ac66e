import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { here, somebody } from '../../testing/here.ts';
import { problemDocument } from '../../testing/problem.ts';
import { HereContext } from '../../visit.ts';
import OwnCalendar from './own-calendar.tsx';

const field = () => document.querySelector('input')!;
const press = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)!.click();
const told = () => document.querySelector('output')!.textContent;
const copying = (writeText: (text: string) => Promise<void>) =>
  vi.stubGlobal('navigator', { languages: ['en'], clipboard: { writeText } });
const answering = (answer: Response) => vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer);

beforeEach(() => {
  render(
    <HereContext.Provider value={here({ me: somebody(), language: 'de', origin: 'https://engawa.test' })}>
      <OwnCalendar data={{ path: '/calendar/old.ics' }} />
    </HereContext.Provider>,
    document.body,
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  render(null, document.body);
});

it('shows the whole address, in the language of the page, and copies it', async () => {
  const address = 'https://engawa.test/calendar/old.ics?lang=de';
  expect(field().value).toBe(address);
  const written = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());
  copying(written);
  press('Copy');
  await vi.waitFor(() => expect(told()).toBe('The address is copied.'));
  expect(written).toHaveBeenCalledWith(address);
});

it('selects the address where the browser does not let it be copied', async () => {
  copying(() => Promise.reject(new DOMException('', 'NotAllowedError')));
  press('Copy');
  await vi.waitFor(() => expect(told()).toContain('selected'));
  expect(field().selectionEnd).toBe(field().value.length);
});

it('takes a new address, folds up, and keeps the focus', async () => {
  const fetched = answering(Response.json({ path: '/calendar/new.ics' }));
  document.querySelector('details')!.open = true;
  press('Make a new address');
  await vi.waitFor(() => expect(field().value).toContain('/calendar/new.ics'));
  expect(fetched.mock.calls[0]![1]!.method).toBe('POST');
  expect(told()).toBe('The address is new.');
  expect(document.querySelector('details')!.open).toBe(false);
  expect(document.activeElement).toBe(document.querySelector('summary'));
});

it('keeps the address it has where no new one came', async () => {
  answering(Response.json(problemDocument('internal'), { status: 500 }));
  press('Make a new address');
  await vi.waitFor(() => expect(told()).toContain('not saved'));
  expect(field().value).toContain('/calendar/old.ics');
});
