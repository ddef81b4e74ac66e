import { rgbaToThumbHash } from 'thumbhash';

export type PictureFacts = { width: number; height: number; thumbhash: string };

/** ThumbHash takes at most 100 pixels a side, and needs no more. */
const HASH_SIDE = 100;

/**
 * Size and placeholder of a picture, as the browser decodes it.
 * @throws where the browser cannot read it
 */
export async function pictureFacts(file: Blob): Promise<PictureFacts> {
  const bitmap = await createImageBitmap(file);
  try {
    const { width, height } = bitmap;
    const [w, h] = within(width, height, HASH_SIDE);
    const canvas = document.createElement('canvas');
    canvas.width = w;
    canvas.height = h;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(bitmap, 0, 0, w, h);
    const hash = rgbaToThumbHash(w, h, context.getImageData(0, 0, w, h).data);
    return { width, height, thumbhash: btoa(String.fromCharCode(...hash)) };
  } finally {
    bitmap.close();
  }
}

/** The size within a square of `side`, aspect kept, at least a pixel each way. */
export function within(width: number, height: number, side: number): [number, number] {
  const scale = Math.min(1, side / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

export type Shape = { ratio: number | null; ratioName: string; minWidth: number };
export const shapes = {
  poster: { ratio: 2 / 3, ratioName: '2:3', minWidth: 800 },
  backdrop: { ratio: 16 / 9, ratioName: '16:9', minWidth: 1920 },
  logo: { ratio: null, ratioName: '', minWidth: 400 },
} as const satisfies Record<string, Shape>;

/** What will show: too few pixels, or edges that are cut off. Nothing of it keeps a picture from being used. */
export function shortcomings({ width, height }: PictureFacts, shape: Shape): ('small' | 'shape')[] {
  const off = shape.ratio === null ? 1 : width / height / shape.ratio;
  return [
    ...(width < shape.minWidth ? (['small'] as const) : []),
    ...(off < 0.95 || off > 1.05 ? (['shape'] as const) : []),
  ];
}
