/** A list with one of its items moved to another place. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const rest = items.filter((_, index) => index !== from);
  return from in items ? rest.toSpliced(to, 0, items[from]!) : [...items];
}

/** How far PageUp and PageDown go. */
const PAGE = 10;

/** Where a key takes the item at `index`; null: it is no key of a list. */
export function step(key: string, index: number, count: number): number | null {
  const to = {
    ArrowUp: index - 1,
    ArrowDown: index + 1,
    PageUp: index - PAGE,
    PageDown: index + PAGE,
    Home: 0,
    End: count - 1,
  }[key];
  return to === undefined ? null : Math.min(count - 1, Math.max(0, to));
}

/** Where what is dragged from row `from` lands at height `y`: it passes a row when it is over that row's middle. */
export function landing(rows: readonly { top: number; bottom: number }[], from: number, y: number): number {
  const middle = ({ top, bottom }: { top: number; bottom: number }) => (top + bottom) / 2;
  let to = from;
  while (to > 0 && y < middle(rows[to - 1]!)) to--;
  if (to === from) while (to < rows.length - 1 && y > middle(rows[to + 1]!)) to++;
  return to;
}
