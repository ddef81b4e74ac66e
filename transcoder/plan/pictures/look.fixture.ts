import type { Pixels } from './look.ts';

const WIDTH = 96;
const HEIGHT = 54;

/** A made-up drawn picture: flat shapes with hard edges on a sky, another one for each number; 0: plain grey. */
export function drawn(seed: number): Pixels {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3);
  let state = seed * 2_654_435_761;
  const random = () =>
    (state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0) / 2 ** 32;
  const paint = (x0: number, y0: number, w: number, h: number, colour: readonly number[]) => {
    for (let y = y0; y < Math.min(HEIGHT, y0 + h); y++)
      for (let x = x0; x < Math.min(WIDTH, x0 + w); x++) rgb.set(colour, (y * WIDTH + x) * 3);
  };
  for (let y = 0; y < HEIGHT; y++)
    paint(0, y, WIDTH, 1, seed === 0 ? [128, 128, 128] : [90 + y, 140 + y, 230 - y]);
  const shapes = seed === 0 ? 0 : 24;
  for (let i = 0; i < shapes; i++) {
    const place = [Math.floor(random() * WIDTH), Math.floor(random() * HEIGHT)] as const;
    const size = [4 + Math.floor(random() * 30), 4 + Math.floor(random() * 20)] as const;
    paint(...place, ...size, [random() * 255, random() * 255, random() * 255].map(Math.floor));
  }
  return { width: WIDTH, height: HEIGHT, rgb };
}

/** `share` of the way from one picture to another. */
export const mixed = (a: Pixels, b: Pixels, share: number): Pixels => ({
  ...a,
  rgb: a.rgb.map((value, i) => Math.round(value + (b.rgb[i]! - value) * share)),
});

/** Out of focus: each pixel the mean of a box of so many around it. */
export function smoothed({ width, height, rgb }: Pixels, radius: number): Pixels {
  const out = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        let count = 0;
        for (let v = Math.max(0, y - radius); v <= Math.min(height - 1, y + radius); v++)
          for (let u = Math.max(0, x - radius); u <= Math.min(width - 1, x + radius); u++) {
            sum += rgb[(v * width + u) * 3 + channel]!;
            count++;
          }
        out[(y * width + x) * 3 + channel] = Math.round(sum / count);
      }
  return { width, height, rgb: out };
}
