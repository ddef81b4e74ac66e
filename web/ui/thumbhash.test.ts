import { rgbaToThumbHash, thumbHashToRGBA } from 'thumbhash';
import { expect, it } from 'vitest';
import { thumbhashUri } from './thumbhash.ts';

/** A picture that gets redder to the right and bluer to the bottom. */
const picture = (w: number, h: number) =>
  Uint8Array.from({ length: w * h * 4 }, (_, i) => {
    const x = ((i >> 2) % w) / w;
    const y = Math.floor((i >> 2) / w) / h;
    return [255 * x, 60, 255 * y, 255][i & 3]!;
  });
const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));
const bmpOf = (uri: string) =>
  new DataView(Uint8Array.from(atob(uri.split(',')[1]!), (c) => c.charCodeAt(0)).buffer);

it.each([
  [64, 96],
  [96, 54],
  [50, 50],
])('draws what the reference decoder draws, %i × %i', (w, h) => {
  const hash = rgbaToThumbHash(w, h, picture(w, h));
  const reference = thumbHashToRGBA(hash);
  const bmp = bmpOf(thumbhashUri(base64(hash), { width: reference.w, height: reference.h })!);
  const row = Math.ceil((reference.w * 3) / 4) * 4;
  for (let y = 0; y < reference.h; y++)
    for (let x = 0; x < reference.w; x++)
      for (let c = 0; c < 3; c++) {
        const ours = bmp.getUint8(54 + (reference.h - 1 - y) * row + x * 3 + (2 - c));
        expect(Math.abs(ours - reference.rgba[(y * reference.w + x) * 4 + c]!)).toBeLessThanOrEqual(1);
      }
});

it('stays small enough to stand in a page forty times', () => {
  const hash = base64(rgbaToThumbHash(64, 96, picture(64, 96)));
  expect(thumbhashUri(hash, { width: 8, height: 12 })!.length).toBeLessThan(500);
});

it.each(['', 'AAAA', 'not base64!'])('goes without where %j is no hash', (text) => {
  expect(thumbhashUri(text, { width: 8, height: 12 })).toBeNull();
});
