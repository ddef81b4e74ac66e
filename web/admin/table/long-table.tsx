import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import type { Selection } from './selection.ts';

export type Column<T> = {
  key: string;
  /** Its heading. */
  name: string;
  /** A track of a CSS grid: `minmax(12rem, 2fr)`, `7rem`. Not `auto`: each row is a grid of its own. */
  width: string;
  cell: (row: T) => ComponentChildren;
  /** The row's own name, with its link: what arrow keys go to. One column has it. */
  names?: true;
  /** At the end of the cell, figures of one width. */
  number?: true;
  /** Left out on tablets and phones. */
  aside?: true;
};

/** How what stands further down is had: what `usePages` gives. */
type Further = { next: string | null; busy: boolean; failure: Failure | null; more: () => Promise<void> };

/**
 * A list of any length: its head stays in sight, more comes as its end does (and by a button), rows out of sight cost no layout.
 * Arrow keys, j and k go from row to row, Home and End to the first and last; x chooses a row. They work inside the table only, so
 * that no single key does anything to somebody who dictates (WCAG 2.1.4).
 */
export function LongTable<T extends { id: string }>({
  label,
  rows,
  columns,
  further,
  selection,
  nameOf,
}: {
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  further?: Further;
  /** Rows can be chosen; from `useSelection`. */
  selection?: Selection;
  /** A row in words, for what is only heard. */
  nameOf: (row: T) => string;
}) {
  const { t } = useDesk();
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table, (id, shift) => selection?.click(id, shift));
  const tracksOf = (shown: readonly Column<T>[]) =>
    [...(selection ? ['2rem'] : []), ...shown.map(({ width }) => width)].join(' ');
  const tracks = tracksOf(columns);
  const narrow = tracksOf(columns.filter(({ aside }) => !aside));
  // By the CSSOM: the policy of this page allows no style attributes.
  useLayoutEffect(() => {
    table.current?.style.setProperty('--tracks', tracks);
    table.current?.style.setProperty('--tracks-narrow', narrow);
  }, [tracks, narrow]);
  return (
    <>
      <table ref={table} class="long" aria-label={label} aria-rowcount={further?.next ? -1 : rows.length + 1}>
        <thead>
          <tr>
            {selection && (
              <th scope="col">
                <All rows={rows} selection={selection} />
              </th>
            )}
            {columns.map((column) => (
              <th key={column.key} scope="col" class={classOf(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-row={row.id} class={selection?.has(row.id) ? 'long__chosen' : undefined}>
              {selection && (
                <td>
                  <Tick
                    name={t('table.choose', { name: nameOf(row) })}
                    checked={selection.has(row.id)}
                    onClick={(event) => selection.click(row.id, event.shiftKey)}
                  />
                </td>
              )}
              {columns.map((column) =>
                column.names ? (
                  <th key={column.key} scope="row" class={classOf(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} class={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {further && <End further={further} count={rows.length} />}
    </>
  );
}

const classOf = ({ number, aside, names }: Pick<Column<never>, 'number' | 'aside' | 'names'>) =>
  [number && 'long__number', aside && 'long__aside', names && 'long__name'].filter(Boolean).join(' ');

function All({ rows, selection }: { rows: readonly { id: string }[]; selection: Selection }) {
  const { t } = useDesk();
  const every = rows.length > 0 && selection.ids.length === rows.length;
  return (
    <Tick
      name={t('table.all', { count: rows.length })}
      checked={every}
      indeterminate={!every && selection.ids.length > 0}
      onClick={() => (every ? selection.none() : selection.all())}
    />
  );
}

const Tick = ({
  name,
  ...input
}: {
  name: string;
  checked: boolean;
  indeterminate?: boolean;
  onClick: (event: MouseEvent) => void;
}) => (
  <label class="long__tick">
    <span class="only-heard">{name}</span>
    <input {...input} type="checkbox" />
  </label>
);

/** How far before its end a list goes on, px. */
const AHEAD = 800;

function End({ further: { next, busy, failure, more }, count }: { further: Further; count: number }) {
  const { t } = useDesk();
  const end = useRef<HTMLDivElement>(null);
  const latest = useRef(more);
  latest.current = more;
  useLayoutEffect(() => {
    // After a failure only the button asks again: a list that is at its end in sight would ask without pause.
    if (!next || busy || failure || !end.current) return undefined;
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void latest.current();
      },
      { rootMargin: `${AHEAD}px` },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [next, busy, failure]);
  return (
    <div ref={end} class="long__end">
      {failure && <FailureNotice failure={failure} />}
      {next ? (
        <Button look="outline" disabled={busy} onClick={() => void more()}>
          {t(busy ? 'desk.loading' : 'desk.more')}
        </Button>
      ) : (
        <p class="faint small">{t('table.end', { count })}</p>
      )}
    </div>
  );
}

/** Keys that go through rows while the focus is in one of them. Fields keep theirs. */
function useRowKeys(table: { current: HTMLElement | null }, choose: (id: string, shift: boolean) => void) {
  const latest = useRef(choose);
  latest.current = choose;
  useLayoutEffect(() => {
    const element = table.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
      const { target } = event;
      const row = target.closest<HTMLElement>('[data-row]');
      if (!row || target.matches('select, textarea, input:not([type="checkbox"])')) return;
      if (event.key.toLowerCase() === 'x') {
        event.preventDefault();
        return latest.current(row.dataset['row']!, event.shiftKey);
      }
      const to = target.closest('[popover], details, [role="menu"]') ? null : neighbour(row, event.key);
      if (!to) return;
      event.preventDefault();
      // To the same kind of thing in that row: who ticks boxes goes from box to box.
      const same = target.matches('input') ? 'input' : '.long__name :is(a, button)';
      const found = to.querySelector<HTMLElement>(same) ?? to.querySelector<HTMLElement>('a, button, input');
      found?.focus();
    };
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, []);
}

function neighbour(row: HTMLElement, key: string): Element | null | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return row.nextElementSibling;
    case 'ArrowUp':
    case 'k':
      return row.previousElementSibling;
    case 'Home':
      return row.parentElement?.firstElementChild;
    case 'End':
      return row.parentElement?.lastElementChild;
    default:
      return null;
  }
}
