import { mkdir, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { StoreError } from './errors.ts';
import { openLedger } from './ledger.ts';
import { dispatch, sendXml } from './operations.ts';
import { refusal, type Keys } from './signature.ts';
import type { Element } from './xml.ts';

export type StoreOptions = { port: number; folder: string; bucket: string; keys: Keys };

/**
 * The part of S3's REST API that a media store needs, on this machine: signed requests (SigV4, header or presigned),
 * objects with ranges, multipart uploads, lists, CORS for uploads from the browser. Keys never become paths.
 */
export async function startStore({
  port,
  folder,
  bucket,
  keys,
}: StoreOptions): Promise<{ stop(): Promise<void> }> {
  const blobs = join(folder, 'blobs');
  await mkdir(blobs, { recursive: true });
  const ledger = openLedger(join(folder, 'ledger.sqlite'));
  const known = ledger.files();
  const stray = (await readdir(blobs)).filter((file) => !known.has(file)); // written when the power went
  await Promise.all(stray.map((file) => rm(join(blobs, file), { force: true })));

  const server = createServer((request, response) => {
    cors(request, response);
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else answer(request, response).catch((error: unknown) => refuse(request, response, error));
  });
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const refused = refusal(
      { method: request.method!, url: request.url!, headers: request.headers },
      keys,
      Date.now(),
    );
    if (refused) throw new StoreError(refused);
    const [path = '/', search = ''] = request.url!.split('?', 2);
    const [, name, ...rest] = path.split('/').map(decodeURIComponent);
    if (name !== bucket) throw new StoreError('NoSuchBucket');
    const query = new URLSearchParams(search);
    await dispatch({ request, response, key: rest.join('/'), query, ledger, blobs, bucket });
  }
  server.requestTimeout = 0; // an upload takes as long as its line is slow
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, '127.0.0.1', resolve),
  );
  return {
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      ledger.close();
    },
  };
}

/** S3 keeps CORS rules per bucket; the one of this bucket: any site may send parts and read their ETag. */
function cors(request: IncomingMessage, response: ServerResponse) {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'ETag, Content-Length, Content-Range, Accept-Ranges');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, HEAD, PUT');
  response.setHeader(
    'access-control-allow-headers',
    request.headers['access-control-request-headers'] ?? '*',
  );
  response.setHeader('access-control-max-age', '3000');
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown) {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const known = error instanceof StoreError ? error : new StoreError('InternalError', String(error));
  request.resume(); // a body that nobody reads would hold the connection
  const detail: Element[] = [
    ['Code', known.code],
    ['Message', known.message],
  ];
  sendXml(response, known.status, ['Error', detail], request.method === 'HEAD');
}
