const piped = async (content: Blob, through: CompressionStream | DecompressionStream) =>
  new Uint8Array(await new Response(content.stream().pipeThrough(through)).arrayBuffer());

/** Bytes, or a text in UTF-8, as gzip holds them (RFC 1952). */
export const gzip = (content: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  piped(new Blob([content]), new CompressionStream('gzip'));

/** Such bytes as they were. */
export const gunzip = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  piped(new Blob([bytes]), new DecompressionStream('gzip'));

/**
 * Whether an answer may travel as gzip (RFC 9110 §12.5.3; `q=0`: it may not). Cloudflare rewrites Accept-Encoding on the way in; `cf` has
 * the client's own. What is kept packed goes out with `encodeBody: 'manual'`; else the runtime encodes a body whose header says so.
 */
export function takesGzip({ cf, headers }: Request): boolean {
  const { clientAcceptEncoding: theirs }: Partial<IncomingRequestCfProperties> = cf ?? {};
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(theirs ?? headers.get('accept-encoding') ?? '');
}
