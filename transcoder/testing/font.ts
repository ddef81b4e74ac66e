import { readFile } from 'node:fs/promises';
import subsetFont from 'subset-font';
import { fontFile, readFaces } from '../plan/subtitles/font-file.ts';

export type FontMaking = {
  family: string;
  /** Which characters it has; each is drawn as a letter of the font that it is made from. */
  characters: string;
  /** In another language (Microsoft's code: 0x411 is Japanese) the family has this name as well. */
  localName?: { language: number; family: string };
  weight?: number;
  italic?: boolean;
  fsType?: number;
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const dressed = new Map<string, Promise<Uint8Array>>();

/** A real font under any name, for any characters: so that no test depends on what is installed. */
export async function makeFont({
  family,
  characters,
  localName,
  weight = 400,
  italic = false,
  fsType = 0,
}: FontMaking) {
  const file = new URL(
    '../../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2',
    import.meta.url,
  );
  const made =
    dressed.get(file.href) ??
    readFile(file).then((bytes) => subsetFont(bytes, ` ${LETTERS}`, { targetFormat: 'sfnt' }));
  dressed.set(file.href, made);
  const [face] = readFaces(await made);
  const tables = new Map(face!.tables);
  for (const variable of ['fvar', 'gvar', 'avar', 'HVAR', 'MVAR', 'STAT', 'GSUB', 'GPOS', 'GDEF'])
    tables.delete(variable);
  const codes = [...new Set(` ${characters}`)].map((c) => c.codePointAt(0)!).sort((a, b) => a - b);
  tables.set('cmap', cmap(codes));
  const full = weight >= 600 ? `${family} Bold` : family;
  tables.set(
    'name',
    nameTable([
      ...[
        [1, family],
        [2, 'Regular'],
        [4, full],
        [6, full.replaceAll(' ', '-')],
      ].map(([id, text]) => [0x409, Number(id), String(text)] as const),
      ...(localName ? ([[localName.language, 1, localName.family]] as const) : []),
    ]),
  );
  const os2 = Buffer.from(tables.get('OS/2')!);
  os2.writeUInt16BE(weight, 4);
  os2.writeUInt16BE(fsType, 8);
  os2.writeUInt16BE((weight >= 600 ? 0x20 : italic ? 0 : 0x40) | (italic ? 1 : 0), 62);
  tables.set('OS/2', os2);
  const head = Buffer.from(tables.get('head')!);
  head.writeUInt16BE((weight >= 600 ? 1 : 0) | (italic ? 2 : 0), 44);
  tables.set('head', head);
  return fontFile(tables);
}

/** Format 12: each character the glyph of some letter, never 0. */
function cmap(codes: readonly number[]): Uint8Array {
  const table = Buffer.alloc(12 + 16 + 12 * codes.length);
  [0, 1, 3, 10].forEach((value, i) => table.writeUInt16BE(value, 2 * i));
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + 12 * codes.length, 16);
  table.writeUInt32BE(codes.length, 24);
  codes.forEach((code, i) =>
    [code, code, code === 32 ? 1 : 2 + (i % 50)].forEach((value, field) =>
      table.writeUInt32BE(value, 28 + 12 * i + 4 * field),
    ),
  );
  return table;
}

function nameTable(names: readonly (readonly [language: number, id: number, text: string])[]): Uint8Array {
  const sorted = [...names].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const texts = sorted.map(([, , text]) => Buffer.from(text, 'utf16le').swap16());
  const head = Buffer.alloc(6 + 12 * sorted.length);
  [0, sorted.length, head.length].forEach((value, i) => head.writeUInt16BE(value, 2 * i));
  let offset = 0;
  for (const [i, [language, id]] of sorted.entries()) {
    [3, 1, language, id, texts[i]!.length, offset].forEach((value, field) =>
      head.writeUInt16BE(value, 6 + 12 * i + 2 * field),
    );
    offset += texts[i]!.length;
  }
  return Buffer.concat([head, ...texts]);
}

/** Several faces in one file (TTC). */
export function makeCollection(fonts: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(12 + 4 * fonts.length);
  head.write('ttcf', 'latin1');
  head.writeUInt32BE(0x0001_0000, 4);
  head.writeUInt32BE(fonts.length, 8);
  const parts: Buffer[] = [head];
  let at = head.length;
  for (const [i, font] of fonts.entries()) {
    const copy = Buffer.from(font);
    head.writeUInt32BE(at, 12 + 4 * i);
    for (let table = 12; table < 12 + 16 * copy.readUInt16BE(4); table += 16)
      copy.writeUInt32BE(copy.readUInt32BE(table + 8) + at, table + 8);
    parts.push(copy);
    at += copy.length;
  }
  return Buffer.concat(parts);
}
