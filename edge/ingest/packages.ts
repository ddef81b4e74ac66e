import * as v from 'valibot';
import { Package } from '../../schema/package.ts';

/** The edge's own copy of package.json in R2: playlists are built from it, wherever the media is. */
export const packageKey = (assetId: string): string => `packages/${assetId}.json`;

export async function savePackage(bucket: R2Bucket, pack: Package): Promise<void> {
  await bucket.put(packageKey(pack.assetId), JSON.stringify(pack), {
    httpMetadata: { contentType: 'application/json' },
  });
}

export async function readPackage(bucket: R2Bucket, assetId: string): Promise<Package | null> {
  const stored = await bucket.get(packageKey(assetId));
  return stored && v.parse(Package, await stored.json());
}
