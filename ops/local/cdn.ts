import { AwsClient } from 'aws4fetch';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refusal, trustedKey, type TrustedKey } from './cloudfront.ts';

export type CdnOptions = {
  port: number;
  storeEndpoint: string;
  bucket: string;
  /** The store's own: like CloudFront with origin access control, the CDN signs what it asks of the store. */
  keys: { accessKeyId: string; secretAccessKey: string };
  /** The key group: PEM by id, of either half; asked at each request, so that a key can join and leave. */
  trusted: () => Readonly<Record<string, string>>;
  /** The site whose players may bring cookies along; unset: any site's player, without. */
  cookiesFrom?: string;
};

export type LocalCdn = {
  stop(): Promise<void>;
  /** How many requests were let through and how many were not, preflights left out. */
  requests(): { served: number; refused: number };
};

/**
 * Stands in for CloudFront on this machine: verifies real signed URLs with the public key, and refuses the rest with 403
 * before it has looked at the store, so that nobody learns what is there. Serves what is under `hls/` and nothing else.
 */
export async function startCdn(options: CdnOptions): Promise<LocalCdn> {
  const { port, storeEndpoint, bucket, keys, trusted, cookiesFrom } = options;
  let group = { of: {}, keys: [] as TrustedKey[] };
  const trustedNow = (): readonly TrustedKey[] => {
    const of = trusted();
    if (of !== group.of) group = { of, keys: Object.entries(of).map(([id, pem]) => trustedKey(id, pem)) };
    return group.keys;
  };
  const store = new AwsClient({ ...keys, service: 's3', region: 'us-east-1', retries: 0 });
  const count = { served: 0, refused: 0 };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    cors(response, cookiesFrom);
    if (request.method === 'OPTIONS') {
      response.writeHead(204).end();
      return;
    }
    const refused = whyNot(request);
    if (refused) {
      count.refused += 1;
      problem(response, 403, 'Forbidden', refused);
      return;
    }
    count.served += 1;
    const path = request.url!.split('?', 1)[0]!;
    const found = await store.fetch(`${storeEndpoint}/${bucket}${path}`, {
      method: request.method!,
      headers: pick(request.headers, ASKED),
    });
    if (!found.ok && found.status !== 304) {
      await found.body?.cancel(); // the store's XML is not for viewers
      if (found.status === 404) problem(response, 404, 'Not Found', 'There is no such file.');
      else if (found.status === 416)
        problem(response, 416, 'Range Not Satisfiable', 'The file ends before that.');
      else problem(response, 502, 'Bad Gateway', `The store answered ${found.status}.`);
      return;
    }
    response.writeHead(found.status, pick(Object.fromEntries(found.headers), TOLD));
    if (found.body && request.method === 'GET')
      await pipeline(Readable.fromWeb(found.body as never), response);
    else response.end();
  }

  function whyNot({ method, url = '', headers, socket }: IncomingMessage): string | null {
    if (method !== 'GET' && method !== 'HEAD') return 'Only GET and HEAD are served.';
    if (!OURS.test(url.split('?', 1)[0]!)) return 'Only files of the media library are served.';
    const ip = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const asked = { url: `http://${headers.host ?? ''}${url}`, ip, cookies: headers.cookie };
    return refusal(asked, trustedNow(), Date.now());
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // Either the store is away, or the viewer went: then there is nobody to tell.
      if (response.headersSent || response.destroyed) response.destroy();
      else problem(response, 502, 'Bad Gateway', `The store does not answer: ${String(error)}`);
    });
  });
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return {
    requests: () => ({ ...count }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Keys are of these characters only, and no part begins with a dot: nothing to decode, nothing to climb with. */
const OURS = /^\/hls(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;
const ASKED = ['range', 'if-range', 'if-none-match', 'if-modified-since'];
const TOLD = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
  'etag',
  'last-modified',
  'cache-control',
];

const pick = (headers: Record<string, unknown>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [])),
  );

/**
 * The response-headers policy of the media distribution: any site's player may read any range. Cookies come along only where one site
 * is named (Fetch §3.3.5: no `*` with credentials).
 */
function cors(response: ServerResponse, cookiesFrom: string | undefined): void {
  response.setHeader('access-control-allow-origin', cookiesFrom ?? '*');
  if (cookiesFrom) response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', 'GET, HEAD, OPTIONS');
  response.setHeader('access-control-allow-headers', 'Range, If-Range, If-None-Match, If-Modified-Since');
  response.setHeader('access-control-expose-headers', 'Content-Length, Content-Range, Accept-Ranges, ETag');
  response.setHeader('access-control-max-age', '86400');
  response.setHeader('timing-allow-origin', '*');
}

/** RFC 9457; `about:blank` says that the status is all there is to it (§4.2.1). */
function problem(response: ServerResponse, status: number, title: string, detail: string): void {
  response.writeHead(status, { 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  response.end(JSON.stringify({ type: 'about:blank', title, status, detail }));
}
