import { Problem } from '../http/problem.ts';
import { StoreRefusal, type MediaStore } from '../platform/s3.ts';
import { complain } from '../platform/log.ts';

/** A name is given to other bytes never: whoever has them may keep them. */
const KEPT = 'max-age=31536000, immutable';
/** What players are told of a file; everything else is the store's business. */
const TOLD = ['content-type', 'content-length', 'content-range', 'etag', 'last-modified'];

export type MediaFiles = {
  store: Pick<MediaStore, 'read'>;
  cache: Cache;
  /** Our own origin: the cache's names are addresses, under a path that no route has. */
  origin: string;
  later: (work: Promise<unknown>) => void;
  /** Of every answer. */
  headers: Readonly<Record<string, string>>;
};

/**
 * One file of the media store through the cache of this location, with ranges, conditions and HEAD (RFC 9110 §9.3.2, §13, §14). Whether
 * it may be had is settled before. A whole file is kept as it passes; a part of one that is not kept comes from the store.
 * @throws Problem `not-found`, or `unavailable` where the store does not answer
 */
export async function mediaFile(
  key: string,
  request: Request,
  { store, cache, origin, later, headers }: MediaFiles,
): Promise<Response> {
  const name = `${origin}/.edge-cache/media/${key}`;
  const asked = conditions(request.headers);
  // The cache answers ranges and conditions by itself; it takes GET only.
  const hit = await cache.match(new Request(name, { headers: asked }));
  if (hit) return told(hit, request.method, headers);
  const answer = await store
    .read(key, request.method === 'HEAD' ? 'HEAD' : 'GET', asked)
    .catch((error: unknown) => {
      if (!(error instanceof StoreRefusal)) throw error;
      complain({ event: 'media store', key, error: error.message });
      throw new Problem('unavailable', 'The media store does not answer. Try again in a moment.');
    });
  if (!answer) throw new Problem('not-found', 'There is no such file.');
  if (request.method === 'HEAD' || answer.status !== 200 || !answer.body)
    return told(answer, request.method, headers);
  const [mine, theirs] = answer.body.tee();
  const copy = new Response(mine, { headers: pick(answer.headers, TOLD) });
  copy.headers.set('cache-control', `public, ${KEPT}`);
  later(cache.put(name, copy));
  return told(new Response(theirs, answer), request.method, headers);
}

/** What a player says of the part it wants, and of the copy it has. Everything from the first byte on is no part (FFmpeg says so). */
const conditions = (headers: Headers): Headers => {
  const kept = pick(headers, ['range', 'if-range', 'if-none-match', 'if-modified-since']);
  if (kept.get('range') === 'bytes=0-') kept.delete('range'); // which a server may leave unheard (RFC 9110 §14.2)
  return kept;
};

const pick = (headers: Headers, names: readonly string[]): Headers => {
  const kept = new Headers();
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
};

/** For this player alone: the address holds its token. */
function told(answer: Response, method: string, all: Readonly<Record<string, string>>): Response {
  const headers = pick(answer.headers, TOLD);
  for (const [name, value] of Object.entries(all)) headers.set(name, value);
  headers.set('accept-ranges', 'bytes');
  headers.set('access-control-expose-headers', 'Content-Length, Content-Range, Accept-Ranges, ETag');
  headers.set('cache-control', answer.status < 400 ? `private, ${KEPT}` : 'no-store');
  const bare = method === 'HEAD' || answer.status === 304 || answer.status === 416;
  return new Response(bare ? null : answer.body, { status: answer.status, headers });
}
