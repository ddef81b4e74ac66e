import { readText } from './ass-text.ts';
import type { AssScript } from './ass.ts';

/** One font that a script asks for, and the characters it sets in it. */
export type FontUse = {
  family: string;
  weight: number;
  italic: boolean;
  /** Each with the time of its first event, seconds. */
  characters: Map<string, number>;
};

/** Blanks, line ends, joiners and marks of direction: players draw nothing for them, whether the font has them or not. */
const INVISIBLE = /[\p{White_Space}\p{Cc}\p{Cf}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/u;

/** What a script's events are set in, by style, `\fn`, `\b`, `\i` and `\r`, in the order of first use. Unused styles ask for nothing. */
export function fontsUsed(script: AssScript): FontUse[] {
  const uses = new Map<string, FontUse>();
  for (const event of script.events) {
    for (const { text, font, weight, italic } of readText(event, script).runs) {
      const key = `${font.toLowerCase()}|${weight}|${italic}`;
      const use = uses.get(key) ?? { family: font, weight, italic, characters: new Map<string, number>() };
      for (const character of text) {
        if (INVISIBLE.test(character)) continue;
        const first = use.characters.get(character) ?? Infinity;
        use.characters.set(character, Math.min(first, event.start));
      }
      if (use.characters.size > 0) uses.set(key, use);
    }
  }
  return [...uses.values()];
}

const LINE = /^[!-`]+$/;

/**
 * Fonts inside the script (`[Fonts]`, `fontname:`), in its own uuencoding: four characters, each 33 and six bits, are three bytes.
 */
export function fontsInScript(text: string): Uint8Array[] {
  const fonts: string[][] = [];
  let inside = false;
  for (const line of text.split(/\r\n?|\n/)) {
    // A line of data may begin with a bracket as well; a section's name holds letters and blanks only, and is never 80 long.
    if (/^\[[A-Za-z0-9+ ]+\]\s*$/.test(line)) inside = /^\[fonts\]/i.test(line);
    else if (inside && /^fontname:/i.test(line)) fonts.push([]);
    else if (inside && LINE.test(line.trim())) fonts.at(-1)?.push(line.trim());
  }
  return fonts.map((lines) => uudecoded(lines.join(''))).filter(({ length }) => length > 0);
}

function uudecoded(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    held = ((held << 6) | (text.charCodeAt(i) - 33)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}
