import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { Block, blocksOf, classOf } from './rows.tsx';
import type { Selection } from './selection.ts';

export type Column<T> = {
  key: string;
  /** Its heading. */
  name: string;
  /** The heading is only heard: what stands below says enough to the eye. */
  heard?: true;
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
 * A list of any length: its head stays in sight, more comes as its end does (and by a button), rows out of sight cost no layout, and
 * what did not change is not drawn again, as long as `columns` is the same array (`useMemo`) and `rows` hold the same objects.
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
  // A block that is not drawn again keeps the boxes it has: they ask for what a click does now.
  const choose = useRef(selection?.click);
  choose.current = selection?.click;
  useRowKeys(table, choose);
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
                {column.heard ? <span class="only-heard">{column.name}</span> : column.name}
              </th>
            ))}
          </tr>
        </thead>
        {rows.length === 0 && <tbody />}
        {blocksOf(rows).map((block, i) => (
          <Block
            key={i}
            rows={block}
            columns={columns}
            has={selection?.has ?? null}
            tick={(row, chosen) => (
              <Tick
                name={t('table.choose', { name: nameOf(row) })}
                checked={chosen}
                onClick={(event) => choose.current?.(row.id, event.shiftKey)}
              />
            )}
          />
        ))}
      </table>
      {further && <End further={further} count={rows.length} />}
    </>
  );
}

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
function useRowKeys(
  table: { current: HTMLElement | null },
  choose: { current: Selection['click'] | undefined },
) {
  useLayoutEffect(() => {
    const element = table.current;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
      const { target } = event;
      const row = target.closest<HTMLElement>('[data-row]');
      if (!row || target.matches('select, textarea, input:not([type="checkbox"])')) return;
      if (event.key.toLowerCase() === 'x') {
        event.preventDefault();
        return choose.current?.(row.dataset['row']!, event.shiftKey);
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

/** Another row, over the border of its block as well. */
function neighbour(row: HTMLElement, key: string): Element | null | undefined {
  const block = row.parentElement;
  const blocks = row.closest('table')?.tBodies;
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return row.nextElementSibling ?? block?.nextElementSibling?.firstElementChild;
    case 'ArrowUp':
    case 'k':
      return (
        row.previousElementSibling ??
        (block === blocks?.[0] ? null : block?.previousElementSibling?.lastElementChild)
      );
    case 'Home':
      return blocks?.[0]?.firstElementChild;
    case 'End':
      return blocks?.[blocks.length - 1]?.lastElementChild;
    default:
      return null;
  }
}
