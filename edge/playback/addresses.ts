import type { Package } from '../../schema/package.ts';
import { signatureBucket, signatureOf, type Sources } from './playlists.ts';

/** Where a play is answered from, and the token that it goes by. */
export type At = { origin: string; token: string; now: number; sources: Sources };

/**
 * Absolute addresses of a play's own files, by `uri` of its package: signed ones of the CDN, or below the play's token where the Worker
 * delivers. Signed for players with cookies too: pictures and workers fetch without credentials. They hold as long as those in playlists.
 */
export async function addressesOf(
  pkg: Package,
  { origin, token, now, sources: { cdn, cache } }: At,
): Promise<(uri: string) => string> {
  if (!cdn) return (uri) => `${origin}/hls/${token}/${uri}`;
  const bucket = signatureBucket(now);
  const signature = await signatureOf(pkg, bucket, bucket.endsAt - now, { cache, cdn });
  return (uri) => cdn.file(pkg.prefix, uri, signature);
}
