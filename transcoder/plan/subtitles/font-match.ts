import type { FontUse } from './ass-fonts.ts';
import type { FontFace } from './font-file.ts';

/** A face and the characters it is to keep. */
export type FaceUse<F> = { face: F; characters: Set<string> };
export type MissingGlyphs = {
  use: FontUse;
  characters: string[];
  /** False: no font of that name is there at all, in whatever look it is asked for. */
  attached: boolean;
};

type Matched = Pick<FontFace, 'names' | 'weight' | 'bold' | 'italic' | 'has'>;

/**
 * Which face draws which character, as libass chooses (ass_fontselect.c, `find_font`): among the faces of the name asked for, the
 * nearest in weight and slant that has the glyph. Faces in the order of `faces`.
 */
export function matchFonts<F extends Matched>(
  uses: readonly FontUse[],
  faces: readonly F[],
): { used: FaceUse<F>[]; missing: MissingGlyphs[] } {
  const kept = new Map<F, Set<string>>();
  const missing: MissingGlyphs[] = [];
  const absent = new Map<string, FontUse>();
  for (const use of uses) {
    const family = use.family.toLowerCase();
    const candidates = faces
      .filter(({ names }) => names.has(family))
      .sort((a, b) => distance(a, use) - distance(b, use));
    const lacking: string[] = [];
    for (const character of use.characters.keys()) {
      const face = candidates.find((candidate) => candidate.has(character));
      if (face) kept.set(face, (kept.get(face) ?? new Set()).add(character));
      else lacking.push(character);
    }
    if (candidates.length > 0 && lacking.length > 0)
      missing.push({ use, characters: lacking, attached: true });
    else if (lacking.length > 0) absent.set(family, together(absent.get(family), use));
  }
  const used = faces.flatMap((face) => {
    const characters = kept.get(face);
    return characters ? [{ face, characters }] : [];
  });
  for (const use of absent.values())
    missing.push({ use, characters: [...use.characters.keys()], attached: false });
  return { used, missing };
}

/** A family in all its looks. */
function together(known: FontUse | undefined, { family, characters }: FontUse): FontUse {
  const all = new Map(known?.characters);
  for (const [c, time] of characters) all.set(c, Math.min(time, all.get(c) ?? Infinity));
  return { family: known?.family ?? family, weight: 400, italic: false, characters: all };
}

/** libass' `font_attributes_similarity`: less is nearer. A lighter face that is not bold itself can be emboldened. */
function distance(face: Matched, { weight, italic }: FontUse): number {
  const slant = italic === face.italic ? 0 : italic ? 1 : 4;
  const own = face.weight + (weight > face.weight + 150 && !face.bold ? 120 : 0);
  return slant + Math.floor((73 * Math.abs(own - weight)) / 256);
}

const MIRRORED = ['()', '[]', '{}', '<>', '«»', '‹›', '（）', '「」', '『』', '【】', '〈〉', '《》'];

/**
 * Characters to keep in a subset, for a text: shaping may put composed for decomposed letters and the other way round, turn
 * brackets round in text from right to left, and take ready-made Arabic forms from fonts without rules for them.
 */
export function subsetText(characters: Iterable<string>): string {
  const text = [...characters].join('');
  const both = new Set(`${text}${text.normalize('NFC')}${text.normalize('NFD')} \u00A0`);
  for (const pair of MIRRORED)
    if (Array.from(pair).some((c) => both.has(c))) for (const c of pair) both.add(c);
  if (/\p{Script=Arabic}/u.test(text))
    for (let c = 0xfe70; c <= 0xfefc; c++) both.add(String.fromCharCode(c));
  return [...both].sort().join('');
}

/** A warning's words: which characters of which font, and when they are first seen. */
export function describeMissing({ use, characters, attached }: MissingGlyphs): string {
  const look = [use.weight >= 600 ? 'bold' : '', use.italic ? 'italic' : ''].filter(Boolean).join(' ');
  const font = `“${use.family}”${look ? ` (${look})` : ''}`;
  const first = [...use.characters]
    .filter(([character]) => !attached || characters.includes(character))
    .sort(([, a], [, b]) => a - b);
  const shown = first.slice(0, SHOWN).map(([c, time]) => `${c} (U+${hex(c)}) at ${clock(time)}`);
  const more = first.length > SHOWN ? ` and ${first.length - SHOWN} more` : '';
  return attached
    ? `The font ${font} has no glyph for ${shown.join(', ')}${more}. Attach a font that has them, or change the text.`
    : `The font ${font} is not attached; it is first needed at ${clock(first[0]?.[1] ?? 0)}, for ${first.length} characters. ` +
        'Attach it to the source; an MKV holds fonts beside subtitles.';
}
const SHOWN = 12;
const hex = (character: string): string =>
  character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
const clock = (time: number): string => {
  const s = Math.max(0, time);
  return `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, '0')}`;
};
