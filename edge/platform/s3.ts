import { AwsClient } from 'aws4fetch';

/**
 * The media store, as the edge uses it: any S3-compatible service, over its REST API (ADR 0011: the AWS SDK would add
 * 84 kB gzipped to the Worker for these calls). Keys are our own and of `[A-Za-z0-9/._-]` only.
 */
export interface MediaStore {
  createMultipart(key: string): Promise<string>;
  /** A presigned address that takes one part's bytes by PUT. `seconds`: how long it is good for. */
  partUrl(
    key: string,
    multipartId: string,
    part: { number: number; sha256: string },
    seconds: number,
  ): Promise<PartAddress>;
  /** Parts that have arrived, in order; those of which it keeps no SHA-256 are left out. None where there is no such upload. */
  parts(key: string, multipartId: string): Promise<(StoredPart & { bytes: number })[]>;
  /** @throws StoreRefusal when the store finds a part missing or different */
  completeMultipart(key: string, multipartId: string, parts: readonly StoredPart[]): Promise<void>;
  /** Also fine when it is already gone. */
  abortMultipart(key: string, multipartId: string): Promise<void>;
  /** An object's size and its checksum as the store keeps it (`composite` below), null where it keeps none; null where there is no object. */
  facts(key: string): Promise<{ bytes: number; sha256: string | null } | null>;
  /**
   * An object's bytes, or what the store says of it (206, 304, 416): ranges and conditions are passed on as they are.
   * @param method `HEAD`: its headers only
   * @returns null where there is none
   */
  read(key: string, method: 'GET' | 'HEAD', asked: Headers): Promise<Response | null>;
  /** Deletes everything under a prefix that ends with a slash or a dash; how many there were. */
  clear(prefix: string): Promise<number>;
}

/** What `PUT` needs: `headers` are part of the signature, so that the store refuses other bytes than those that were declared. */
export type PartAddress = { url: string; headers: Record<string, string> };
/** `sha256`: of its bytes, base64. */
export type StoredPart = { number: number; etag: string; sha256: string };

/**
 * The checksum that S3 has of an object made of parts: the SHA-256 of their SHA-256 digests, one after the other, and how many.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html#composite-checksums
 */
export async function composite(parts: readonly Pick<StoredPart, 'sha256'>[]): Promise<string> {
  const digests = new Uint8Array(parts.length * 32);
  parts.forEach(({ sha256 }, i) => digests.set(bytesOf(sha256), i * 32));
  return `${base64(await crypto.subtle.digest('SHA-256', digests))}-${parts.length}`;
}
const bytesOf = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const base64 = (digest: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(digest)));

/** The store refused, or did not answer (`Unreachable`): `code` is S3's own, such as `InvalidPart`. */
export class StoreRefusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'StoreRefusal';
    this.code = code;
  }
}

