import { composite } from '../platform/s3.ts';

type Part = { etag: string; bytes: number; sha256: string };
type Multipart = { key: string; parts: Map<number, Part> };

const PART = /<PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag><ChecksumSHA256>([^<]*)<\/ChecksumSHA256>/g;

const xml = (body: string, status = 200) => new Response(`<?xml version="1.0"?>${body}`, { status });
const refusal = (status: number, code: string) => xml(`<Error><Code>${code}</Code></Error>`, status);

/** An S3 that keeps sizes instead of bytes: what the edge asks of the media store, with S3's own answers. */
export class StoreDouble {
  readonly objects = new Map<string, number>();
  /** Of objects that were put together from parts. */
  readonly checksums = new Map<string, string>();
  /** Some S3-compatible stores know nothing of checksums. */
  keepsChecksums = true;
  readonly multiparts = new Map<string, Multipart>();
  /** Those of which it has the bytes. */
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  isDown = false;
  /** A prefix that this client may not list. */
  forbidden: string | undefined;
  /** Called before an object is made of its parts: for what happens in between. */
  beforeComplete: (() => Promise<void>) | undefined;
  private readonly bucket: string;
  private made = 0;

  constructor(bucket: string) {
    this.bucket = bucket;
  }

  under = (prefix: string): string[] => [...this.objects.keys()].filter((key) => key.startsWith(prefix));

  /** PUT of a part to a presigned address; its ETag. What a part's bytes hash to is whatever was declared. */
  putPart(address: string, bytes: number, headers: Record<string, string>): string {
    const { pathname, searchParams } = new URL(address);
    const multipart = this.multiparts.get(searchParams.get('uploadId') ?? '');
    if (!searchParams.get('X-Amz-Signature') || multipart?.key !== this.key(pathname))
      throw new Error(`not a presigned part: ${address}`);
    const sha256 = headers['x-amz-checksum-sha256'];
    if (!sha256 || !searchParams.get('X-Amz-SignedHeaders')?.includes('x-amz-checksum-sha256'))
      throw new Error(`any bytes would do: ${address}`);
    const etag = `"part-${++this.made}"`;
    multipart.parts.set(Number(searchParams.get('partNumber')), { etag, bytes, sha256 });
    return etag;
  }

  async answer(request: Request): Promise<Response> {
    if (this.isDown) throw new TypeError('connection refused');
    const { pathname, searchParams } = new URL(request.url);
    const key = this.key(pathname);
    const id = searchParams.get('uploadId');
    switch (request.method) {
      case 'HEAD': {
        const bytes = this.objects.get(key);
        return bytes === undefined
          ? new Response(null, { status: 404 })
          : new Response(null, { headers: { 'content-length': String(bytes), ...this.checksum(key) } });
      }
      case 'GET': {
        if (id) return this.listParts(id);
        if (searchParams.has('prefix')) return this.list(searchParams.get('prefix') ?? '');
        const file = this.files.get(key);
        return file ? new Response(file) : refusal(404, 'NoSuchKey');
      }
      case 'DELETE':
        return this.multiparts.delete(id ?? '')
          ? new Response(null, { status: 204 })
          : refusal(404, 'NoSuchUpload');
      case 'POST':
        if (searchParams.has('uploads')) return this.begin(key);
        if (searchParams.has('delete')) return this.remove(await request.text());
        return this.complete(id ?? '', await request.text());
      default:
        return refusal(405, 'MethodNotAllowed');
    }
  }

  private key = (pathname: string) => pathname.slice(`/${this.bucket}/`.length);

  private listParts(id: string): Response {
    const multipart = this.multiparts.get(id);
    if (!multipart) return refusal(404, 'NoSuchUpload');
    const parts = [...multipart.parts].map(([number, { etag, bytes, sha256 }]) => {
      const sum = this.keepsChecksums ? `<ChecksumSHA256>${sha256}</ChecksumSHA256>` : '';
      const quoted = etag.replaceAll('"', '&quot;');
      return `<Part><PartNumber>${number}</PartNumber><ETag>${quoted}</ETag>${sum}<Size>${bytes}</Size></Part>`;
    });
    return xml(`<R>${parts.join('')}<IsTruncated>false</IsTruncated></R>`);
  }
  private checksum(key: string): Record<string, string> {
    const sha256 = this.keepsChecksums && this.checksums.get(key);
    return sha256 ? { 'x-amz-checksum-sha256': sha256 } : {};
  }
  private begin(key: string): Response {
    const id = `multipart-${++this.made}`;
    this.multiparts.set(id, { key, parts: new Map() });
    return xml(`<R><UploadId>${id}</UploadId></R>`);
  }
  private async complete(id: string, body: string): Promise<Response> {
    const multipart = this.multiparts.get(id); // whoever aborts it from here on comes too late
    await this.beforeComplete?.();
    if (!multipart) return refusal(404, 'NoSuchUpload');
    const chosen: Part[] = [];
    for (const [, number, etag, sha256] of body.matchAll(PART)) {
      const part = multipart.parts.get(Number(number));
      if (part?.etag !== etag?.replaceAll('&#34;', '"') || part?.sha256 !== sha256)
        return refusal(400, 'InvalidPart');
      chosen.push(part!);
    }
    const bytes = chosen.reduce((sum, part) => sum + part.bytes, 0);
    this.checksums.set(multipart.key, await composite(chosen));
    this.multiparts.delete(id);
    this.objects.set(multipart.key, bytes);
    return xml('<R/>');
  }
  private list(prefix: string): Response {
    if (prefix === this.forbidden) return refusal(403, 'AccessDenied');
    const keys = this.under(prefix).slice(0, 1000);
    return xml(`<R>${keys.map((key) => `<Key>${key}</Key>`).join('')}</R>`);
  }
  private remove(body: string): Response {
    for (const [, key] of body.matchAll(/<Key>([^<]*)<\/Key>/g)) this.objects.delete(key!);
    return xml('<R/>');
  }
}
