import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { range, read, receive } from './body.ts';
import { StoreError } from './errors.ts';
import { ALGORITHM, CHECKSUM, type Ledger, type ObjectHeaders } from './ledger.ts';
import { blocks, field, xml, type Element } from './xml.ts';

export type Call = {
  request: IncomingMessage;
  response: ServerResponse;
  key: string;
  query: URLSearchParams;
  ledger: Ledger;
  blobs: string;
  bucket: string;
};

export const sendXml = (response: ServerResponse, status: number, root: Element, bare = false) => {
  const text = xml(root);
  response.writeHead(status, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(text),
  });
  response.end(bare ? undefined : text);
};

/** One signed request to the bucket. */
export async function dispatch(call: Call): Promise<void> {
  const { request, response, key, query } = call;
  if (request.headers['x-amz-copy-source']) throw new StoreError('NotImplemented', 'copying objects');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const uploadId = query.get('uploadId');
  if (key === '') {
    if (method === 'GET' && query.has('list-type')) return list(call);
    if (method === 'POST' && query.has('delete')) return deleteMany(call);
    if (method === 'GET' || method === 'PUT') return void response.writeHead(200).end(); // the bucket is there
  } else if (method === 'GET') return uploadId ? listParts(call, uploadId) : get(call);
  else if (method === 'PUT') return uploadId ? putPart(call, uploadId) : put(call);
  else if (method === 'POST' && query.has('uploads')) return begin(call);
  else if (method === 'POST' && uploadId) return complete(call, uploadId);
  else if (method === 'DELETE') {
    await forget(call, uploadId ? call.ledger.abort(uploadId, key) : call.ledger.delete(key));
    return void response.writeHead(204).end();
  }
  throw new StoreError('MethodNotAllowed');
}

const forget = ({ blobs }: Call, files: string[]) =>
  Promise.all(files.map((file) => rm(join(blobs, file), { force: true })));
const text = async (request: IncomingMessage) =>
  Buffer.concat((await request.toArray()) as Buffer[]).toString('utf8');

const KEPT =
  /^(content-type|cache-control|content-disposition|content-encoding|content-language|x-amz-meta-.+|x-amz-checksum-algorithm)$/;
const keptHeaders = (request: IncomingMessage): ObjectHeaders =>
  Object.fromEntries(
    Object.entries(request.headers)
      .filter(([name]) => KEPT.test(name))
      .map(([name, value]) => [name, String(value).replace(/^aws-chunked,? */, '')] as const)
      .filter(([, value]) => value !== ''),
  );

async function put(call: Call) {
  const piece = await receive(call.request, call.blobs);
  await forget(call, call.ledger.put(call.key, piece, keptHeaders(call.request), Date.now()));
  call.response.writeHead(200, { etag: `"${piece.md5}"` }).end();
}

async function get({ request, response, key, ledger, blobs }: Call) {
  const object = ledger.get(key);
  if (!object) throw new StoreError('NoSuchKey');
  const { bytes, etag, modified, pieces } = object;
  const { [ALGORITHM]: _, [CHECKSUM]: checksum, ...headers } = object.headers;
  const asked = request.headers['x-amz-checksum-mode'] === 'ENABLED';
  const shared = {
    ...headers,
    ...(asked && checksum ? { [CHECKSUM]: checksum } : {}),
    etag,
    'last-modified': new Date(modified).toUTCString(),
    'accept-ranges': 'bytes',
  };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, shared).end();
    return;
  }
  const part = range(request.headers.range, bytes);
  const [from, to] = part ?? [0, bytes - 1];
  response.writeHead(part ? 206 : 200, {
    'content-type': 'application/octet-stream',
    ...shared,
    'content-length': to - from + 1,
    ...(part ? { 'content-range': `bytes ${from}-${to}/${bytes}` } : {}),
  });
  if (request.method === 'HEAD') response.end();
  else await pipeline(Readable.from(read(blobs, pieces, from, to)), response);
}

