import { Hono } from 'hono';
import * as v from 'valibot';
import { readBody } from '../http/body.ts';
import type { AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow } from '../http/guards.ts';
import { Problem } from '../http/problem.ts';
import { imageExtension, imageTypes, MAX_IMAGE_BYTES, type ImageExtension } from './image-type.ts';

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');

/**
 * Keeps a picture in R2, under the hash of its bytes: the same file is kept once, and what stands at an address never changes.
 * @returns its key, `images/{sha256}.{extension}`
 * @throws Problem `unsupported-media`
 */
export async function keepImage(bucket: R2Bucket, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const extension = imageExtension(bytes);
  if (!extension)
    throw new Problem('unsupported-media', 'The file is not a JPEG, PNG, WebP or AVIF picture.');
  const key = `images/${hex(await crypto.subtle.digest('SHA-256', bytes))}.${extension}`;
  await bucket.put(key, bytes);
  return key;
}

/**
 * Keeps the picture in a request's body.
 * @throws Problem `unsupported-media` or `too-large`
 */
export const storeImage = async (bucket: R2Bucket, request: Request): Promise<string> =>
  keepImage(bucket, await readBody(request, MAX_IMAGE_BYTES));

const FileName = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}\.(jpg|png|webp|avif)$/));

export const images = new Hono<AppEnv>().get(
  '/images/:file',
  allow('anyone'),
  accepts('param', v.object({ file: FileName })),
  returns('A picture of the catalogue; it never changes', { 200: null, 304: null }),
  async (c) => {
    const { file } = c.req.valid('param');
    // R2 judges If-None-Match itself, and then answers without a body.
    const found = await c.var.platform.bucket.get(`images/${file}`, { onlyIf: c.req.raw.headers });
    if (!found) throw new Problem('not-found', 'There is no such picture.');
    const extension = file.slice(file.indexOf('.') + 1) as ImageExtension;
    c.header('etag', found.httpEtag);
    c.header('cache-control', 'public, max-age=31536000, immutable');
    c.header('cross-origin-resource-policy', 'cross-origin'); // cards of links, readers of feeds
    if (!('body' in found)) return c.body(null, 304);
    c.header('content-type', imageTypes[extension]);
    c.header('content-length', String(found.size));
    return c.body(found.body, 200);
  },
);
