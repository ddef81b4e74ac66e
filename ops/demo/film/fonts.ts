import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import subsetFont from 'subset-font';

/** The faces that the English subtitles are set in: open fonts (OFL) that the site has anyway, each pinned to one weight and size. */
export const faces = {
  dialogue: {
    family: 'Hanken Grotesk',
    file: '@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2',
    axes: { wght: 700 },
  },
  sign: {
    family: 'Newsreader 16pt',
    file: '@fontsource-variable/newsreader/files/newsreader-latin-standard-italic.woff2',
    axes: { wght: 500, opsz: 16 },
  },
} as const;

/** Latin-1 and the quotation marks and dashes of English: what a studio would attach, not only what this film needs. */
const latin = Array.from({ length: 0xff - 0x20 }, (_, i) => String.fromCodePoint(0x20 + i));
const characters = `${latin.join('')}–—‘’“”…`;

/** A face as a TrueType file, to be attached to the film. */
export async function fontFile({ file, axes }: (typeof faces)[keyof typeof faces]): Promise<Uint8Array> {
  const woff2 = await readFile(createRequire(import.meta.url).resolve(file));
  return subsetFont(woff2, characters, { targetFormat: 'sfnt', variationAxes: axes });
}
