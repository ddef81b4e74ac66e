import { rgbaToThumbHash } from 'thumbhash';
import { isWhole, sentSize, type Rect, type Size, type View } from './crop.ts';

/** ThumbHash takes at most 100 pixels a side, and needs no more. */
const HASH_SIDE = 100;
/** As the API takes them (edge/catalog/image-type.ts). */
const TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif']);
const MAX_BYTES = 10 * 1024 * 1024;
/** Where compression begins to be seen, and the files are half as large as at 1. */
const QUALITY = 0.9;

export type Shape = { ratio: number | null; minWidth: number; maxWidth: number };
/** What a place asks of its picture. Larger than `maxWidth` nobody sees it: the widest screen at twice its pixels. */
export const shapes = {
  poster: { ratio: 2 / 3, minWidth: 800, maxWidth: 2000 },
  backdrop: { ratio: 16 / 9, minWidth: 1920, maxWidth: 3840 },
  logo: { ratio: null, minWidth: 400, maxWidth: 2000 },
} as const satisfies Record<string, Shape>;
export type Role = keyof typeof shapes;

/** The place that a picture is for, by its shape: for those that are pasted or dropped beside every place. */
export const roleFor = ({ width, height }: Size): Role => (width / height < 1 ? 'poster' : 'backdrop');

/** A picture as the browser reads it. @throws where it cannot */
export const readPicture = (file: Blob): Promise<ImageBitmap> => createImageBitmap(file);

/** What is sent: the file, its size and its placeholder. */
export type Ready = { file: Blob; facts: Size & { thumbhash: string } };

/**
 * A part of a picture, ready to be sent: the file itself where nothing of it is cut, else drawn anew as WebP (as PNG where the browser
 * cannot write that and the picture may be transparent, else as JPEG).
 * @throws where the browser gives no canvas
 */
export async function readyPicture(
  given: { file: File; bitmap: ImageBitmap },
  view: View,
  part: Rect,
  { ratio, maxWidth }: Shape,
): Promise<Ready> {
  const { file, bitmap } = given;
  const size = sentSize(part, maxWidth);
  const fits = isWhole(bitmap, view) && TYPES.has(file.type) && file.size <= MAX_BYTES;
  const thumbhash = thumbhashOf(bitmap, part);
  if (fits && part.width <= maxWidth)
    return { file, facts: { width: bitmap.width, height: bitmap.height, thumbhash } };
  const canvas = drawn(bitmap, part, size);
  return { file: await written(canvas, ratio === null), facts: { ...size, thumbhash } };
}

/** A part of a picture on a canvas of a size. */
export function drawn(bitmap: ImageBitmap, { x, y, width, height }: Rect, size: Size): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, size);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, x, y, width, height, 0, 0, size.width, size.height);
  return canvas;
}

function thumbhashOf(bitmap: ImageBitmap, part: Rect): string {
  const [width, height] = within(part.width, part.height, HASH_SIDE);
  const pixels = drawn(bitmap, part, { width, height }).getContext('2d')!.getImageData(0, 0, width, height);
  return btoa(String.fromCharCode(...rgbaToThumbHash(width, height, pixels.data)));
}

const toBlob = (canvas: HTMLCanvasElement, type: string) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, QUALITY));

async function written(canvas: HTMLCanvasElement, transparent: boolean): Promise<Blob> {
  for (const type of ['image/webp', transparent ? 'image/png' : 'image/jpeg']) {
    const blob = await toBlob(canvas, type);
    if (blob?.type === type) return blob; // a type that a browser cannot write comes as PNG (HTML §4.12.5.5)
  }
  throw new Error('the browser writes no picture');
}

/** The size within a square of `side`, aspect kept, at least a pixel each way. */
export function within(width: number, height: number, side: number): [number, number] {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}
