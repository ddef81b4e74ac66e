import { base64url } from 'jose';
import * as v from 'valibot';
import { complain } from './log.ts';
import { ANSWER, KeptSnapshot } from './kv.ts';
import type { Platform } from './platform.ts';
import { recent } from './recent.ts';

/** An answer that may be given to everybody who asks the same and may see the same. */
export type Kept = {
  /** The catalogue's, when it was made. */
  generation: number;
  /** How long it is good at the longest, ms UTC: it may show what time alone changes. */
  until: number;
  etag: string;
  type: string;
  body: Uint8Array<ArrayBuffer>;
  /** All that it is answered with, made when it is first wanted. */
  headers?: Headers;
  /** The same as gzip, made when it is first wanted. */
  packed?: { body: Uint8Array<ArrayBuffer>; headers: Headers };
};
type Later = (work: Promise<unknown>) => void;

/** Of the 128 MB that an isolate has. */
const MEMORY_BYTES = 16_000_000;
/** What an entry takes beside its bytes, about; as gzip it is a quarter once more, at the most. */
const ENTRY_BYTES = 1_000;
const memory = recent<Kept>(MEMORY_BYTES, ({ body }) => 1.25 * body.byteLength + ENTRY_BYTES);

/** The name of an answer, as this isolate remembers it: whose origin, what was asked, and by whom (ADR 0052). */
const named = ({ settings }: Platform, name: string) => `${settings.origin} ${name}`;

/** What this isolate remembers of it, of whichever generation. */
export const remembered = (platform: Platform, name: string): Kept | undefined =>
  memory.get(named(platform, name));

export const remember = (platform: Platform, name: string, kept: Kept): void =>
  memory.set(named(platform, name), kept);

/**
 * The answer of this generation from further away: the cache of this location, then, for what nearly every visit asks for, KV. What is
 * found is remembered. An answer of another generation is not an answer.
 * @param snapshot whether KV may have it
 */
export async function fetched(
  platform: Platform,
  name: string,
  generation: number,
  snapshot: boolean,
): Promise<Kept | null> {
  const found =
    (await fromLocation(platform, name, generation)) ??
    (snapshot ? await fromSnapshot(platform, name, generation) : null);
  if (found && platform.now() < found.until) remember(platform, name, found);
  return found;
}

/** How much longer than elsewhere an answer is good in KV: what time alone changes of first pages is the trend, reckoned hourly. */
const SNAPSHOT_MS = 3_600_000;

/**
 * Keeps an answer here at once, and further away afterwards. In KV only if it is another than what stood here: it is made anew every
 * minute in every location, and writing is what KV is paid for.
 */
export function keep(
  platform: Platform,
  name: string,
  kept: Kept,
  { seconds, snapshot, later }: { seconds: number; snapshot: boolean; later: Later },
): void {
  const was = remembered(platform, name);
  remember(platform, name, kept);
  const { generation, until, etag, type, body } = kept;
  const headers = {
    'cache-control': `public, max-age=${seconds}`,
    'content-type': type,
    etag,
    'x-until': String(until),
  };
  const copy = new Response(body.slice(), { headers });
  later(platform.edgeCache.put(addressOf(platform, name, generation), copy).catch(complained));
  if (!snapshot || (was?.generation === generation && was.etag === etag)) return;
  const text = new TextDecoder().decode(body);
  const value: v.InferOutput<typeof KeptSnapshot> = {
    generation,
    until: until + SNAPSHOT_MS,
    etag,
    type,
    text,
  };
  later(
    snapshotKey(platform, name)
      .then((key) => platform.kv.put(key, JSON.stringify(value), { expirationTtl: ANSWER.seconds }))
      .catch(complained),
  );
}

/** A cache that fails costs time, never an answer. */
const complained = (error: unknown): null => {
  complain({ event: 'cache failed', error });
  return null;
};

/** Generation and deployment are part of the name, so that nothing in the location's cache ever becomes wrong. */
const addressOf = ({ settings }: Platform, name: string, generation: number): string =>
  `${settings.origin}/.edge-cache/${settings.version}/answers/${generation}/${encodeURIComponent(name)}`;

async function fromLocation(platform: Platform, name: string, generation: number): Promise<Kept | null> {
  const hit = await platform.edgeCache.match(addressOf(platform, name, generation)).catch(complained);
  if (!hit) return null;
  const { headers } = hit;
  return {
    generation,
    until: Number(headers.get('x-until')),
    etag: headers.get('etag') ?? '',
    type: headers.get('content-type') ?? '',
    body: new Uint8Array(await hit.arrayBuffer()),
  };
}

async function fromSnapshot(platform: Platform, name: string, generation: number): Promise<Kept | null> {
  const stored = await platform.kv.get(await snapshotKey(platform, name), 'json').catch(complained);
  const snapshot = v.safeParse(KeptSnapshot, stored);
  if (!snapshot.success || snapshot.output.generation !== generation) return null;
  const { text, ...rest } = snapshot.output;
  return { ...rest, body: new TextEncoder().encode(text).slice() };
}

/** Keys of KV hold 512 bytes. A deployment reads what it wrote itself: an older one may have written another shape. */
async function snapshotKey({ settings }: Platform, name: string): Promise<string> {
  const text = new TextEncoder().encode(`${settings.version} ${name}`);
  const hash = await crypto.subtle.digest('SHA-256', text);
  return ANSWER.prefix + base64url.encode(new Uint8Array(hash));
}
