type Value = string | number | boolean | null;

/**
 * A field as RFC 4180 §2 has it. Spreadsheets take what begins so for a formula and run it; the apostrophe makes it text
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function field(value: Value): string {
  const text = value === null ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Columns by their names, each a value of an item. */
export type CsvColumns<T> = Readonly<Record<string, (item: T) => Value>>;

/** The first line, with a byte order mark: without one, spreadsheets read UTF-8 as something else. */
export const csvHead = <T>(columns: CsvColumns<T>): string => `\uFEFF${Object.keys(columns).join(',')}\r\n`;
export const csvLines = <T>(columns: CsvColumns<T>, items: readonly T[]): string =>
  items
    .map(
      (item) =>
        `${Object.values(columns)
          .map((of) => field(of(item)))
          .join(',')}\r\n`,
    )
    .join('');
