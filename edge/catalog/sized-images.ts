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
import { recent } from '../platform/recent.ts';
import { imageTypes, type ImageExtension } from './image-type.ts';

const Wanted = v.object({
  file: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}\.(jpg|png|webp|avif)$/)),
  size: v.picklist(sizeFiles),
});

const sizeOf = (name: string): PictureSize =>
  name === 'share.jpg'
    ? { ...shareSize, format: 'image/jpeg' }
    : { width: Number.parseInt(name), format: 'image/avif' };

/**
 * When this isolate last began to make a size, ms UTC: within a minute it is being made, or cannot be. Each try reads the whole picture
 * and is paid for, and whoever opens a page of new titles asks for the same thirty sizes as everybody else.
 */
const begun = recent<number>(10_000);
const AGAIN_MS = 60_000;
function isFirst(key: string, { settings, now }: Pick<Platform, 'settings' | 'now'>): boolean {
  const name = `${settings.origin} ${key}`;
  const first = now() - (begun.get(name) ?? -Infinity) >= AGAIN_MS;
  if (first) begun.set(name, now());
  return first;
}

const GOOD = 'public, max-age=31536000, immutable';

/**
 * A picture in the size that a page shows it in: made when it is first asked for, kept beside the picture, and never changed.
 * Until it is made, and where it cannot be, the picture itself goes out, for a minute: it fits as well, only larger.
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
    const own = await bucket.get(`images/${file}`);
    if (!own) throw new Problem('not-found', 'There is no such picture.');
    const bytes = await own.arrayBuffer();
    const made = isFirst(key, c.var.platform) ? make(c.var.platform, key, bytes) : Promise.resolve(null);
    // Who makes a card of a link asks once, and wants this very shape; a page is better shown at once.
    const small = size === 'share.jpg' ? await made : null;
    if (!small) c.executionCtx.waitUntil(made);
    const extension = file.slice(file.indexOf('.') + 1) as ImageExtension;
    c.header('content-type', small ? sizeOf(size).format : imageTypes[extension]);
    c.header('cache-control', small ? GOOD : 'public, max-age=60');
    return c.body(small ?? bytes, 200);
  },
);

/** Makes a size and keeps it under its key; null, and a word in the log, where it cannot be made. */
async function make(
  { bucket, resize }: Pick<Platform, 'bucket' | 'resize'>,
  key: string,
  own: ArrayBuffer,
): Promise<ArrayBuffer | null> {
  try {
    const size = sizeOf(key.slice(key.lastIndexOf('/') + 1));
    const bytes = await (await resize(new Blob([own]).stream(), size)).arrayBuffer();
    await bucket.put(key, bytes);
    return bytes;
  } catch (error) {
    complain({ message: 'a picture could not be made smaller', key, error });
    return null;
  }
}
