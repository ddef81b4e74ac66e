/** Whether the font has a glyph for a character, by its Unicode table; fonts of symbols keep theirs from U+F000 on. */
export function characterMap(table: Uint8Array | undefined): (character: string) => boolean {
  if (!table) return () => false;
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  const found = new Map<number, number>();
  for (let at = 4, left = view.getUint16(2); left > 0 && at + 8 <= table.length; at += 8, left--) {
    const [platform, encoding] = [view.getUint16(at), view.getUint16(at + 2)];
    const offset = view.getUint32(at + 4);
    if (offset + 2 > table.length) continue;
    const symbol = platform === 3 && encoding === 0;
    if (!symbol && !(platform === 3 && (encoding === 1 || encoding === 10)) && platform !== 0) continue;
    found.set(symbol ? 0 : view.getUint16(offset), offset);
  }
  const [full, basic, symbols] = [found.get(12), found.get(4), found.get(0)];
  const lookup = (code: number): boolean => {
    if (full !== undefined && inGroups(view, full, code)) return true;
    if (basic !== undefined && inSegments(view, basic, code)) return true;
    return symbols !== undefined && code <= 0xff && inSegments(view, symbols, 0xf000 + code);
  };
  return (character) => {
    try {
      return lookup(character.codePointAt(0) ?? 0);
    } catch (error) {
      if (error instanceof RangeError) return false; // its arrays point outside of the table
      throw error;
    }
  };
}

/** cmap format 12: groups of code points, in order. */
function inGroups(view: DataView, table: number, code: number): boolean {
  let [low, high] = [
    0,
    Math.min(view.getUint32(table + 12), Math.floor((view.byteLength - table - 16) / 12)) - 1,
  ];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = table + 16 + 12 * middle;
    if (code < view.getUint32(at)) high = middle - 1;
    else if (code > view.getUint32(at + 4)) low = middle + 1;
    else return view.getUint32(at + 8) + code - view.getUint32(at) > 0;
  }
  return false;
}

/** cmap format 4: four arrays of as many segments, in order of their ends; glyphs by difference or by a list. */
function inSegments(view: DataView, table: number, code: number): boolean {
  if (code > 0xffff || view.getUint16(table) !== 4) return false;
  const size = view.getUint16(table + 6);
  for (let at = table + 14; at < table + 14 + size; at += 2) {
    if (view.getUint16(at) < code) continue;
    const [startAt, deltaAt, rangeAt] = [at + size + 2, at + 2 * size + 2, at + 3 * size + 2];
    const start = view.getUint16(startAt);
    if (start > code) return false;
    const range = view.getUint16(rangeAt);
    if (range === 0) return ((code + view.getUint16(deltaAt)) & 0xffff) !== 0;
    const listed = rangeAt + range + 2 * (code - start);
    return listed + 2 <= view.byteLength && view.getUint16(listed) !== 0;
  }
  return false;
}
