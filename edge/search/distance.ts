// How many typos (a letter wrong, missing, too many, or two changed over) lie between a query and a text: Damerau-Levenshtein in the
// form of "optimal string alignment", in which each letter is touched once. Costs the product of the two lengths.

/** … the whole of the text, and the nearest beginning of it. */
export function fromStart(query: string, text: string): { whole: number; prefix: number } {
  const row = lastRow(query, text, false);
  return { whole: row[text.length]!, prefix: Math.min(...row) };
}

/** … the nearest part of the text, wherever that begins and ends: a table whose first row is all zeros (Sellers, 1980). */
export const anywhere = (query: string, text: string): number => Math.min(...lastRow(query, text, true));

/** Of the table's last row, entry j: how far the query is from a text that ends at j. */
function lastRow(query: string, text: string, floating: boolean): Uint16Array {
  const width = text.length + 1;
  let before = new Uint16Array(width);
  let last = new Uint16Array(width);
  let row = new Uint16Array(width);
  if (!floating) for (let j = 0; j < width; j++) last[j] = j;
  for (let i = 1; i <= query.length; i++) {
    const letter = query.charCodeAt(i - 1);
    const previous = i > 1 ? query.charCodeAt(i - 2) : -1;
    row[0] = i;
    for (let j = 1; j < width; j++) {
      const other = text.charCodeAt(j - 1);
      let least = last[j - 1]! + (letter === other ? 0 : 1);
      if (last[j]! + 1 < least) least = last[j]! + 1;
      if (row[j - 1]! + 1 < least) least = row[j - 1]! + 1;
      if (j > 1 && letter === text.charCodeAt(j - 2) && previous === other && before[j - 2]! + 1 < least)
        least = before[j - 2]! + 1;
      row[j] = least;
    }
    [before, last, row] = [last, row, before];
  }
  return last;
}
