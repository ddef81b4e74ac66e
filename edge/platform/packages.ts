import * as v from 'valibot';
import { Package } from '../../schema/package.ts';

/**
 * The edge's own copy of package.json in R2: playlists are built from it, wherever the media is. Each amendment of an asset makes
 * another revision; the older ones stay, since playback tokens name the one they were made for.
 */
export const packageKey = (assetId: string, revision: number): string =>
  `packages/${assetId}/${revision}.json`;

/** Keeps a package; saving the same one again changes nothing. */
export async function savePackage(bucket: R2Bucket, pack: Package): Promise<void> {
  await bucket.put(packageKey(pack.assetId, pack.revision), JSON.stringify(pack), {
    httpMetadata: { contentType: 'application/json' },
  });
}

/** R2, as far as reading a package needs it. */
export type Packages = { get(key: string): Promise<{ json(): Promise<unknown> } | null> };

/** One revision of an asset's package, checked; null where there is none. */
export async function readPackage(
  bucket: Packages,
  assetId: string,
  revision: number,
): Promise<Package | null> {
  const stored = await bucket.get(packageKey(assetId, revision));
  return stored && v.parse(Package, await stored.json());
}

/** The package that an asset has now. @throws where there is none: every verified asset has one */
export async function presentPackage(
  bucket: Packages,
  { id, revision }: { id: string; revision: number },
): Promise<Package> {
  const pack = await readPackage(bucket, id, revision);
  if (!pack) throw new Error(`revision ${revision} of the package of ${id} is not there`);
  return pack;
}
