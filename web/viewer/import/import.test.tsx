import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImportReport } from '../../../schema/api/library.ts';
import { here, somebody } from '../../testing/here.ts';
import { problemDocument } from '../../testing/problem.ts';
import { HereContext } from '../../visit.ts';
import Import from './import.tsx';
import { formatOf } from './list-file.ts';

const report: ImportReport = {
  added: 3,
  changed: 1,
  kept: 2,
  episodes: 40,
  unmatched: [
    { name: 'Umi no Uta', why: 'not-here' },
    { name: 'Line 7', why: 'unreadable' },
  ],
};
beforeEach(() => {
  render(
    <HereContext.Provider value={here({ me: somebody() })}>
      <Import data={null} />
    </HereContext.Provider>,
    document.body,
  );
});
afterEach(() => {
  render(null, document.body);
  vi.restoreAllMocks();
});
const choose = (name: string, text = '<myanimelist/>') => {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  input.files = files.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
};
const submit = () =>
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }));
const press = (label: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent === label)!.click();

it('asks for a file first', async () => {
  submit();
  await vi.waitFor(() =>
    expect(document.querySelector('.field__problem')?.textContent).toBe('Choose a file first.'),
  );
});

it('shows what would happen, then does the same with the same file', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(report));
  choose('animelist.xml');
  submit();
  await vi.waitFor(() => expect(document.querySelector('h3')?.textContent).toBe('This is what would happen'));
  expect(fetched.mock.calls[0]![0]).toBe('/api/me/import?format=mal&existing=newer&try=1');
  expect(document.querySelector('dl')?.textContent).toContain('Episodes marked watched40');
  expect([...document.querySelectorAll('.report__unmatched li')].map((li) => li.textContent)).toEqual([
    'Umi no Uta not in this catalogue',
    'Line 7 could not be read',
  ]);
  press('Import it now');
  await vi.waitFor(() => expect(document.querySelector('h3')?.textContent).toBe('Your list is here'));
  expect(fetched.mock.calls[1]![0]).toBe('/api/me/import?format=mal&existing=newer');
  expect(fetched.mock.calls[1]![1]!.body).toBe(fetched.mock.calls[0]![1]!.body);
});

it('gives what was not taken over as a file', async () => {
  const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:unmatched');
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(report));
  choose('animelist.xml');
  submit();
  await vi.waitFor(() => expect(document.querySelector('a[download="not-taken-over.txt"]')).not.toBeNull());
  await vi.waitFor(() => expect(made).toHaveBeenCalled());
  expect(await (made.mock.calls[0]![0] as Blob).text()).toBe(
    'Umi no Uta\tnot in this catalogue\nLine 7\tcould not be read\n',
  );
});

it('says what is wrong with a file, and keeps the form', async () => {
  const problem = problemDocument('invalid-request', { detail: 'This is no list of MyAnimeList.' });
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => Response.json(problem, { status: 400 }));
  choose('other.xml');
  submit();
  await vi.waitFor(() => expect(document.querySelector('[role=alert]')?.textContent).toContain('no list of'));
  expect(document.querySelector('input[type=file]')).not.toBeNull();
});

it('knows lists by their names', () => {
  expect(
    ['animelist_1.xml.gz', 'a.XML', 'anilist.json', 'engawa-list-engawa-2026.json', 'x.txt'].map(formatOf),
  ).toEqual(['mal', 'mal', 'anilist', 'engawa', null]);
});
