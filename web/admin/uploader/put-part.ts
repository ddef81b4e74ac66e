import { Again } from './backoff.ts';

/** Sends one part to a presigned address and gives the ETag that the store answered. */
export type PutPart = (
  url: string,
  part: Blob,
  signal: AbortSignal,
  onBytes: (sent: number) => void,
) => Promise<string>;

/**
 * By XMLHttpRequest: fetch() does not say how much of a body has gone out.
 * Without any header of ours: the signature covers none. The store must expose ETag to us (CORS `ExposeHeaders`).
 * @throws Again for whatever a fresh address or a better connection can mend; the signal's reason
 */
export const putPart: PutPart = (url, part, signal, onBytes) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    const fail = (error: Error) => {
      signal.removeEventListener('abort', stop);
      reject(error);
    };
    request.upload.onprogress = ({ loaded }) => onBytes(loaded);
    request.onload = () => {
      const etag = request.getResponseHeader('etag');
      if (request.status >= 300) return fail(new Again(`${request.status} ${said(request)}`));
      if (!etag) return fail(new Again('no ETag: does the store expose it?'));
      signal.removeEventListener('abort', stop);
      resolve(etag);
    };
    request.onerror = () => fail(new Again('no answer'));
    request.ontimeout = () => fail(new Again('no answer in time'));
    request.onabort = () => fail(signal.reason as Error);
    if (signal.aborted) return reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    request.open('PUT', url);
    request.send(part);
  });

/** The code of an S3 error document, such as `SignatureDoesNotMatch`. */
const said = (request: XMLHttpRequest) => /<Code>(\w+)<\/Code>/.exec(request.responseText)?.[1] ?? '';
