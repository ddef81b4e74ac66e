import { Again } from './backoff.ts';

/** Where a part goes: a presigned address, and the headers that are part of its signature. */
export type PartAddress = { url: string; headers: Record<string, string> };
/** Sends one part and gives the ETag that the store answered. */
export type PutPart = (
  address: PartAddress,
  part: ArrayBuffer,
  signal: AbortSignal,
  onBytes: (sent: number) => void,
) => Promise<string>;

/** A line on which nothing moves for so long is dead, though nobody said so: a laptop that slept, a network that changed. */
const STALL_MS = 60_000;

/**
 * By XMLHttpRequest: fetch() does not say how much of a body has gone out.
 * The store must expose ETag to us (CORS `ExposeHeaders`), and take the headers (`AllowHeaders`).
 * @throws Again for whatever a fresh address or a better connection can mend, a part that was damaged on its way among it; the signal's reason
 */
export const putPart: PutPart = ({ url, headers }, part, signal, onBytes) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stalled: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => {
        fail(new Again('nothing moves'));
        request.abort();
      }, STALL_MS);
    };
    const stop = () => request.abort();
    const over = () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', stop);
    };
    const fail = (error: Error) => {
      over();
      reject(error);
    };
    request.upload.onprogress = ({ loaded }) => {
      alive();
      onBytes(loaded);
    };
    request.onload = () => {
      const etag = request.getResponseHeader('etag');
      if (request.status >= 300) return fail(new Again(`${request.status} ${said(request)}`));
      if (!etag) return fail(new Again('no ETag: does the store expose it?'));
      over();
      resolve(etag);
    };
    request.onerror = () => fail(new Again('no answer'));
    request.onabort = () => fail(signal.reason as Error);
    if (signal.aborted) return reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    alive();
    request.send(part);
  });

/** The code of an S3 error document, such as `BadDigest`. */
const said = (request: XMLHttpRequest) => /<Code>(\w+)<\/Code>/.exec(request.responseText)?.[1] ?? '';
