import { createHash } from 'node:crypto';

/**
 * What the edge finds in workerd and not in Node: MD5 in WebCrypto, which S3's DeleteObjects asks for. Everything else of the
 * ingest slice runs as it is.
 */
export function likeWorkerd(): void {
  const { subtle } = globalThis.crypto;
  const digest = subtle.digest.bind(subtle);
  subtle.digest = async (algorithm, data) => {
    if (algorithm !== 'MD5') return digest(algorithm, data);
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
      : new Uint8Array(data);
    return new Uint8Array(createHash('md5').update(bytes).digest()).buffer;
  };
}
