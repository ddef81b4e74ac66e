import Papa from 'papaparse';

// A file of episodes as a table of cells, whatever program wrote it. Pure.

/** A row as a spreadsheet counts them, by the names of its columns; what is wrong with it as a row. */
export type Row = { row: number; cells: ReadonlyMap<string, string>; problems: string[] };
export type Table = { columns: string[]; rows: Row[] };

/** What is no table at all. */
export class NoTable extends Error {}

/** Without the byte order mark, which is no part of the text. */
const STRICT = { fatal: true, ignoreBOM: false } as const;
const decoded = (bytes: Uint8Array, encoding: string): string | null => {
  try {
    return new TextDecoder(encoding, STRICT).decode(bytes);
  } catch {
    return null; // not in this encoding, or one that nobody knows
  }
};

/** Which half of the bytes is zero where Latin letters, digits and commas are written in two bytes each. */
function wide(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const seen = bytes.subarray(0, 400);
  const zeros = (half: 0 | 1) => seen.filter((byte, i) => byte === 0 && i % 2 === half).length;
  const [even, odd] = [zeros(0), zeros(1)];
  if (Math.max(even, odd) < seen.length / 8) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/**
 * The text of a file: Excel saves "CSV UTF-8" with a byte order mark, "Unicode text" as UTF-16, and plain "CSV" on a Japanese Windows
 * as Shift_JIS. What is no good UTF-8 is hardly ever that by chance, so it is tried first.
 * @param charset as its content type has it
 * @throws NoTable
 */
export function textOf(bytes: Uint8Array, charset: string | undefined): string {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new NoTable('This is an Excel workbook. Save it as “CSV UTF-8”, and import that file.');
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : wide(bytes);
  const tried = [marked, charset, 'utf-8', 'shift_jis'].filter((one) => one != null);
  for (const encoding of tried) {
    const text = decoded(bytes, encoding);
    if (text !== null) return text;
  }
  throw new NoTable('The file is not text in UTF-8, UTF-16 or Shift_JIS. Save it as “CSV UTF-8”.');
}

/** Names of columns have none of these in them, so the header tells what stands between cells. */
const delimiterOf = (header: string): string =>
  [',', ';', '\t'].reduce((best, one) => (header.split(one).length > header.split(best).length ? one : best));

/**
 * CSV (RFC 4180): the first row is the header; cells in quotes may have line breaks in them. Also with semicolons or tabs, as Excel writes
 * it where the comma is in numbers.
 * @throws NoTable
 */
export function csvTable(text: string): Table {
  const hint = /^sep=(.)\r?\n/i.exec(text); // Excel’s own first line
  const body = hint ? text.slice(hint[0].length) : text;
  const delimiter = hint?.[1] ?? delimiterOf(/^[^\r\n]*/.exec(body)![0]);
  const { data, errors } = Papa.parse<string[]>(body, { delimiter });
  const [header, ...records] = data;
  if (!header || header.every((name) => name.trim() === '')) throw new NoTable('The file is empty.');
  const columns = header.map((name) => name.trim());
  const quotes = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row));
  const rows = records.flatMap((cells, i): Row[] => {
    if (cells.every((cell) => cell.trim() === '')) return [];
    const problems: string[] = [];
    if (quotes.has(i + 1)) problems.push('A quotation mark does not end, or stands in the middle of a cell.');
    if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
      problems.push(
        `It has ${cells.length} cells, and the header names ${columns.length} columns. A text with a ${delimiter === '\t' ? 'tab' : `“${delimiter}”`} in it goes in quotation marks.`,
      );
    return [
      { row: i + 2, cells: new Map(columns.map((name, n) => [name, unguarded(cells[n] ?? '')])), problems },
    ];
  });
  return { columns, rows };
}

/**
 * A list of objects, a row each; the first is row 1.
 * @throws NoTable
 */
export function jsonTable(list: unknown): Table {
  if (!Array.isArray(list))
    throw new NoTable('The file has to be a list: [{ "season": 1, "number": 1, … }, …].');
  const columns = new Set<string>();
  const rows = list.map((item: unknown, i): Row => {
    if (typeof item !== 'object' || item === null || Array.isArray(item))
      return {
        row: i + 1,
        cells: new Map(),
        problems: ['It has to be an object: { "season": 1, "number": 1, … }.'],
      };
    const problems: string[] = [];
    const cells = new Map<string, string>();
    for (const [name, value] of Object.entries(item)) {
      columns.add(name);
      if (typeof value === 'string' || typeof value === 'number') cells.set(name, String(value));
      else if (value !== null) problems.push(`“${name}” has to be a text or a number.`);
    }
    return { row: i + 1, cells, problems };
  });
  return { columns: [...columns], rows };
}

/** Spreadsheets take what begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^'*[=+\-@\t\r]/;
/** Behind an apostrophe they show it as it is. Whatever has apostrophes there already gets one more, so that it can be taken off again. */
export const guarded = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);
const unguarded = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
