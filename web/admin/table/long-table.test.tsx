import { useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { draw } from '../testing.tsx';
import { Chosen } from './chosen.tsx';
import { LongTable } from './long-table.tsx';
import { useSelection } from './selection.ts';

/** Tells the list that its end comes into sight. */
let scrollToEnd: () => void;
let page: Awaited<ReturnType<typeof draw>>;
beforeEach(() => {
  scrollToEnd = () => expect.unreachable('nothing watches the end');
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(told: (entries: { isIntersecting: boolean }[]) => void) {
        scrollToEnd = () => told([{ isIntersecting: true }]);
      }
      observe() {}
      disconnect() {
        scrollToEnd = () => {};
      }
    },
  );
});
afterEach(() => page.leave());

type Row = { id: string; name: string };
const made = (from: number, count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ id: `ep_${from + i}`, name: `Episode ${from + i}` }));

function List({ pages, fails = false }: { pages: number; fails?: boolean }) {
  const [rows, setRows] = useState(made(1, 3));
  const [failure, setFailure] = useState<{ ok: false; problem: null; offline: true } | null>(null);
  const selection = useSelection(rows);
  const more = async () => {
    if (fails && !failure) return setFailure({ ok: false, problem: null, offline: true });
    setFailure(null);
    setRows((before) => [...before, ...made(before.length + 1, 3)]);
  };
  return (
    <>
      <LongTable
        label="Episodes"
        rows={rows}
        nameOf={({ name }) => name}
        selection={selection}
        columns={[
          {
            key: 'name',
            name: 'Name',
            width: '1fr',
            names: true,
            cell: (row) => <a href="#a">{row.name}</a>,
          },
          { key: 'id', name: 'Id', width: '6rem', aside: true, cell: (row) => row.id },
        ]}
        further={{ next: rows.length < pages * 3 ? 'next' : null, busy: false, failure, more }}
      />
      <Chosen selection={selection}>
        <button>{selection.ids.join(' ')}</button>
      </Chosen>
    </>
  );
}
const rows = () => page.place.querySelectorAll('tbody tr').length;
const ticks = () => [...page.place.querySelectorAll<HTMLInputElement>('tbody input')];
const press = (key: string, shiftKey = false) =>
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
const tick = (index: number, shiftKey = false) =>
  ticks()[index]!.dispatchEvent(new MouseEvent('click', { shiftKey, bubbles: true }));

it('goes on as its end comes into sight, and says when that is all', async () => {
  page = await draw(<List pages={2} />, {});
  await page.shows('Show more');
  await vi.waitFor(() => scrollToEnd());
  await page.shows('That is all: 6.');
  expect(rows()).toBe(6);
});

it('after a failure only the button asks again', async () => {
  page = await draw(<List pages={2} fails />, {});
  await page.shows('Show more');
  await vi.waitFor(() => scrollToEnd());
  await page.shows('The server did not answer');
  scrollToEnd();
  expect(rows()).toBe(3);
  page.button('Show more')!.click();
  await vi.waitFor(() => expect(rows()).toBe(6));
});

it('chooses with shift all between two clicks, all that are loaded, and none', async () => {
  page = await draw(<List pages={1} />, {});
  await page.shows('Episode 3');
  tick(0);
  await page.shows('1 selected');
  tick(2, true);
  await page.shows('3 selected');
  page.button('Clear selection')!.click();
  await vi.waitFor(() => expect(page.place.textContent).not.toContain('selected'));
  page.place.querySelector<HTMLInputElement>('thead input')!.click();
  await page.shows('ep_1 ep_2 ep_3');
});

it('goes from row to row by keys and chooses by x, inside the table only', async () => {
  page = await draw(<List pages={1} />, {});
  await page.shows('Episode 3');
  const links = [...page.place.querySelectorAll<HTMLElement>('tbody a')];
  links[0]!.focus();
  press('j');
  expect(document.activeElement).toBe(links[1]);
  press('ArrowDown');
  press('ArrowDown'); // there is no further row
  expect(document.activeElement).toBe(links[2]);
  press('Home');
  expect(document.activeElement).toBe(links[0]);
  press('x');
  await page.shows('1 selected');
  links[0]!.blur();
  press('j');
  expect(document.activeElement).toBe(document.body);
});
