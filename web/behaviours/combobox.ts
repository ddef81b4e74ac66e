/** A list of suggestions under a field: how many there are, and which one is active (null: the field itself). */
export type Combo = { items: number; at: number | null };
type Move = 'next' | 'previous' | 'first' | 'last';

/** Through the suggestions and the field itself, around and around. */
export function choose({ items, at }: Combo, move: Move): Combo {
  if (items === 0) return { items, at: null };
  const last = items - 1;
  if (move === 'first') return { items, at: 0 };
  if (move === 'last') return { items, at: last };
  if (move === 'next') return { items, at: at === null ? 0 : at === last ? null : at + 1 };
  return { items, at: at === null ? last : at === 0 ? null : at - 1 };
}

/**
 * What a key does in an editable combobox (APG, "keyboard interaction"); null: what it does in any field. Home and End stay the
 * field's own, as the pattern allows.
 */
export function typed({ items, at }: Combo, key: string, alt: boolean): Move | 'ask' | 'close' | 'go' | null {
  if (key === 'ArrowDown') return items === 0 ? 'ask' : 'next';
  if (items === 0) return null;
  if (key === 'ArrowUp') return alt ? 'close' : 'previous';
  if (key === 'Escape') return 'close';
  if (key === 'Enter') return at === null ? null : 'go';
  return null;
}
