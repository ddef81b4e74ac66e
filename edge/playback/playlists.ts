import { BREAK_SECONDS } from '../../schema/api/ads.ts';
import {
  datedIFramePlaylist,
  datedPlaylist,
  iFramePlaylist,
  masterPlaylist,
  mediaPlaylist,
  type MediaAddresses,
} from '../../schema/hls.ts';
import type { Package } from '../../schema/package.ts';
import type { Cdn } from '../platform/cdn.ts';
import { readPackage, type Packages } from '../platform/packages.ts';
import type { EdgeCache } from './edge-cache.ts';
import { filesOf } from './files.ts';
import { gzip } from '../http/gzip.ts';
import { recent, type Recent } from '../platform/recent.ts';
import { select, type Terms } from './select.ts';
import { TOKEN_MS } from './token.ts';

/** Where playlists come from. */
export type Sources = {
  memory: Memory;
  cache: () => EdgeCache;
  bucket: () => Packages;
  /** Null: the Worker serves files itself, beside the playlists, so that relative addresses inherit the token. */
  cdn: Cdn | null;
};

/**
 * What an isolate remembers of what it made or fetched. A look into the location's cache is a request of its own and costs more than
 * all else about a warm playlist. Nothing in here ever becomes wrong: names hold all that it depends on.
 */
export type Memory = {
  playlists: Recent<Uint8Array<ArrayBuffer>>;
  packages: Recent<Package>;
  files: Recent<Files>;
};
type Files = { prefix: string; uris: ReadonlySet<string> };
/** Some 16 MB of the 128 that an isolate has. */
export const memory = (): Memory => ({
  playlists: recent(4_000_000, (gzip) => gzip.byteLength),
  packages: recent(16),
  files: recent(32),
});

/** One revision of an asset, as a playback token names it. */
export type AssetRevision = { assetId: string; revision: number };

/** A revision of an asset never changes once it is ready; an amendment makes the next, a replaced source another asset. */
const PACKAGE_MS = 24 * 3_600_000;

/** The package of an asset, from R2 once a day and location; null where there is none. */
export async function packageOf(
  { assetId, revision }: AssetRevision,
  { memory, cache, bucket }: Pick<Sources, 'memory' | 'cache' | 'bucket'>,
): Promise<Package | null> {
  const name = `package/${assetId}/${revision}`;
  const known = memory.packages.get(name);
  if (known) return known;
  const text = await cache().text(name, async () => {
    const pkg = await readPackage(bucket(), assetId, revision);
    return pkg && { text: JSON.stringify(pkg), forMs: PACKAGE_MS };
  });
  if (text === null) return null;
  const pkg = JSON.parse(text) as Package; // what is cached was checked on its way in
  memory.packages.set(name, pkg);
  return pkg;
}

/** The key in the media store of one file that the terms cover; null for all others, there or not: the two are not told apart. */
export async function fileKey(
  asset: AssetRevision,
  terms: Terms,
  uri: string,
  sources: Sources,
): Promise<string | null> {
  const name = `${asset.assetId}/${asset.revision}/${termsKey(terms)}`;
  let files = sources.memory.files.get(name);
  if (!files) {
    const pkg = await packageOf(asset, sources);
    const uris = pkg && filesOf(pkg, terms);
    if (!pkg || !uris) return null;
    sources.memory.files.set(name, (files = { prefix: pkg.prefix, uris }));
  }
  return files.uris.has(uri) ? files.prefix + uri : null;
}

const BUCKET_MS = 6 * 3_600_000;
const SKEW_MS = 5 * 60_000;
/** The longest that a signature is good for: made in the first moment of a bucket. */
export const SIGNATURE_MS = BUCKET_MS + TOKEN_MS + SKEW_MS;

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

/** How files are found from a playlist: `signed` addresses of the CDN, or bare ones for a player that has its cookies. */
type Opened = { cookies?: boolean };
/** Where it is interrupted for advertising; left out: nowhere, and nothing says that it might be. */
type Interrupted = { ads?: { breaks: readonly number[]; skippable: boolean } };

