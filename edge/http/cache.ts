import type { Context, MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import { base64url } from 'jose';
import { PROFILE_HEADER } from '../../schema/api/me.ts';
import { generation, knownGeneration } from '../platform/generation.ts';
import { fetched, keep, remembered, type Kept } from '../platform/kept.ts';
import type { Platform } from '../platform/platform.ts';
import { recent } from '../platform/recent.ts';
import { countryOf } from '../playback/country.ts';
import type { AppEnv } from './context.ts';
import { gzip, takesGzip } from './gzip.ts';
import { noted } from './contract.ts';
import { jsonHeaders } from './headers.ts';

type Later = (work: Promise<unknown>) => void;
type Options = {
  /** How long an answer is good where nothing of the catalogue changes, s: for what time alone changes. */
  seconds?: number;
  /** First pages that are narrowed by nothing are kept in KV as well: nearly every visit asks for them, wherever it comes from. */
  snapshot?: boolean;
  /** False: nothing in it is in a language, so it is one answer for readers of all. */
  inWords?: boolean;
};

/** A browser may show what it has for as long while it asks anew; `Vary` keeps profiles and languages apart in it. */
const SHARED = { 'cache-control': 'private, max-age=0, stale-while-revalidate=10' };
const ALONE = { 'cache-control': 'private, no-cache' };
const VARY = { vary: `Cookie, Authorization, ${PROFILE_HEADER}, Accept-Language, Accept-Encoding` };
/** How long somebody waits for an answer that another request makes, before they make their own. */
const PATIENCE_MS = 2_000;

/** Answers being made: one at a time of each. */
const making = new Map<string, { kept: Promise<Kept | null>; since: number }>();
/** What strangers asked for, word for word, and the name of its answer. Addresses may be long: they count as well. */
const asked = recent<{ name: string; bytes: number }>(4_000_000, ({ bytes }) => bytes);

/**
 * For GETs of the catalogue: an ETag, 304 to who has it (RFC 9110 §13.1.2), and answers kept for everybody who may see the same (ADR 0052).
 * What it answers must depend on nothing but the path, the query, the catalogue, the time, and what `sharedWith` says of who asks: whatever is
 * one profile's, such as the spoiler shield, is put on outside of it. It stands after `accepts('query', …)`: what of a query was not
 * validated is not looked at, so that spellings of one query are one and what nobody asked for makes nothing anew.
 */
export function cached({
  seconds = 60,
  snapshot = false,
  inWords = true,
}: Options = {}): MiddlewareHandler<AppEnv> {
  const tag = etag({ weak: true });
  const cached: MiddlewareHandler<AppEnv> = async (c, next) => {
    const outside = c.get('platform');
    const shared = outside.settings.catalogueBehindMs > 0 ? await c.var.sharedWith(inWords) : null;
    if (shared === null)
      return tag(c, async () => {
        await next();
        if (c.res.ok)
          for (const [name, value] of Object.entries({ ...ALONE, ...VARY })) c.header(name, value);
      });
    const later: Later = (work) => c.executionCtx.waitUntil(work);
    const query = queryOf(c);
    const name = JSON.stringify([c.req.path, query, shared]);
    const inKv = snapshot && query.every(([key]) => PLAIN.has(key));
    const now = outside.now();
    const current = await generation(outside, later);
    const make = async (): Promise<Kept | null> => {
      await next();
      const kept = await keptOf(c.res, current, now + seconds * 1000);
      if (kept) keep(outside, name, kept, { seconds, snapshot: inKv, later });
      return kept;
    };
    const kept = await oneAtATime({ outside, name, current, now, snapshot: inKv, later, make });
    if (!kept) return undefined; // a problem, as its handler said it
    if (isStranger(c.req.raw.headers)) {
      const words = wordForWord(c.req.raw);
      asked.set(words, { name, bytes: 2 * (words.length + name.length) });
    }
    c.res = undefined;
    c.res = answered(c.req.raw.headers, kept, headersOf(kept));
    return undefined;
  };
  return noted(cached, (contract) => {
    contract.cached = true;
  });
}

/**
 * What this isolate remembers for somebody who is not signed in, without any of what other requests go through: most of a site's visits
 * are theirs. Null: it is not there, or not good any more, and the request goes the way of all others.
 */
export function keptForStrangers(request: Request, outside: Platform, later: Later): Response | null {
  const { headers, method } = request;
  if (method !== 'GET' || outside.settings.catalogueBehindMs === 0 || !isStranger(headers)) return null;
  const known = asked.get(wordForWord(request));
  const kept = known && remembered(outside, known.name);
  if (!kept || kept.until <= outside.now() || kept.generation !== knownGeneration(outside, later))
    return null;
  kept.headers ??= new Headers({ ...jsonHeaders(outside.settings.origin), ...headersOf(kept) });
  return answered(
    headers,
    kept,
    kept.headers,
    takesGzip(request) ? packedOf(kept, kept.headers, later) : undefined,
  );
}

/** What is asked for again and again is packed once: a tenth of the bytes to write, for each that asks. */
function packedOf(kept: Kept, plain: Headers, later: Later): Kept['packed'] {
  if (kept.packed || packing.has(kept)) return kept.packed;
  packing.add(kept);
  later(
    gzip(kept.body).then((body) => {
      const headers = new Headers(plain);
      headers.set('content-encoding', 'gzip');
      kept.packed = { body, headers };
    }),
  );
  return undefined;
}
const packing = new WeakSet<Kept>();

type Wanted = {
  outside: Platform;
  name: string;
  current: number;
  now: number;
  snapshot: boolean;
  later: Later;
  make: () => Promise<Kept | null>;
};

/** Who comes while an answer is made gets what there was of this generation, however old, or waits for it. */
async function oneAtATime({
  outside,
  name,
  current,
  now,
  snapshot,
  later,
  make,
}: Wanted): Promise<Kept | null> {
  const known = remembered(outside, name);
  const ofNow = known?.generation === current ? known : null;
  if (ofNow && now < ofNow.until) return ofNow;
  const key = `${outside.settings.origin} ${current} ${name}`;
  const other = making.get(key);
  if (other && now - other.since < PATIENCE_MS) {
    const theirs = ofNow ?? (await Promise.race([other.kept, nothingFor(PATIENCE_MS)]));
    if (theirs) return theirs;
  }
  const work = (async () => {
    const found = ofNow ? null : await fetched(outside, name, current, snapshot);
    return found && now < found.until ? found : make();
  })();
  const mine = { kept: work.catch(() => null), since: now };
  making.set(key, mine);
  later(mine.kept); // whoever waits for it gets it, though its own client may have left
  try {
    return await work;
  } finally {
    if (making.get(key) === mine) making.delete(key);
  }
}

const nothingFor = (ms: number): Promise<null> =>
  new Promise((resolve) => setTimeout(() => resolve(null), ms));

const PLAIN = new Set(['limit', 'sort']);
/** A query as it was validated, in the order of its names; nothing, where a route takes none. */
function queryOf(c: Context<AppEnv>): [string, unknown][] {
  const valid: Record<string, unknown> | undefined = c.req.valid('query' as never);
  return Object.entries(valid ?? {})
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const isStranger = (headers: Headers): boolean => !headers.has('cookie') && !headers.has('authorization');

/** All that an answer to somebody who is not signed in goes by. */
const wordForWord = ({ url, headers, cf }: Request): string =>
  `${url} ${countryOf(cf)} ${headers.get('accept-language')}`;

async function keptOf(answer: Response, current: number, until: number): Promise<Kept | null> {
  const type = answer.headers.get('content-type');
  if (answer.status !== 200 || type === null || answer.headers.has('set-cookie')) return null;
  const body = new Uint8Array(await answer.clone().arrayBuffer());
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', body), 0, 16);
  // Weak: caches on the way may compress the body anew.
  return {
    generation: current,
    until,
    etag: `W/"${base64url.encode(hash)}"`,
    type,
    body,
  };
}

const headersOf = ({ type, etag: tag }: Kept): Record<string, string> => ({
  'content-type': type,
  etag: tag,
  ...SHARED,
  ...VARY,
});

function answered(
  sent: Headers,
  kept: Kept,
  headers: Headers | Record<string, string>,
  packed?: Kept['packed'],
): Response {
  const has = sent.get('if-none-match');
  if (has !== null && (has === '*' || has.includes(kept.etag.slice(2))))
    return new Response(null, { status: 304, headers });
  return packed
    ? new Response(packed.body, { headers: packed.headers, encodeBody: 'manual' })
    : new Response(kept.body, { headers });
}
