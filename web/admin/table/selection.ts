import { useMemo, useRef, useState } from 'preact/hooks';

/**
 * What is chosen after one more click. With shift everything between the last click and this one becomes as the clicked row becomes.
 * @param ids of the rows as they stand
 * @param from the row that was clicked last
 */
export function clicked(
  ids: readonly string[],
  chosen: ReadonlySet<string>,
  id: string,
  { from, shift }: { from: string | null; shift: boolean },
): Set<string> {
  const on = !chosen.has(id);
  const [a, b] = [from === null ? -1 : ids.indexOf(from), ids.indexOf(id)];
  const meant = shift && a >= 0 && b >= 0 ? ids.slice(Math.min(a, b), Math.max(a, b) + 1) : [id];
  const after = new Set(chosen);
  for (const one of meant)
    if (on) after.add(one);
    else after.delete(one);
  return after;
}

export type Selection = {
  /** Ids of what is chosen, in the order of the rows. Rows that are not listed any more are not in it. */
  ids: string[];
  has: (id: string) => boolean;
  click: (id: string, shift: boolean) => void;
  /** All rows that are loaded. Never what is not seen: nobody changes a thousand episodes by mistake. */
  all: () => void;
  none: () => void;
};

/** Which rows of a list are chosen, for something to be done to all of them at once. */
export function useSelection(rows: readonly { id: string }[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  return useMemo(() => {
    const ids = rows.map(({ id }) => id);
    return {
      ids: ids.filter((id) => chosen.has(id)),
      has: (id) => chosen.has(id),
      click: (id, shift) => {
        setChosen((before) => clicked(ids, before, id, { from: last.current, shift }));
        last.current = id;
      },
      all: () => setChosen(new Set(ids)),
      none: () => setChosen(new Set()),
    };
  }, [rows, chosen]);
}