export type StoreSettings = {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** What players say of the part they want, and of the copy they have (RFC 9110 §13.1, §14.2). */
const CONDITIONS = ['range', 'if-range', 'if-match', 'if-none-match', 'if-modified-since'];

const element = (xml: string, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
const elements = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((m) => m[1]!);
const escape = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** An ETag stands in quotes, which stores write in any of three ways. */
const unescape = (text: string) => text.replaceAll(/&(quot|#34|#x22);/g, '"');

/** DeleteObjects demands it, the other calls take it; MD5 is the one checksum that every S3-compatible service knows. */
const md5 = async (body: string) => base64(await crypto.subtle.digest('MD5', new TextEncoder().encode(body)));

export function mediaStore({
  endpoint,
  region,
  bucket,
  accessKeyId,
  secretAccessKey,
}: StoreSettings): MediaStore {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 3 });
  const address = (key: string, query: Record<string, string> = {}) => {
    const url = new URL(`${endpoint}/${bucket}/${key}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  };
  /** A missing object is null; every other refusal throws. A 200 can still carry an <Error> (CompleteMultipartUpload does that). */
  const call = async (
    method: string,
    url: URL,
    body?: string,
    headers: Record<string, string> = {},
  ): Promise<Response | null> => {
    const answer = await client
      .fetch(url, {
        method,
        headers: body === undefined ? headers : { ...headers, 'content-md5': await md5(body) },
        ...(body === undefined ? {} : { body }),
      })
      .catch((error: unknown) => {
        throw new StoreRefusal('Unreachable', `${method} ${url.pathname}: ${String(error)}`);
      });
    if (answer.ok) return answer;
    const text = await answer.text();
    if (answer.status === 404) return null;
    throw new StoreRefusal(
      element(text, 'Code') ?? String(answer.status),
      `${method} ${url.pathname}: ${answer.status} ${element(text, 'Message') ?? ''}`,
    );
  };
  const text = async (method: string, url: URL, body?: string, headers?: Record<string, string>) => {
    const answer = await call(method, url, body, headers);
    if (!answer) throw new StoreRefusal('NotFound', `${method} ${url.pathname}: there is nothing there`);
    const xml = await answer.text();
    if (xml.includes('<Error>'))
      throw new StoreRefusal(element(xml, 'Code') ?? 'Error', element(xml, 'Message') ?? xml.slice(0, 200));
    return xml;
  };

  return {
    async createMultipart(key) {
      // Parts are then taken with a SHA-256 only, and refused (`BadDigest`) where their bytes have another one.
      const checked = { 'x-amz-checksum-algorithm': 'SHA256' };
      const id = element(await text('POST', address(key, { uploads: '' }), undefined, checked), 'UploadId');
      if (!id) throw new Error('the store gave no UploadId');
      return id;
    },
    async partUrl(key, multipartId, { number, sha256 }, seconds) {
      const url = address(key, {
        partNumber: String(number),
        uploadId: multipartId,
        'X-Amz-Expires': String(seconds),
      });
      // In the query the store would not look at it: a header that is signed has to be sent.
      const headers = { 'x-amz-checksum-sha256': sha256 };
      return {
        url: (await client.sign(url, { method: 'PUT', headers, aws: { signQuery: true } })).url,
        headers,
      };
    },
    async parts(key, multipartId) {
      const found: (StoredPart & { bytes: number })[] = [];
      for (let after = '0'; ;) {
        const query = { uploadId: multipartId, 'part-number-marker': after, 'max-parts': '1000' };
        const answer = await call('GET', address(key, query));
        if (!answer) return [];
        const xml = await answer.text();
        for (const [, part = ''] of xml.matchAll(/<Part>(.*?)<\/Part>/gs)) {
          const [number, etag, sha256, bytes] = ['PartNumber', 'ETag', 'ChecksumSHA256', 'Size'].map((name) =>
            element(part, name),
          );
          if (etag && sha256)
            found.push({ number: Number(number), etag: unescape(etag), sha256, bytes: Number(bytes) });
        }
        const next = element(xml, 'NextPartNumberMarker');
        if (element(xml, 'IsTruncated') !== 'true' || !next || next === after) return found;
        after = next;
      }
    },
    async completeMultipart(key, multipartId, parts) {
      const list = parts
        .map(
          ({ number, etag, sha256 }) =>
            `<Part><PartNumber>${number}</PartNumber><ETag>${escape(etag)}</ETag><ChecksumSHA256>${sha256}</ChecksumSHA256></Part>`,
        )
        .join('');
      await text(
        'POST',
        address(key, { uploadId: multipartId }),
        `<CompleteMultipartUpload>${list}</CompleteMultipartUpload>`,
      );
    },
    async abortMultipart(key, multipartId) {
      await call('DELETE', address(key, { uploadId: multipartId }));
    },
    async facts(key) {
      const answer = await call('HEAD', address(key), undefined, { 'x-amz-checksum-mode': 'ENABLED' });
      return (
        answer && {
          bytes: Number(answer.headers.get('content-length')),
          sha256: answer.headers.get('x-amz-checksum-sha256'),
        }
      );
    },
    async read(key, method, asked) {
      const headers = new Headers();
      for (const name of CONDITIONS) {
        const value = asked.get(name);
        if (value !== null) headers.set(name, value);
      }
      const answer = await client.fetch(address(key), { method, headers }).catch((error: unknown) => {
        throw new StoreRefusal('Unreachable', `${method} ${key}: ${String(error)}`);
      });
      if (answer.ok || answer.status === 304 || answer.status === 416) return answer;
      await answer.body?.cancel(); // the store's XML is for nobody else
      if (answer.status === 404) return null;
      throw new StoreRefusal(String(answer.status), `${method} ${key}: ${answer.status}`);
    },
    async clear(prefix) {
      // `…/v1` would take `…/v10` with it.
      if (!/[/-]$/.test(prefix))
        throw new RangeError('clear takes a prefix that ends with a slash or a dash');
      let gone = 0;
      for (;;) {
        // Listing anew each round needs no token; a thousand keys is what both calls take at most.
        const keys = elements(
          await text('GET', address('', { 'list-type': '2', prefix, 'max-keys': '1000' })),
          'Key',
        );
        if (keys.length === 0) return gone;
        const list = keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('');
        await text('POST', address('', { delete: '' }), `<Delete><Quiet>true</Quiet>${list}</Delete>`);
        gone += keys.length;
      }
    },
  };
}
