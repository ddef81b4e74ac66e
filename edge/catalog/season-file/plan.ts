import type { InferOutput } from 'valibot';
import type { EpisodeFields, ImportRow } from '../../../schema/api/editing.ts';
import type { AdminEpisodeRow } from '../edits.ts';
import { readKind, readNumber, readText, readTime, type Read } from './cells.ts';
import { columnOf, headerProblems, nameOf, type Column } from './columns.ts';
import type { Row, Table } from './read.ts';

// What importing a file would do to the episodes of a title, row by row. Pure.

export type Existing = Pick<
  AdminEpisodeRow,
  'id' | 'season' | 'number' | 'name' | 'synopsis' | 'kind' | 'airsAt' | 'absoluteNumber' | 'translations'
>;
type Fate = InferOutput<typeof ImportRow>;
/** An episode that is to be changed, or made where it has no id yet, and what is set of it. */
export type Write = { id: Existing['id'] | null; season: number; number: number; fields: EpisodeFields };
export type Plan = { rows: Fate[]; writes: Write[] };

type Value = string | number;
type Said = Map<string, { column: Column; value: Value }>;

const read = (column: Column, text: string): Read<Value> => {
  if (column === 'season' || column === 'number' || column === 'absoluteNumber')
    return readNumber(column, text);
  if (column === 'kind') return readKind(text);
  return column === 'airsAt' ? readTime(text) : readText(column, text);
};

/** What a row says: empty cells say nothing. */
function said({ cells }: Row): { values: Said; problems: string[] } {
  const values: Said = new Map();
  const problems: string[] = [];
  for (const [name, text] of cells) {
    const column = columnOf(name);
    if (!column || text.trim() === '') continue;
    const result = read(column, text);
    if ('problem' in result) problems.push(result.problem);
    else values.set(nameOf(column), { column, value: result.value });
  }
  for (const needed of ['season', 'number'])
    if (!cells.get(nameIn(cells, needed))?.trim())
      problems.push(`“${needed}” is empty: which episode is it?`);
  return { values, problems };
}
const nameIn = (cells: ReadonlyMap<string, string>, column: string): string =>
  [...cells.keys()].find((name) => columnOf(name) === column) ?? column;

const before = (episode: Existing | undefined, column: Column): Value | null => {
  if (!episode) return null;
  if (typeof column === 'string') return episode[column];
  return episode.translations[column.locale]?.[column.text] ?? null;
};

/** Times as people read them. */
const shown = (column: Column, value: Value | null): string | null =>
  value === null ? null : column === 'airsAt' ? new Date(value).toISOString() : String(value);

function fieldsOf(changed: readonly { column: Column; value: Value }[]): EpisodeFields {
  const fields: Record<string, unknown> = {};
  const translations: Record<string, Record<string, Value>> = {};
  for (const { column, value } of changed)
    if (typeof column === 'string') fields[column] = value;
    else (translations[column.locale] ??= {})[column.text] = value;
  return {
    ...(fields as EpisodeFields),
    ...(Object.keys(translations).length > 0 ? { translations } : {}),
  };
}

const placeOf = ({ season, number }: { season: number; number: number }) => `${season}×${number}`;
/** The header of a file: row 1 of a spreadsheet; no row of JSON. */
const header = (problems: string[]): Fate => ({
  row: 1,
  season: null,
  number: null,
  fate: 'refused',
  changes: [],
  problems,
});

/** Reckons each row's fate. Where the header is wrong, nothing else is looked at: every row would be. */
export function plan({ columns, rows }: Table, episodes: readonly Existing[]): Plan {
  const wrong = headerProblems(columns);
  if (wrong.length > 0) return { rows: [header(wrong)], writes: [] };
  const there = new Map(episodes.map((episode) => [placeOf(episode), episode]));
  const named = new Map<string, number>();
  const writes: Write[] = [];
  const fates = rows.map((row): Fate => {
    const { values, problems } = said(row);
    problems.unshift(...row.problems);
    const at = (name: 'season' | 'number') => {
      const value = values.get(name)?.value;
      return typeof value === 'number' ? value : null;
    };
    const [season, number] = [at('season'), at('number')];
    const place = season !== null && number !== null ? placeOf({ season, number }) : null;
    const first = place === null ? undefined : named.get(place);
    if (first !== undefined)
      problems.push(`Row ${first} is season ${season}, episode ${number} already: keep one of them.`);
    else if (place !== null) named.set(place, row.row);
    if (problems.length > 0 || season === null || number === null)
      return { row: row.row, season, number, fate: 'refused', changes: [], problems };
    const episode = there.get(placeOf({ season, number }));
    const changed = [...values.values()].filter(
      ({ column, value }) => column !== 'season' && column !== 'number' && before(episode, column) !== value,
    );
    const changes = changed.map(({ column, value }) => ({
      field: nameOf(column),
      before: shown(column, before(episode, column)),
      after: shown(column, value),
    }));
    if (!episode || changed.length > 0)
      writes.push({ id: episode?.id ?? null, season, number, fields: fieldsOf(changed) });
    const fate = !episode ? 'new' : changed.length > 0 ? 'change' : 'same';
    return { row: row.row, season, number, fate, changes, problems: [] };
  });
  return { rows: fates, writes };
}
