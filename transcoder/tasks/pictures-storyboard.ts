import { writeFile } from 'node:fs/promises';
import type { Pictures } from '../../schema/media-facts.ts';
import { shrink, type Look } from '../plan/pictures/look.ts';
import { durationOf, tileShrink, type Size } from '../plan/pictures/looks-args.ts';
import type { ImageType } from '../plan/pictures/quality.ts';
import { encodeCommand, extensions } from '../plan/pictures/still-args.ts';
import {
  chooseTiles,
  spriteGrids,
  storyboardVtt,
  tileAt,
  TILES_PER_SPRITE,
} from '../plan/pictures/storyboard.ts';
import { withPixels } from './pictures-looks.ts';
import type { Studio } from './pictures-studio.ts';

/** Tiles are seen for a moment at a time, small: less than a still needs. */
const QUALITY = { 'image/webp': 60, 'image/jpeg': 6 };
const PIXELS_FILE = 'sprite.rgb';

/** Sprites of small pictures, put together here since their pixels are here already, and the track that says which is when. */
export async function makeStoryboard(
  studio: Studio,
  looks: readonly Look[],
  types: ReadonlySet<ImageType>,
): Promise<Pictures['storyboard']> {
  const duration = durationOf(studio.run.spec.plan);
  const tiles = chooseTiles(
    looks.map(({ time }) => time),
    duration,
  );
  const type = types.has('image/webp') ? 'image/webp' : 'image/jpeg';
  const name = (sprite: number) => `sprite-${sprite}.${extensions[type]}`;
  const sprites: { uri: string; bytes: number }[] = [];
  let size: Size = { width: 0, height: 0 };
  for (const [sprite, { tiles: count, columns, rows }] of spriteGrids(tiles.length).entries()) {
    const own = tiles.slice(sprite * TILES_PER_SPRITE, sprite * TILES_PER_SPRITE + count);
    const canvas = await withPixels(studio, async (pixelsOf) => {
      let sheet = new Uint8Array();
      for (const [i, index] of own.entries()) {
        const look = await pixelsOf(index);
        const { width, height, rgb } = shrink(look, tileShrink(look));
        size = { width, height };
        if (i === 0) sheet = new Uint8Array(columns * width * rows * height * 3);
        const { x, y } = tileAt(i);
        for (let row = 0; row < height; row++) {
          const line = rgb.subarray(row * width * 3, (row + 1) * width * 3);
          sheet.set(line, ((y * height + row) * columns * width + x * width) * 3);
        }
      }
      return sheet;
    });
    await writeFile(studio.path(PIXELS_FILE), canvas);
    const whole = { width: columns * size.width, height: rows * size.height };
    const file = name(sprite);
    await studio.ffmpeg(
      encodeCommand([{ pixels: PIXELS_FILE, size: whole, type, quality: QUALITY[type], target: file }]),
    );
    sprites.push(studio.add(file, await studio.take(file), type));
  }
  const times = tiles.map((index) => looks[index]!.time);
  const vtt = storyboardVtt(times, { duration, ...size, sprite: name });
  const { uri } = studio.add('storyboard.vtt', Buffer.from(vtt), 'text/vtt; charset=utf-8');
  return { uri, ...size, tiles: tiles.length, sprites };
}