/**
 * One playlist, gzipped, as everybody with the same terms gets it; null where the terms do not cover the rendition, or there is no
 * such one: the two are not told apart. `master` is the multivariant playlist. Addresses within are relative, so they
 * inherit the token in the path, except those of files, where a CDN has them.
 */
export async function playlist(
  asset: AssetRevision,
  terms: Terms & Opened & Interrupted,
  rendition: string,
  now: number,
  sources: Sources,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const { cdn, memory, cache } = sources;
  const bucket = signatureBucket(now);
  const how = cdn ? (terms.cookies ? 'bare' : `signed-${cdn.keyId}`) : 'beside';
  const name = `playlist/${how}/${asset.assetId}/${asset.revision}/${termsKey(terms)}/${rendition}/${bucket.index}`;
  const known = memory.playlists.get(name);
  if (known) return known;
  const forMs = bucket.endsAt - now;
  const text = await cache().text(name, async () => {
    const pkg = await packageOf(asset, sources);
    const selection = pkg && select(pkg, terms);
    if (!selection) return null;
    if (rendition === 'master') return { text: masterPlaylist(selection, (id) => `${id}.m3u8`), forMs };
    const of = ({ id }: { id: string }) => id === rendition;
    const { video, audio, subtitles } = selection;
    const frames = selection.trick.find(of);
    const chosen = [...video, ...audio, ...subtitles].find(of);
    if (!frames && !chosen) return null;
    const signature = cdn && !terms.cookies ? await signatureOf(pkg, bucket, forMs, { cache, cdn }) : '';
    const at: MediaAddresses = {
      file: (uri) => (cdn ? cdn.file(pkg.prefix, uri, signature) : uri),
      key: pkg.keyId === null ? null : (period) => `key/${period}`,
    };
    if (terms.ads) {
      const { breaks, skippable } = terms.ads;
      const list = (n: number) => `breaks/${n}.json`;
      const interrupted = video.some(of) ? { at: breaks, skippable, longest: BREAK_SECONDS, list } : null;
      if (frames) return { text: datedIFramePlaylist(frames, at), forMs };
      return chosen ? { text: datedPlaylist(chosen, at, interrupted), forMs } : null;
    }
    if (frames) return { text: iFramePlaylist(frames, at), forMs };
    return chosen ? { text: mediaPlaylist(chosen, at), forMs } : null;
  });
  if (text === null) return null;
  const packed = await gzip(text);
  memory.playlists.set(name, packed);
  return packed;
}

/** Signing takes half a millisecond, and all renditions of an asset share one. */
export const signatureOf = async (
  { assetId, prefix }: Package,
  bucket: ReturnType<typeof signatureBucket>,
  forMs: number,
  { cache, cdn }: { cache: Sources['cache']; cdn: Cdn },
): Promise<string> => {
  const make = async () => ({ text: await cdn.sign(prefix, bucket.signedUntil), forMs });
  return (await cache().text(`signature/${cdn.keyId}/${assetId}/${bucket.index}`, make)) ?? '';
};

/** Equal for equal terms, different for different ones, and safe in an address. Breaks add to it where there are some. */
function termsKey(terms: Terms & Interrupted): string {
  let key = keysOfTerms.get(terms);
  if (key === undefined) {
    const { maxHeight, audio, subtitles, ads } = terms;
    key = encodeURIComponent(JSON.stringify([maxHeight, canonical(audio), canonical(subtitles)]));
    if (ads) key += `/${ads.skippable ? 'skippable' : 'breaks'}-${ads.breaks.join('-')}`;
    keysOfTerms.set(terms, key);
  }
  return key;
}
/** Of what a token says, which is remembered with the token. */
const keysOfTerms = new WeakMap<Terms, string>();
const canonical = (languages: readonly string[] | null) => languages && [...new Set(languages)].sort();
