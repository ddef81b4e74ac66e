import { useMemo, useState } from 'preact/hooks';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { draw } from '../testing.tsx';
import { Chosen } from './chosen.tsx';
import { LongTable } from './long-table.tsx';
import { BLOCK } from './rows.tsx';
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

/** How often each row was drawn. */
const drawn = new Map<string, number>();
function Large() {
  const [rows, setRows] = useState(made(1, BLOCK * 2));
  const selection = useSelection(rows);
  const columns = useMemo(
    () => [
      {
        key: 'name',
        name: 'Name',
        width: '1fr',
        names: true as const,
        cell: ({ id, name }: Row) => {
          drawn.set(id, (drawn.get(id) ?? 0) + 1);
          return <a href="#a">{name}</a>;
        },
      },
    ],
    [],
  );
  return (
    <>
      <LongTable
        label="Episodes"
        rows={rows}
        columns={columns}
        nameOf={({ name }) => name}
        selection={selection}
      />
      <button onClick={() => setRows((before) => [...before, ...made(before.length + 1, 2)])}>
        Two more
      </button>
      <button onClick={() => setRows(([first, ...rest]) => [{ ...first!, name: 'Renamed' }, ...rest])}>
        Rename
      </button>
      <output>{selection.ids.join(' ')}</output>
    </>
  );
}

it('draws what changed, and nothing else', async () => {
  drawn.clear();
  page = await draw(<Large />, {});
  await page.shows('Episode 100');
  const sinceThen = async (done: () => void, sign: () => void) => {
    drawn.clear();
    done();
    await vi.waitFor(sign);
    return drawn.size;
  };
  const count = (wanted: number) => () => expect(rows()).toBe(wanted);
  expect(await sinceThen(() => page.button('Two more')!.click(), count(102))).toBe(2);
  const chosen = () => page.place.querySelectorAll('.long__chosen').length;
  expect(
    await sinceThen(
      () => tick(70),
      () => expect(chosen()).toBe(1),
    ),
  ).toBe(BLOCK);
  // Boxes that were not drawn again know what was clicked last, and rows that came since.
  expect(
    await sinceThen(
      () => tick(101, true),
      () => expect(chosen()).toBe(32),
    ),
  ).toBe(BLOCK + 2);
  await page.shows('ep_102');
  const renamed = () => expect(page.place.textContent).toContain('Renamed');
  expect(await sinceThen(() => page.button('Rename')!.click(), renamed)).toBe(BLOCK);
});

it('goes by keys over the border of what is drawn together', async () => {
  page = await draw(<Large />, {});
  await page.shows('Episode 100');
  const links = [...page.place.querySelectorAll<HTMLElement>('tbody a')];
  links[BLOCK - 1]!.focus();
  press('j');
  expect(document.activeElement).toBe(links[BLOCK]);
  press('k');
  expect(document.activeElement).toBe(links[BLOCK - 1]);
  press('End');
  expect(document.activeElement).toBe(links.at(-1));
  press('Home');
  press('k'); // there is no row before
  expect(document.activeElement).toBe(links[0]);
});
