import type { Typeset, Warning } from '../../schema/media-facts.ts';
import { subset } from '../fonts/subset.ts';
import { fontsUsed } from '../plan/subtitles/ass-fonts.ts';
import { shiftedAss } from '../plan/subtitles/ass-shift.ts';
import { parseAss } from '../plan/subtitles/ass.ts';
import { FontBroken, fontFile, readFaces, type FontFace } from '../plan/subtitles/font-file.ts';
import {
  describeMissing,
  matchFonts,
  subsetText,
  type FaceUse,
  type MissingGlyphs,
} from '../plan/subtitles/font-match.ts';
import type { SubtitleText } from './subtitle-source.ts';
import type { TaskRun } from './task.ts';
import { IMMUTABLE, type Draft } from './write.ts';

type Result = { drafts: Draft[]; typeset: Typeset; warnings: Warning[]; notes: string[] };

/** The script as players of ASS get it, with the fonts it uses, each cut to the characters that it draws (ADR 0032). */
export async function typesetFiles(
  run: TaskRun<'subtitles'>,
  { text, fonts }: Pick<SubtitleText, 'text' | 'fonts'>,
  { shift, duration }: { shift: number; duration: number },
): Promise<Result> {
  const { rendition } = run.spec;
  const shifted = shiftedAss(text, shift, duration);
  const notes: string[] = [];
  const { used, missing } = matchFonts(fontsUsed(parseAss(shifted)), facesOf(fonts, notes));
  const drafts = [draft(`${rendition}/typeset.ass`, Buffer.from(shifted), 'text/x-ssa; charset=utf-8')];
  const kept: Typeset['fonts'] = [];
  for (const [i, use] of used.entries()) {
    run.report(0.5 + (0.4 * i) / used.length, `font ${i + 1} of ${used.length}`);
    const { face } = use;
    if (face.restricted)
      notes.push(
        `The font “${face.family}” says that its licence forbids to embed it or to cut it. Check that you may use it.`,
      );
    const content = await cut(use, run.signal, notes);
    const uri = `${rendition}/fonts/${i}.${face.extension}`;
    drafts.push(draft(uri, content, `font/${face.extension}`));
    kept.push({ uri, bytes: content.length, family: face.family });
  }
  return {
    drafts,
    typeset: { uri: drafts[0]!.key, bytes: drafts[0]!.content.length, fonts: kept },
    warnings: described(missing).map((detail) => ({
      code: 'glyphs-missing',
      detail: detail.slice(0, 2000),
      blocks: true,
      rendition,
    })),
    notes,
  };
}

/** More fonts than anybody would read of, one after another, are counted. */
const MOST_WARNINGS = 20;
const described = (missing: readonly MissingGlyphs[]): string[] => [
  ...missing.slice(0, MOST_WARNINGS).map(describeMissing),
  ...(missing.length > MOST_WARNINGS
    ? [`${missing.length - MOST_WARNINGS} more fonts lack glyphs, or are not attached.`]
    : []),
];

const draft = (key: string, content: Uint8Array, type: string): Draft => ({
  key,
  content,
  type,
  cache: IMMUTABLE,
});

/** A font that cannot be read is one that is not there; what it should have drawn is then missing. */
function facesOf(fonts: readonly Uint8Array[], notes: string[]): FontFace[] {
  return fonts.flatMap((bytes, i) => {
    try {
      return readFaces(bytes);
    } catch (error) {
      if (!(error instanceof FontBroken)) throw error;
      notes.push(`Attached font ${i + 1} cannot be used: ${error.message}.`);
      return [];
    }
  });
}

/**
 * The face's own names are put back: HarfBuzz keeps the English ones only, and scripts ask for fonts in their maker's language.
 * A face that cannot be cut, or lost a character by it, is kept whole.
 */
async function cut(
  { face, characters }: FaceUse<FontFace>,
  signal: AbortSignal,
  notes: string[],
): Promise<Uint8Array> {
  const whole = fontFile(face.tables);
  try {
    const small = await subset({ font: whole, text: subsetText(characters) }, signal);
    const [made] = readFaces(small);
    const name = face.tables.get('name');
    if (made && [...characters].every((character) => made.has(character)))
      return fontFile(new Map([...made.tables, ...(name ? [['name', name] as const] : [])]));
    notes.push(`The font “${face.family}” lost characters when it was cut to those used; it is kept whole.`);
  } catch (error) {
    if (!(error instanceof FontBroken)) throw error;
    notes.push(`The font “${face.family}” is kept whole: ${error.message}.`);
  }
  return whole;
}
