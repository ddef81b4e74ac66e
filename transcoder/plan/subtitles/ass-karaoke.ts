/** A piece of text at a place, in per cent of the picture. `row` tells lines of a song apart that are on screen together. */
export type Syllable = { start: number; end: number; text: string; x: number; row: string };
export type SungLine = { start: number; end: number; text: string };

/** Closer than this, per cent of the width, is the same place: a syllable's own layers and stages. */
const NEAR = 2;

/**
 * Scripts that animate songs ("fx" lines) set each syllable as an event of its own, several times over. Read together they are the
 * line that is sung: syllables of one row, from left to right, without a gap in time.
 * @param syllables by start
 * @param gap seconds that count as none
 */
export function sungLines(syllables: readonly Syllable[], gap: number): SungLine[] {
  const lines: Syllable[][] = [];
  const open = new Map<string, Syllable[]>();
  const byPlace = syllables.toSorted((a, b) => a.start - b.start || a.x - b.x);
  for (const syllable of byPlace) {
    const line = open.get(syllable.row);
    const isOpen = line !== undefined && syllable.start <= Math.max(...line.map(({ end }) => end)) + gap;
    const again =
      isOpen && line.find(({ x, text }) => text === syllable.text && Math.abs(x - syllable.x) <= NEAR);
    if (again) again.end = Math.max(again.end, syllable.end);
    else if (isOpen && syllable.x > line.at(-1)!.x && line.length < MOST) line.push({ ...syllable });
    else {
      const begun = [{ ...syllable }];
      lines.push(begun);
      open.set(syllable.row, begun);
    }
  }
  return lines.map((line) => ({
    start: Math.min(...line.map(({ start }) => start)),
    end: Math.max(...line.map(({ end }) => end)),
    text: joined(line.map(({ text }) => text)),
  }));
}

/** Syllables of a line that nobody sings in one breath. */
const MOST = 100;

/** Blanks that the syllables bring; where none does and the script writes with blanks, one between any two. */
function joined(texts: readonly string[]): string {
  const text = texts.join('');
  const spaced =
    /\s/.test(text.trim()) || /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
  return (spaced ? text : texts.join(' ')).replaceAll(/\s+/g, ' ').trim();
}
