import { iFramePlaylist, masterPlaylist, mediaPlaylist, type MediaAddresses } from '../../schema/hls.ts';
import type { Package } from '../../schema/package.ts';
import type { Cdn } from '../platform/cdn.ts';
import { readPackage, type Packages } from '../platform/packages.ts';
import type { EdgeCache } from './edge-cache.ts';
import { select, type Terms } from './select.ts';
import { TOKEN_MS } from './token.ts';

/** Where playlists come from. */
export type Sources = {
  cache: EdgeCache;
  bucket: Packages;
  cdn: Cdn;
};

/** One revision of an asset, as a playback token names it. */
export type AssetRevision = { assetId: string; revision: number };

/** A revision of an asset never changes once it is ready; an amendment makes the next, a replaced source another asset. */
const PACKAGE_MS = 24 * 3_600_000;

/** The package of an asset, from R2 once a day and location; null where there is none. */
export async function packageOf(
  { assetId, revision }: AssetRevision,
  { cache, bucket }: Sources,
): Promise<Package | null> {
  const text = await cache.text(`package/${assetId}/${revision}`, async () => {
    const pkg = await readPackage(bucket, assetId, revision);
    return pkg && { text: JSON.stringify(pkg), forMs: PACKAGE_MS };
  });
  return text === null ? null : (JSON.parse(text) as Package); // what is cached was checked on its way in
}

const BUCKET_MS = 6 * 3_600_000;
const SKEW_MS = 5 * 60_000;

/**
 * The time bucket that a moment falls in, and how long its signature is good for. A playlist is fetched once and used
 * as long as its token lives, up to TOKEN_MS from now, and now can be the bucket's last moment: so the signature is good
 * until TOKEN_MS after the bucket's end, and some more for clocks that differ. Pausing never outlasts it (ADR 0018).
 */
export function signatureBucket(now: number): { index: number; endsAt: number; signedUntil: number } {
  const index = Math.floor(now / BUCKET_MS);
  const endsAt = (index + 1) * BUCKET_MS;
  return { index, endsAt, signedUntil: endsAt + TOKEN_MS + SKEW_MS };
}

/**
 * One playlist as everybody with the same terms gets it; null where the terms do not cover the rendition, or there is no
 * such one: the two are not told apart. `master` is the multivariant playlist. Addresses within are relative, so they
 * inherit the token in the path, except those of files, which are the CDN's.
 */
export function playlist(
  asset: AssetRevision,
  terms: Terms,
  rendition: string,
  now: number,
  sources: Sources,
): Promise<string | null> {
  const bucket = signatureBucket(now);
  const forMs = bucket.endsAt - now;
  return sources.cache.text(
    `playlist/${asset.assetId}/${asset.revision}/${termsKey(terms)}/${rendition}/${bucket.index}`,
    async () => {
      const pkg = await packageOf(asset, sources);
      const selection = pkg && select(pkg, terms);
      if (!selection) return null;
      if (rendition === 'master') return { text: masterPlaylist(selection, (id) => `${id}.m3u8`), forMs };
      const of = ({ id }: { id: string }) => id === rendition;
      const { video, audio, subtitles } = selection;
      const frames = selection.trick.find(of);
      const chosen = [...video, ...audio, ...subtitles].find(of);
      if (!frames && !chosen) return null;
      const signature = await signatureOf(pkg, bucket, forMs, sources);
      const at: MediaAddresses = {
        file: (uri) => sources.cdn.file(pkg.prefix, uri, signature),
        key: pkg.keyId === null ? null : (period) => `key/${period}`,
      };
      if (frames) return { text: iFramePlaylist(frames, at), forMs };
      return chosen ? { text: mediaPlaylist(chosen, at), forMs } : null;
    },
  );
}

/** Signing takes half a millisecond, and all renditions of an asset share one. */
const signatureOf = async (
  { assetId, prefix }: Package,
  bucket: ReturnType<typeof signatureBucket>,
  forMs: number,
  { cache, cdn }: Sources,
): Promise<string> => {
  const make = () => Promise.resolve({ text: cdn.sign(prefix, bucket.signedUntil), forMs });
  return (await cache.text(`signature/${assetId}/${bucket.index}`, make)) ?? '';
};

/** Equal for equal terms, different for different ones, and safe in an address. */
const termsKey = ({ maxHeight, audio, subtitles }: Terms): string =>
  encodeURIComponent(JSON.stringify([maxHeight, canonical(audio), canonical(subtitles)]));
const canonical = (languages: readonly string[] | null) => languages && [...new Set(languages)].sort();
