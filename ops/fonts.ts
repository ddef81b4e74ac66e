import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subset from 'subset-font';

// `node ops/fonts.ts` writes web/ui/fonts/ anew from the npm packages of the two faces (SIL Open Font License): the letters of the
// languages that the site speaks, in the weights that its styles use. A third of the packages' bytes, on every first visit.
const target = fileURLToPath(new URL('../web/ui/fonts/', import.meta.url));
const require = createRequire(import.meta.url);

const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join('');
/** ASCII and Latin-1: English, Spanish, French, German, Portuguese; then what their printers use beside it. */
const LATIN = `${from(0x20, 0x7e)}${from(0xa0, 0xff)}ŒœŸŠšŽž–—‘’‚“”„•…‹›€™−←→`;
/** Long vowels of romaji. */
const MACRONS = 'ĀāĒēĪīŌōŪū';

const faces = {
  'hanken-grotesk': { wght: { min: 400, max: 600 } },
  newsreader: { wght: 400 },
} as const;

await mkdir(target, { recursive: true });
for (const [face, variationAxes] of Object.entries(faces))
  for (const [part, letters] of [
    ['latin', LATIN],
    ['latin-ext', MACRONS],
  ] as const) {
    const path = require.resolve(`@fontsource-variable/${face}/files/${face}-${part}-wght-normal.woff2`);
    const made = await subset(await readFile(path), letters, { targetFormat: 'woff2', variationAxes });
    await writeFile(join(target, `${face}-${part}.woff2`), made);
    console.log(`${face} ${part}: ${made.length} bytes`);
  }
