import { and, eq } from 'drizzle-orm';
import { episodes } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Still } from '../../schema/media-facts.ts';
import type { Package } from '../../schema/package.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import { keepImage } from './images.ts';

/** Pixels: as wide as cards show it on a dense screen. */
const WIDE = 640;

/** The size of a still that cards need, in its smallest format: AVIF where there is one. */
export function cardPicture({ sizes }: Still) {
  const [size] = sizes.toSorted((a, b) => Math.abs(a.width - WIDE) - Math.abs(b.width - WIDE));
  const [file] = size?.files ?? [];
  return size && file ? { width: size.width, height: size.height, uri: file.uri } : null;
}

/**
 * Copies the best still of a published asset from the media store to the catalogue's bucket, and shows it with the episode, as long as
 * that is the asset that viewers get. Once the publish is done: a failure is told in the log and stops nothing; the episode keeps the
 * still it had. May be repeated: the same picture has the same address.
 */
export async function keepStill(
  { db, media, bucket }: Pick<Platform, 'db' | 'media' | 'bucket'>,
  { id: assetId, episodeId }: { id: Id<'asset'>; episodeId: Id<'episode'> },
  pack: Package,
): Promise<void> {
  const [best] = pack.pictures?.stills ?? [];
  const picture = best && cardPicture(best);
  if (!picture) return;
  const { uri, ...size } = picture;
  try {
    const file = await media.read(pack.prefix + uri, 'GET', new Headers());
    if (!file) throw new Error('the media store does not have it');
    const key = await keepImage(bucket, new Uint8Array(await file.arrayBuffer()));
    await db
      .update(episodes)
      .set({ still: { key, ...size, thumbhash: best.thumbhash } })
      .where(and(eq(episodes.id, episodeId), eq(episodes.assetId, assetId)));
  } catch (error) {
    complain({ event: 'still not kept', episodeId, assetId, uri, error });
  }
}
