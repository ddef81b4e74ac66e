import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StoreError } from './errors.ts';

/** Bytes on disk: one uploaded part, or a whole small object. */
export type Piece = { file: string; bytes: number; md5: string; /** base64 */ sha256: string };

/** Writes a request's body to a new file; whoever calls puts the piece into the ledger. */
export async function receive(request: IncomingMessage, folder: string): Promise<Piece> {
  const file = randomUUID();
  const path = join(folder, file);
  const md5 = createHash('md5');
  const sha256 = createHash('sha256');
  let bytes = 0;
  const declared = String(request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD');
  const content = declared.startsWith('STREAMING-') ? unchunked(request) : request;
  try {
    await pipeline(
      content,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          md5.update(chunk);
          sha256.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      },
      createWriteStream(path),
    );
    const sum = sha256.digest();
    if (/^[0-9a-f]{64}$/.test(declared) && sum.toString('hex') !== declared)
      throw new StoreError('XAmzContentSHA256Mismatch');
    const checksum = request.headers['x-amz-checksum-sha256'];
    if (checksum && checksum !== sum.toString('base64')) throw new StoreError('BadDigest');
    const digest = md5.digest();
    const wanted = request.headers['content-md5'];
    if (wanted && wanted !== digest.toString('base64')) throw new StoreError('BadDigest');
    return { file, bytes, md5: digest.toString('hex'), sha256: sum.toString('base64') };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

/**
 * `aws-chunked` (SigV4 streaming): `size-hex[;chunk-signature=…]\r\n` bytes `\r\n`, a chunk of size 0, then trailers.
 * The request's own signature was checked; signatures of single chunks are not, for the store listens on this machine only.
 */
export async function* unchunked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let left = 0; // bytes still to come of the chunk at hand
  let ended = false;
  for await (const data of source) {
    if (ended) continue; // trailers
    rest = rest.length ? Buffer.concat([rest, data]) : data;
    for (;;) {
      if (left > 0) {
        if (rest.length === 0) break;
        const taken = rest.subarray(0, left);
        rest = rest.subarray(taken.length);
        left -= taken.length;
        yield taken;
        continue;
      }
      // Between chunks stands the CRLF that closed the last one.
      if (rest.length === 1 && rest[0] === 13) break;
      const from = rest[0] === 13 && rest[1] === 10 ? 2 : 0;
      const end = rest.indexOf('\r\n', from);
      if (end < 0) break;
      left = Number.parseInt(rest.toString('latin1', from, end), 16);
      if (Number.isNaN(left)) throw new StoreError('IncompleteBody');
      rest = rest.subarray(end + 2);
      if (left === 0) {
        ended = true;
        break;
      }
    }
  }
  if (!ended) throw new StoreError('IncompleteBody');
}

/** `[from, to]`, both inclusive, over an object that lies in several files. */
export async function* read(
  folder: string,
  pieces: Pick<Piece, 'file' | 'bytes'>[],
  from: number,
  to: number,
) {
  let at = 0;
  for (const { file, bytes } of pieces) {
    const start = Math.max(0, from - at);
    const end = Math.min(bytes - 1, to - at);
    if (start <= end) yield* createReadStream(join(folder, file), { start, end });
    at += bytes;
  }
}

/**
 * RFC 9110 §14.1.2, one range. `null`: no range asked, or one that may be ignored.
 * @throws StoreError InvalidRange where nothing of it exists
 */
export function range(header: string | undefined, bytes: number): [from: number, to: number] | null {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!asked || (asked[1] === '' && asked[2] === '')) return null;
  const from = asked[1] === '' ? Math.max(0, bytes - Number(asked[2])) : Number(asked[1]);
  const to = asked[1] === '' || asked[2] === '' ? bytes - 1 : Math.min(bytes - 1, Number(asked[2]));
  if (from > to) throw new StoreError('InvalidRange');
  return [from, to];
}
