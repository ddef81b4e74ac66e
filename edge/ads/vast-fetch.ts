import type { DocumentProblem } from '../../schema/api/ads.ts';
import type { Platform } from '../platform/platform.ts';
import { mayFetch } from './addresses.ts';

/** A document of an ad server is a few kB; wrappers and creatives of a pod, some tens. */
const MOST_BYTES = 256_000;
/** Documents that one tag may make us fetch, whatever it wraps. */
const MOST_REQUESTS = 8;
const REDIRECTS = 3;

const inWords: Record<DocumentProblem, string> = {
  'not-allowed': 'nothing is fetched from there: it has to be an https address of the internet, by name',
  'no-answer': 'it does not answer',
  'bad-status': 'it answers with an error',
  'too-large': `it is larger than ${MOST_BYTES} bytes`,
  redirects: `it redirects more than ${REDIRECTS} times`,
  'not-xml': 'it is no XML',
  repeated: 'it wraps itself',
  'too-many': `it wraps more than ${MOST_REQUESTS - 1} documents`,
  late: 'it does not answer in time',
};

/** Why a document is not to be had. Viewers are told nothing of it. */
export class NoDocument extends Error {
  readonly code: DocumentProblem;
  constructor(code: DocumentProblem, more = '', options?: ErrorOptions) {
    super(inWords[code] + more, options);
    this.code = code;
  }
}

/**
 * Fetches the documents of one tag, as text: each address once, no more than a few, all of them until one moment. Nothing of the viewer
 * goes with it.
 * @param until ms UTC
 */
export function documents(platform: Platform, until: number): (address: string) => Promise<string> {
  const asked = new Set<string>();
  return async (address) => {
    if (asked.has(address)) throw new NoDocument('repeated');
    if (asked.size >= MOST_REQUESTS) throw new NoDocument('too-many');
    asked.add(address);
    const left = until - platform.now();
    if (left <= 0) throw new NoDocument('late');
    const signal = AbortSignal.timeout(left);
    try {
      return await textAt(address, platform, signal);
    } catch (cause) {
      if (cause instanceof NoDocument) throw cause;
      throw new NoDocument(signal.aborted ? 'late' : 'no-answer', '', { cause });
    }
  };
}

async function textAt(address: string, platform: Platform, signal: AbortSignal): Promise<string> {
  let at = address;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    if (!mayFetch(at, platform)) throw new NoDocument('not-allowed', at === address ? '' : ` (${at})`);
    const answer = await fetch(at, {
      redirect: 'manual',
      signal,
      headers: { accept: 'application/xml, text/xml' },
    });
    if (answer.ok && answer.body) return read(answer.body);
    // A body that nobody reads holds one of the six connections that an invocation has.
    await answer.body?.cancel();
    const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (next === null) throw new NoDocument('bad-status', ` (${answer.status})`);
    if (!URL.canParse(next, at)) throw new NoDocument('not-allowed');
    at = new URL(next, at).href;
  }
  throw new NoDocument('redirects');
}

async function read(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new NoDocument('too-large');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
