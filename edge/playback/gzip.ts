const piped = async (content: Blob, through: CompressionStream | DecompressionStream) =>
  new Uint8Array(await new Response(content.stream().pipeThrough(through)).arrayBuffer());

/** A text in UTF-8 as gzip holds it (RFC 1952). */
export const gzip = (text: string): Promise<Uint8Array<ArrayBuffer>> =>
  piped(new Blob([text]), new CompressionStream('gzip'));

/** Such bytes as they were. */
export const gunzip = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  piped(new Blob([bytes]), new DecompressionStream('gzip'));
