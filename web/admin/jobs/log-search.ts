/** Where something is found: in which block of text, from and to which character. */
export type Match = { block: number; start: number; end: number };

/** No more are counted. */
const MOST = 5_000;

/** Every place where a text stands in blocks of text, whatever its letters' case. */
export function matches(blocks: readonly string[], q: string): Match[] {
  const wanted = q.toLowerCase();
  const found: Match[] = [];
  if (wanted === '') return found;
  for (const [block, text] of blocks.entries()) {
    const folded = text.toLowerCase();
    // Where folding changed the length (İ), places would not be those of the text.
    const within = folded.length === text.length ? folded : text;
    for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + wanted.length)) {
      found.push({ block, start: at, end: at + wanted.length });
      if (found.length >= MOST) return found;
    }
  }
  return found;
}
