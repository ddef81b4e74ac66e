import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import * as v from 'valibot';
import { NewUpload, PartsAnswer, Upload } from '../schema/api/ingest.ts';
import { fingerprintRanges } from '../schema/file-fingerprint.ts';
import type { Id } from '../schema/ids.ts';
import { Again, ApiProblem, ask, retrying, type Api } from './api.ts';

export type FileUpload = {
  episodeId: Id<'episode'>;
  path: string;
  /** As people should see it; the path's last part where none is given. */
  fileName?: string;
  publishWhenReady?: boolean;
  /** Told as soon as it is known: what of the file is there already. */
  onStart?: (upload: Upload) => void | Promise<void>;
  onProgress?: (sentBytes: number, bytes: number) => void;
  /** Told of each part that the store took. */
  onPut?: (number: number) => void;
  signal?: AbortSignal | undefined;
  /** Parts in flight. */
  parallel?: number;
};

/**
 * Puts one file into the system by the public API: presigned parts, straight to the store, in parallel, each retried. Called again after
 * whatever stopped it, on this machine or another, it sends only what is missing: the API knows the file by its fingerprint (ADR 0070).
 * @throws ApiProblem when the API refuses; UploadError when the file changed or the store would not take a part
 */
export async function uploadFile(
  api: Api,
  options: FileUpload,
): Promise<{ uploadId: Id<'upload'>; assetId: Id<'asset'>; jobId: Id<'job'> }> {
  await using file = await opened(options.path);
  return await send(api, options, file);
}

async function send(api: Api, options: FileUpload, file: OpenFile) {
  const { path, signal } = options;
  let upload = await begin(api, options, file);
  await options.onStart?.(upload);

  // A part that another process sent, or that the store lost, shows in the ledger: look again until nothing is missing.
  for (let round = 0; upload.state === 'open' && round < 3; round++) {
    await sendMissing(api, upload, file, options);
    await file.expectSame();
    upload = await ask(api, 'POST', `/api/uploads/${upload.id}/complete`, Upload, { signal }).catch(
      (error: unknown) => {
        const incomplete = error instanceof ApiProblem && error.problem.code === 'upload-incomplete';
        if (!incomplete || round === 2) throw error;
        return ask(api, 'GET', `/api/uploads/${upload.id}`, Upload, { signal });
      },
    );
  }
  if (!upload.assetId || !upload.jobId) throw new UploadError(`the upload of ${path} was ${upload.state}`);
  return { uploadId: upload.id, assetId: upload.assetId, jobId: upload.jobId };
}

export class UploadError extends Error {
  override name = 'UploadError';
}

type OpenFile = Awaited<ReturnType<typeof opened>>;

/** By its handle: the Blob that Node makes of a file counts its size in 32 bits. */
async function opened(path: string) {
  const handle = await open(path);
  const { size, mtimeMs } = await handle.stat();
  const changed = () => new UploadError(`${path} was changed while it was uploaded; begin again`);
  return {
    size,
    async read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
      const bytes = new Uint8Array(to - from);
      for (let at = 0; at < bytes.length;) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at);
        if (bytesRead === 0) throw changed();
        at += bytesRead;
      }
      return bytes;
    },
    async expectSame(): Promise<void> {
      const now = await handle.stat();
      if (now.size !== size || now.mtimeMs !== mtimeMs) throw changed();
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

/** Of the bytes that name a file: schema/file-fingerprint.ts. */
async function fingerprint(file: OpenFile): Promise<string> {
  const hash = createHash('sha256');
  for (const [from, to] of fingerprintRanges(file.size)) hash.update(await file.read(from, to));
  return hash.digest('hex');
}

async function begin(
  api: Api,
  { episodeId, path, fileName, publishWhenReady, signal }: FileUpload,
  file: OpenFile,
) {
  const json: v.InferInput<typeof NewUpload> = {
    episodeId,
    fileName: fileName ?? basename(path),
    bytes: file.size,
    fingerprint: await fingerprint(file),
    publishWhenReady: publishWhenReady ?? false,
  };
  return ask(api, 'POST', '/api/uploads', Upload, { json, signal });
}

type Part = { number: number; sha256: string };
type Received = Part & { etag: string };

async function sendMissing(
  api: Api,
  upload: Upload,
  file: OpenFile,
  { onProgress, onPut, signal, parallel = 4 }: FileUpload,
): Promise<void> {
  const have = new Set(upload.received);
  const queue = Array.from({ length: upload.parts }, (_, i) => i + 1).filter((n) => !have.has(n));
  const sizeOf = (n: number) => Math.min(upload.partBytes, upload.bytes - (n - 1) * upload.partBytes);
  let sent = upload.received.reduce((sum, n) => sum + sizeOf(n), 0);
  onProgress?.(sent, upload.bytes);

  // The first part that fails for good stops the others.
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const tell = (received: Received[], want: Part[]) => {
    const json = { received, want };
    return ask(api, 'POST', `/api/uploads/${upload.id}/parts`, PartsAnswer, { json, signal: either });
  };

  async function lane() {
    let arrived: Received[] = [];
    for (let n = queue.shift(); n !== undefined; n = queue.shift()) {
      const number = n;
      const start = (number - 1) * upload.partBytes;
      const part = await file.read(start, start + sizeOf(number));
      const sha256 = createHash('sha256').update(part).digest('base64');
      // Each attempt asks for a fresh address: presigned ones expire. The same call reports the part before.
      const etag = await retrying(async () => {
        const { urls } = await tell(arrived, [{ number, sha256 }]);
        arrived = [];
        return put(urls[0], part, either);
      }, either);
      onPut?.(number);
      arrived = [{ number, etag, sha256 }];
      sent += sizeOf(number);
      onProgress?.(sent, upload.bytes);
    }
    if (arrived.length) await tell(arrived, []);
  }
  await Promise.all(
    Array.from({ length: Math.min(parallel, queue.length) }, () =>
      lane().catch((error: unknown) => {
        stop.abort(error);
        throw error;
      }),
    ),
  );
}

type Address = v.InferOutput<typeof PartsAnswer>['urls'][number];

async function put(
  address: Address | undefined,
  body: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<string> {
  if (!address) throw new UploadError('the API gave no address for a part that is missing');
  const { url, headers } = address;
  const answer = await fetch(url, { method: 'PUT', body, headers, signal });
  const etag = answer.headers.get('etag');
  if (answer.ok && etag) return etag;
  const said = (await answer.text()).slice(0, 200);
  throw new Again(new UploadError(`the store answered ${answer.status} to a part: ${said || 'no ETag'}`));
}
