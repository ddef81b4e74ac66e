/** What stands in a form's fields, by the JSON pointer of the value each makes: fields are named by it, problems point to it. */
export type Draft = Record<string, string>;

/** Edits, and what was saved when they began: without it, nobody could tell whose a later value is. */
export type Kept = { before: Draft; edits: Draft };
export const nothingKept: Kept = { before: {}, edits: {} };

/** One field that two people changed in different ways, by what it held before. */
export type Clash = { name: string; before: string; theirs: string; mine: string };

/** An edit more. Typing what is saved is none. */
export function edited({ before, edits }: Kept, saved: Draft, name: string, value: string): Kept {
  const { [name]: was, ...others } = edits;
  const began = Object.keys(edits).length > 0 ? before : saved;
  if (value === (saved[name] ?? '')) return { before: began, edits: others };
  // What was theirs before I touched the field is what I saw when I did.
  const seen = was === undefined ? { ...began, [name]: saved[name] ?? '' } : began;
  return { before: seen, edits: { ...others, [name]: value } };
}

/** Fields that were saved differently after somebody began to edit them. */
export const clashes = ({ before, edits }: Kept, saved: Draft): Clash[] =>
  Object.entries(edits).flatMap(([name, mine]) => {
    const [was = '', theirs = ''] = [before[name], saved[name]];
    return theirs !== was && theirs !== mine ? [{ name, before: was, theirs, mine }] : [];
  });

/** Fields that others changed meanwhile and nobody here touched: theirs stand. */
export const takenOver = ({ before, edits }: Kept, saved: Draft): string[] =>
  Object.keys(edits).length === 0
    ? []
    : Object.keys(before).filter(
        (name) => edits[name] === undefined && name in saved && before[name] !== saved[name],
      );

/** A clash decided: mine counts as an edit of theirs, theirs ends my edit. */
export function settled({ before, edits }: Kept, saved: Draft, name: string, whose: 'mine' | 'theirs'): Kept {
  const now = { ...before, [name]: saved[name] ?? '' };
  if (whose === 'mine') return { before: now, edits };
  const { [name]: _, ...others } = edits;
  return { before: now, edits: others };
}
