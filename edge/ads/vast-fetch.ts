import type { Platform } from '../platform/platform.ts';
import { mayFetch } from './addresses.ts';

/** A document of an ad server is a few kB; wrappers and creatives of a pod, some tens. */
const MOST_BYTES = 256_000;
/** Documents that one tag may make us fetch, whatever it wraps. */
const MOST_REQUESTS = 8;
const REDIRECTS = 3;

/** Why a document is not to be had. Its message goes no further than the log. */
export class NoDocument extends Error {}

/**
 * Fetches the documents of one tag, as text: each address once, no more than a few, all of them until one moment. Nothing of the viewer
 * goes with it.
 * @param until ms UTC
 */
export function documents(platform: Platform, until: number): (address: string) => Promise<string> {
  const asked = new Set<string>();
  return async (address) => {
    if (asked.has(address)) throw new NoDocument('it wraps itself');
    if (asked.size >= MOST_REQUESTS) throw new NoDocument('it wraps too much');
    asked.add(address);
    const left = until - platform.now();
    if (left <= 0) throw new NoDocument('there is no time left');
    try {
      return await textAt(address, platform, AbortSignal.timeout(left));
    } catch (error) {
      throw error instanceof NoDocument ? error : new NoDocument(`it does not answer: ${String(error)}`);
    }
  };
}

async function textAt(address: string, platform: Platform, signal: AbortSignal): Promise<string> {
  let at = address;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    if (!mayFetch(at, platform)) throw new NoDocument('nothing is fetched from there');
    const answer = await fetch(at, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/xml, text/xml' },
    });
    const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (next === null) {
      if (!answer.ok || !answer.body) throw new NoDocument(`it answers ${answer.status}`);
      return read(answer.body);
    }
    await answer.body?.cancel();
    at = new URL(next, at).href;
  }
  throw new NoDocument('it redirects for ever');
}

async function read(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new NoDocument(`it is larger than ${MOST_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