function list({ response, query, ledger, bucket }: Call) {
  const prefix = query.get('prefix') ?? '';
  const limit = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  if (query.get('delimiter')) throw new StoreError('NotImplemented', 'lists with a delimiter');
  const found = ledger.list(prefix, after, limit + 1);
  const page = found.slice(0, limit);
  const more = found.length > limit;
  sendXml(response, 200, [
    'ListBucketResult',
    [
      ['Name', bucket],
      ['Prefix', prefix],
      ['KeyCount', page.length],
      ['MaxKeys', limit],
      ['IsTruncated', more],
      ...(more ? [['NextContinuationToken', page.at(-1)!.key] satisfies Element] : []),
      ...page.map(({ key, bytes, etag, modified }): Element => [
        'Contents',
        [
          ['Key', key],
          ['LastModified', new Date(modified).toISOString()],
          ['ETag', etag],
          ['Size', bytes],
        ],
      ]),
    ],
  ]);
}

async function deleteMany(call: Call) {
  const body = await text(call.request);
  const keys = blocks(body, 'Object').map((block) => field(block, 'Key') ?? '');
  for (const key of keys) await forget(call, call.ledger.delete(key));
  sendXml(call.response, 200, ['DeleteResult', keys.map((key): Element => ['Deleted', [['Key', key]]])]);
}

function begin({ request, response, key, ledger, bucket }: Call) {
  const id = randomUUID();
  ledger.begin(id, key, keptHeaders(request));
  request.resume();
  sendXml(response, 200, [
    'InitiateMultipartUploadResult',
    [
      ['Bucket', bucket],
      ['Key', key],
      ['UploadId', id],
    ],
  ]);
}

async function putPart(call: Call, uploadId: string) {
  const checked = call.ledger.headers(uploadId, call.key)[ALGORITHM] === 'SHA256';
  if (checked && !call.request.headers[CHECKSUM])
    throw new StoreError('InvalidRequest', `parts of this upload need ${CHECKSUM}`);
  const number = Number(call.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw new StoreError('InvalidArgument', 'partNumber');
  const piece = await receive(call.request, call.blobs);
  try {
    await forget(call, call.ledger.part(uploadId, call.key, number, piece));
  } catch (error) {
    await forget(call, [piece.file]);
    throw error;
  }
  call.response.writeHead(200, { etag: `"${piece.md5}"` }).end();
}

function listParts({ response, key, query, ledger }: Call, uploadId: string) {
  const after = Number(query.get('part-number-marker') ?? 0);
  const limit = Math.min(1000, Number(query.get('max-parts') ?? 1000));
  const checked = ledger.headers(uploadId, key)[ALGORITHM] === 'SHA256';
  const found = ledger.parts(uploadId, after, limit + 1);
  const page = found.slice(0, limit);
  sendXml(response, 200, [
    'ListPartsResult',
    [
      ['UploadId', uploadId],
      ['NextPartNumberMarker', page.at(-1)?.number ?? 0],
      ['IsTruncated', found.length > limit],
      ...page.map(({ number, bytes, md5, sha256 }): Element => [
        'Part',
        [
          ['PartNumber', number],
          ['ETag', `"${md5}"`],
          ['Size', bytes],
          ...(checked ? [['ChecksumSHA256', sha256] satisfies Element] : []),
        ],
      ]),
    ],
  ]);
}

async function complete(call: Call, uploadId: string) {
  const body = await text(call.request);
  const parts = blocks(body, 'Part').map((block) => ({
    number: Number(field(block, 'PartNumber')),
    etag: field(block, 'ETag') ?? '',
    sha256: field(block, 'ChecksumSHA256'),
  }));
  if (parts.length === 0) throw new StoreError('MalformedXML', 'no part is named');
  const { etag, dropped } = call.ledger.complete(uploadId, call.key, parts, Date.now());
  await forget(call, dropped);
  sendXml(call.response, 200, [
    'CompleteMultipartUploadResult',
    [
      ['Bucket', call.bucket],
      ['Key', call.key],
      ['ETag', etag],
    ],
  ]);
}
