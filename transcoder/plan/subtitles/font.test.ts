import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subset } from '../../fonts/subset.ts';
import { makeCollection, makeFont } from '../../testing/font.ts';
import type { FontUse } from './ass-fonts.ts';
import { attachedFonts } from './attachments.ts';
import { FontBroken, fontFile, readFaces } from './font-file.ts';
import { describeMissing, matchFonts, subsetText } from './font-match.ts';
import { Probed } from '../source/facts.ts';
import * as v from 'valibot';

const use = (family: string, characters: string, { weight = 400, italic = false } = {}): FontUse => ({
  family,
  weight,
  italic,
  characters: new Map(Array.from(characters, (c, i): [string, number] => [c, 60 + i])),
});
/** Whether it can be read. Anything but a plain refusal is thrown on. */
const reads = (bytes: Uint8Array): boolean => {
  try {
    for (const face of readFaces(bytes)) for (const c of 'abc漢') face.has(c);
    return true;
  } catch (error) {
    if (error instanceof FontBroken) return false;
    throw error;
  }
};
const never = new AbortController().signal;

describe('a font file', () => {
  it('is read: names in every language, weight, slant, licence, characters of every plane', async () => {
    const localName = { language: 0x411, family: 'テスト明朝' };
    const made = {
      family: 'Test Serif',
      characters: 'Aé漢𠀀',
      localName,
      weight: 700,
      italic: true,
      fsType: 2,
    };
    const [face] = readFaces(await makeFont(made));
    expect(face).toMatchObject({
      family: 'Test Serif',
      weight: 700,
      bold: true,
      italic: true,
      restricted: true,
    });
    expect([...face!.names].sort()).toEqual(['test serif', 'test serif bold', 'テスト明朝']);
    expect(Array.from('Aé漢𠀀').every((c) => face!.has(c))).toBe(true);
    expect(Array.from('Bèかな𠀁').some((c) => face!.has(c))).toBe(false);
  });

  it('may hold several faces, each of which can stand alone', async () => {
    const fonts = [
      await makeFont({ family: 'One', characters: 'a' }),
      await makeFont({ family: 'Two', characters: 'b' }),
    ];
    const faces = readFaces(makeCollection(fonts));
    expect(faces.map(({ family }) => family)).toEqual(['One', 'Two']);
    const [alone] = readFaces(fontFile(faces[1]!.tables));
    expect([alone!.family, alone!.has('b'), alone!.has('a')]).toEqual(['Two', true, false]);
  });

  it('that is damaged is refused, never more', async () => {
    const good = await makeFont({ family: 'One', characters: 'abc' });
    expect(reads(good)).toBe(true);
    expect(reads(good.subarray(0, 600))).toBe(false);
    const spots = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(spots, fc.nat(good.length), (changes, length) => {
        const bad = Uint8Array.from(good);
        for (const [at, value] of changes) bad[at] = value;
        reads(bad.subarray(0, length));
      }),
      { numRuns: 500 },
    );
  });

  it('is cut to its characters, the same way each time, in a thread that may fail', async () => {
    const font = await makeFont({ family: 'One', characters: 'abcdef漢字' });
    const order = { font, text: subsetText('a漢') };
    const small = await subset(order, never);
    expect(await subset(order, never)).toEqual(small);
    const [face] = readFaces(small);
    expect(Array.from('ab漢字').map((c) => face!.has(c))).toEqual([true, false, true, false]);
    expect(small.length).toBeLessThan(font.length / 2);
    await expect(subset({ font: font.subarray(0, 300), text: 'a' }, never)).rejects.toBeInstanceOf(
      FontBroken,
    );
    await expect(subset(order, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});

describe('which font draws what', () => {
  const face = (name: string, characters: string, { weight = 400, bold = false, italic = false } = {}) => ({
    name,
    names: new Set(['family', name]),
    weight,
    bold,
    italic,
    has: (c: string) => characters.includes(c),
  });
  const regular = face('regular', 'abcdé');
  const bold = face('bold', 'ab', { weight: 700, bold: true });
  const slanted = face('slanted', 'ab', { italic: true });
  const chosen = (...uses: FontUse[]) =>
    matchFonts(uses, [slanted, bold, regular]).used.map(({ face, characters }) => [
      face.name,
      [...characters].join(''),
    ]);

  it('is the nearest of the family that has the glyph, as libass has it', () => {
    expect(chosen(use('FAMILY', 'ab'))).toEqual([['regular', 'ab']]);
    expect(chosen(use('Family', 'abc', { weight: 700 }))).toEqual([
      ['bold', 'ab'],
      ['regular', 'c'],
    ]);
    expect(chosen(use('family', 'a', { italic: true }), use('family', 'b'))).toEqual([
      ['slanted', 'a'],
      ['regular', 'b'],
    ]);
    expect(chosen(use('bold', 'a'))).toEqual([['bold', 'a']]);
  });

  it('names what is missing, and when it is first seen', () => {
    const { missing } = matchFonts(
      [use('family', 'a漢'), use('Elsewhere', 'xy', { weight: 700 }), use('ELSEWHERE', 'xz')],
      [regular],
    );
    expect(missing.map(describeMissing)).toEqual([
      'The font “family” has no glyph for 漢 (U+6F22) at 1:01. Attach a font that has them, or change the text.',
      'The font “Elsewhere” is not attached; it is first needed at 1:00, for 3 characters. Attach it to the source; an MKV holds fonts beside subtitles.',
    ]);
  });

  it('keeps what shaping may put in the place of a character', () => {
    expect(subsetText('é')).toContain('e\u0301'.at(1));
    expect(subsetText('e\u0301')).toContain('é');
    expect(subsetText('「')).toContain('」');
    expect(subsetText('ب')).toContain('\uFE91');
  });
});

it('attached fonts are told from other attachments, and are not taken without end', () => {
  const stream = (index: number, codec_name: string, extradata_size: number, tags = {}) => ({
    index,
    codec_type: 'attachment',
    codec_name,
    extradata_size,
    tags,
  });
  const probed = v.parse(Probed, {
    format: { format_name: 'matroska', duration: '1' },
    streams: [
      stream(2, 'ttf', 1000),
      stream(3, 'none', 1000, { MIMETYPE: 'application/vnd.ms-opentype' }),
      stream(4, 'mjpeg', 1000, { mimetype: 'image/jpeg', filename: 'cover.jpg' }),
      stream(5, 'none', 1000, { filename: 'Font.TTC' }),
      stream(6, 'ttf', 900_000_000),
      ...Array.from({ length: 300 }, (_, i) => stream(7 + i, 'otf', 100)),
    ],
  });
  const { indexes, notes } = attachedFonts(probed);
  expect(indexes.slice(0, 4)).toEqual([2, 3, 5, 7]);
  expect(indexes).toHaveLength(256);
  expect(notes).toHaveLength(1 + 300 - 253);
  expect(notes[0]).toContain('stream 6 (900000000 bytes)');
});
