import { fromStart } from '../../search/distance.ts';

// What the columns of a file of episodes are called. Pure.

export const plainColumns = [
  'season',
  'number',
  'name',
  'synopsis',
  'kind',
  'airsAt',
  'absoluteNumber',
] as const;
export type PlainColumn = (typeof plainColumns)[number];
export type TextColumn = { text: 'name' | 'synopsis'; locale: string };
export type Column = PlainColumn | TextColumn;

/** `airs_at`, `Airs at` and `AIRSAT` are the same. */
const folded = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** What a column means; null: nothing that is known. */
export function columnOf(name: string): Column | null {
  const plain = plainColumns.find((one) => folded(one) === folded(name));
  if (plain) return plain;
  const [, text, locale] = /^(name|synopsis)\.([a-z]{2})$/.exec(folded(name)) ?? [];
  return text && locale ? { text: text as TextColumn['text'], locale } : null;
}

export const nameOf = (column: Column): string =>
  typeof column === 'string' ? column : `${column.text}.${column.locale}`;

/** More letters wrong than this, and it is another word. */
const TYPOS = 3;

const nearest = (name: string): string | null => {
  const [best] = [...plainColumns, 'name.en', 'name.ja', 'synopsis.en', 'synopsis.ja']
    .map((known) => ({ known, typos: fromStart(folded(name), folded(known)).whole }))
    .toSorted((a, b) => a.typos - b.typos);
  return best && best.typos <= TYPOS && best.typos < name.length ? best.known : null;
};

/** What is wrong with a header, and how to mend it. */
export function headerProblems(names: readonly string[]): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    if (name === '') {
      problems.push('A column has no name.');
      continue;
    }
    const column = columnOf(name);
    if (!column) {
      const near = nearest(name);
      problems.push(
        `There is no column “${name}”${near ? `; did you mean “${near}”?` : `. There are ${plainColumns.join(', ')}, and name and synopsis by language: name.ja.`}`,
      );
      continue;
    }
    const known = nameOf(column);
    if (seen.has(known)) problems.push(`The column “${known}” is there twice.`);
    seen.add(known);
  }
  for (const needed of ['season', 'number'])
    if (!seen.has(needed))
      problems.push(`The column “${needed}” is missing: it says which episode a row is.`);
  return problems;
}
