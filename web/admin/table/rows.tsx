import { Component, type ComponentChildren } from 'preact';
import type { Column } from './long-table.tsx';

/** Rows of one block: as many as are drawn, and laid out, together. */
export const BLOCK = 50;

type BlockProps<T> = {
  rows: readonly T[];
  columns: readonly Column<T>[];
  /** Which rows are chosen; null: none can be. */
  has: ((id: string) => boolean) | null;
  /** The box that chooses a row. */
  tick: (row: T, chosen: boolean) => ComponentChildren;
};

/**
 * Some of a list's rows, a `tbody` of their own. It is drawn again only where its rows, which of them are chosen, or the columns changed:
 * a box that is ticked costs its block, a page that comes costs its own rows, and neither the ten thousand others. `tick` does not count:
 * it does the same from drawing to drawing.
 */
export class Block<T extends { id: string }> extends Component<BlockProps<T>> {
  override shouldComponentUpdate({ rows, columns, has }: BlockProps<T>): boolean {
    const now = this.props;
    return (
      columns !== now.columns ||
      rows.length !== now.rows.length ||
      rows.some((row, i) => row !== now.rows[i] || has?.(row.id) !== now.has?.(row.id))
    );
  }

  override render({ rows, columns, has, tick }: BlockProps<T>) {
    return (
      <tbody class={rows.length === BLOCK ? 'long__block' : undefined}>
        {rows.map((row) => {
          const chosen = has?.(row.id) === true;
          return (
            <tr key={row.id} data-row={row.id} class={chosen ? 'long__chosen' : undefined}>
              {has && <td>{tick(row, chosen)}</td>}
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
          );
        })}
      </tbody>
    );
  }
}

/** Rows by blocks, in their order. */
export const blocksOf = <T,>(rows: readonly T[]): (readonly T[])[] =>
  Array.from({ length: Math.ceil(rows.length / BLOCK) }, (_, i) => rows.slice(i * BLOCK, (i + 1) * BLOCK));

export const classOf = ({ number, aside, names }: Pick<Column<never>, 'number' | 'aside' | 'names'>) =>
  [number && 'long__number', aside && 'long__aside', names && 'long__name'].filter(Boolean).join(' ');
