import { characterMap } from './font-characters.ts';

/**
 * What we read of OpenType fonts: names, weight, which characters they have. Tables are bytes from strangers: every place is
 * checked, and nothing is enumerated that a few bytes can make billions of.
 */
export type FontFace = {
  /** Names by which scripts ask for it, lower case: family and full name in every language; PostScript name instead of full name where the outlines are CFF (as libass). */
  names: ReadonlySet<string>;
  /** For people. */
  family: string;
  weight: number;
  bold: boolean;
  italic: boolean;
  /** OS/2 fsType: its licence forbids to embed it, or to cut it to some characters. */
  restricted: boolean;
  extension: 'ttf' | 'otf';
  tables: ReadonlyMap<string, Uint8Array>;
  has(character: string): boolean;
};

export class FontBroken extends Error {
  override name = 'FontBroken';
}

/** Faces of a font file: one, or those of a collection (TTC). @throws FontBroken */
export function readFaces(bytes: Uint8Array): FontFace[] {
  return guarded(() => {
    const view = viewOf(bytes);
    if (view.getUint32(0) !== tag('ttcf')) return [readFace(bytes, 0)];
    const count = Math.min(view.getUint32(8), MAX_FACES);
    return Array.from({ length: count }, (_, i) => readFace(bytes, view.getUint32(12 + 4 * i)));
  });
}

const MAX_FACES = 64;
const MAX_TABLES = 128;

/** A font file of one face, tables in the order of their tags (OpenType: "Font Tables"). */
export function fontFile(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const log = Math.floor(Math.log2(sorted.length));
  const head = 12 + 16 * sorted.length;
  const file = new Uint8Array(sorted.reduce((size, [, { length }]) => size + padded(length), head));
  const view = viewOf(file);
  view.setUint32(0, tables.has('CFF ') || tables.has('CFF2') ? tag('OTTO') : 0x0001_0000);
  [sorted.length, 16 * 2 ** log, log, 16 * (sorted.length - 2 ** log)].forEach((value, i) =>
    view.setUint16(4 + 2 * i, value),
  );
  let at = head;
  for (const [i, [name, table]] of sorted.entries()) {
    file.set(table, at);
    [tag(name), checksum(file.subarray(at, at + padded(table.length))), at, table.length].forEach(
      (value, field) => view.setUint32(12 + 16 * i + 4 * field, value),
    );
    at += padded(table.length);
  }
  return file;
}

const padded = (length: number): number => (length + 3) & ~3;
function checksum(bytes: Uint8Array): number {
  const view = viewOf(bytes);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const tag = (name: string): number => Buffer.from(name, 'latin1').readUInt32BE(0);

/** Places outside of a table throw a RangeError: the file is broken, or wants to break us. */
function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new FontBroken('it is damaged', { cause: error });
    throw error;
  }
}

function readFace(bytes: Uint8Array, offset: number): FontFace {
  const view = viewOf(bytes);
  const version = view.getUint32(offset);
  if (![0x0001_0000, tag('true'), tag('OTTO')].includes(version))
    throw new FontBroken('it is no TrueType or OpenType font');
  const count = view.getUint16(offset + 4);
  if (count > MAX_TABLES) throw new FontBroken(`it has ${count} tables`);
  const tables = new Map<string, Uint8Array>();
  for (let at = offset + 12; at < offset + 12 + 16 * count; at += 16) {
    const [from, length] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (from + length > bytes.length) throw new FontBroken('it ends in the middle of a table');
    tables.set(
      Buffer.from(bytes.subarray(at, at + 4)).toString('latin1'),
      bytes.subarray(from, from + length),
    );
  }
  if (!tables.has('glyf') && !tables.has('CFF ') && !tables.has('CFF2'))
    throw new FontBroken('it has no outlines');
  const postscript = tables.has('CFF ') || tables.has('CFF2');
  const names = readNames(tables.get('name') ?? new Uint8Array(6));
  const wanted = names.filter(
    ({ id }) => id === 1 || id === (postscript ? 6 : 4) || (id === 16 && tables.has('fvar')),
  );
  const [os2, head] = [tables.get('OS/2'), tables.get('head')];
  const macStyle = head && head.length >= 46 ? viewOf(head).getUint16(44) : 0;
  const style = os2 && os2.length >= 64 ? viewOf(os2).getUint16(62) : macStyle & 1 ? 0x20 : 0;
  const bold = (style & 0x20) !== 0;
  const weightClass = os2 && os2.length >= 8 ? viewOf(os2).getUint16(4) : 0;
  const fsType = os2 && os2.length >= 10 ? viewOf(os2).getUint16(8) : 0;
  return {
    names: new Set(wanted.map(({ text }) => text.toLowerCase())),
    family:
      (names.find(({ id, english }) => id === 1 && english) ?? names.find(({ id }) => id === 1))?.text ??
      'a font without a name',
    // As FreeType and libass: nine steps of old fonts, or nothing said.
    weight: weightClass === 0 ? (bold ? 700 : 400) : weightClass < 10 ? weightClass * 100 : weightClass,
    bold,
    italic: (style & 0x01) !== 0 || (macStyle & 2) !== 0,
    restricted: (fsType & 0x000f) === 0x0002 || (fsType & 0x0300) !== 0,
    extension: postscript ? 'otf' : 'ttf',
    tables,
    has: characterMap(tables.get('cmap')),
  };
}

/** Records of the `name` table that Windows programs see, which are those that players go by. */
function readNames(table: Uint8Array): { id: number; english: boolean; text: string }[] {
  const view = viewOf(table);
  const store = view.getUint16(4);
  const names = [];
  for (let at = 6, left = view.getUint16(2); left > 0 && at + 12 <= table.length; at += 12, left--) {
    const [platform, , language, id, length, offset] = [0, 2, 4, 6, 8, 10].map((field) =>
      view.getUint16(at + field),
    );
    if (platform !== 3) continue;
    const bytes = table.subarray(store + offset!, store + offset! + length!);
    const text = new TextDecoder('utf-16be').decode(bytes).trim();
    if (text) names.push({ id: id!, english: (language! & 0x3ff) === 9, text });
  }
  return names;
}
