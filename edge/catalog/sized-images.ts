import { Hono } from 'hono';
import * as v from 'valibot';
import { shareSize, sizeFiles } from '../../schema/image-sizes.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { complain } from '../platform/log.ts';
import type { PictureSize } from '../platform/pictures.ts';
import type { Platform } from '../platform/platform.ts';
import { imageTypes, type ImageExtension } from './image-type.ts';

const Wanted = v.object({
  file: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}\.(jpg|png|webp|avif)$/)),
  size: v.picklist(sizeFiles),
});

const sizeOf = (name: string): PictureSize =>
  name === 'share.jpg'
    ? { ...shareSize, format: 'image/jpeg' }
    : { width: Number.parseInt(name), format: 'image/avif' };

const GOOD = 'public, max-age=31536000, immutable';

/**
 * A picture in the size that a page shows it in: made when it is first asked for, kept beside the picture, and never changed.
 * Where it cannot be made, the picture itself goes out, for a while: it fits as well, only larger.
 */
export const sizedImages = new Hono<AppEnv>().get(
  '/images/:file/:size',
  allow('anyone'),
  accepts('param', Wanted),
  returns('A picture of the catalogue in one of a few sizes; it never changes', { 200: null, 304: null }),
  async (c) => {
    const { file, size } = c.req.valid('param');
    const { bucket } = c.var.platform;
    const key = `images/${file}/${size}`;
    // R2 judges If-None-Match itself, and then answers without a body.
    const kept = await bucket.get(key, { onlyIf: c.req.raw.headers });
    c.header('cross-origin-resource-policy', 'cross-origin'); // cards of links, readers of feeds
    if (kept) {
      c.header('etag', kept.httpEtag);
      c.header('cache-control', GOOD);
      if (!('body' in kept)) return c.body(null, 304);
      c.header('content-type', sizeOf(size).format);
      return c.body(kept.body, 200);
    }
    const { bytes, type, good } = await make(c.var.platform, file, size);
    c.header('content-type', type);
    c.header('cache-control', good ? GOOD : 'public, max-age=300');
    return c.body(bytes, 200);
  },
);

/** @throws Problem `not-found` where the picture itself is not there */
async function make(
  { bucket, resize }: Pick<Platform, 'bucket' | 'resize'>,
  file: string,
  size: string,
): Promise<{ bytes: ArrayBuffer; type: string; good: boolean }> {
  const found = await bucket.get(`images/${file}`);
  if (!found) throw new Problem('not-found', 'There is no such picture.');
  const own = await found.arrayBuffer();
  const wanted = sizeOf(size);
  try {
    const bytes = await (await resize(new Blob([own]).stream(), wanted)).arrayBuffer();
    await bucket.put(`images/${file}/${size}`, bytes);
    return { bytes, type: wanted.format, good: true };
  } catch (error) {
    complain({ message: 'a picture could not be made smaller', file, size, error });
    const extension = file.slice(file.indexOf('.') + 1) as ImageExtension;
    return { bytes: own, type: imageTypes[extension], good: false };
  }
}
