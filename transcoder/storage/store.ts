import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** The media store, as the transcoder uses it. */
export interface MediaStore {
  put(
    key: string,
    bytes: Uint8Array,
    how: { type: string; cache: string; signal: AbortSignal },
  ): Promise<void>;
  /** @throws ObjectMissing */
  get(key: string, how: { signal: AbortSignal; firstBytes?: number }): Promise<Uint8Array>;
  /** Bytes of an object, or null where there is none. */
  size(key: string, how: { signal: AbortSignal }): Promise<number | null>;
  /** Keys under a prefix, in order; a page of the store's at a time. */
  list(prefix: string, how: { signal: AbortSignal }): AsyncIterable<string[]>;
  /** What is not there is no failure. At most 1000 keys at a time. */
  remove(keys: readonly string[], how: { signal: AbortSignal }): Promise<void>;
  /** A presigned address to GET an object, with ranges, for so many seconds. */
  address(key: string, seconds: number): Promise<string>;
}

/** The store could not be reached or would not do it: worth another try. */
export class StoreFailure extends Error {
  override name = 'StoreFailure';
}
export class ObjectMissing extends Error {
  override name = 'ObjectMissing';
}

export type StoreSettings = {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
};

/** A connection on which nothing moves for so long is given up: nothing else ends a read that the store began and never ends. */
const SILENT_MS = 30_000;

/** Any S3-compatible service. */
export function mediaStore(
  { endpoint, region, bucket, ...credentials }: StoreSettings,
  silentMs = SILENT_MS,
): MediaStore {
  const client = new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    // The SDK's own CRC trailers are unknown to many S3-compatible stores; the package task reads every byte back and hashes it.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
    // Not `requestTimeout`: that only warns, and does not look at bodies.
    requestHandler: { connectionTimeout: 5_000, socketTimeout: silentMs },
  });
  const isMissing = (error: unknown) =>
    error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
  /** Says what was being done; an abort stays an abort. */
  const doing = async <T>(what: string, signal: AbortSignal, call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (isMissing(error)) throw new ObjectMissing(`${what}: there is no such object`, { cause: error });
      const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new StoreFailure(`${what}: the media store did not do it (${why})`, { cause: error });
    }
  };

  return {
    put: (key, bytes, { type, cache, signal }) =>
      doing(`writing ${key}`, signal, async () => {
        signal.throwIfAborted();
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: bytes,
            ContentLength: bytes.length,
            ContentType: type,
            CacheControl: cache,
          }),
          { abortSignal: signal },
        );
      }),
    get: (key, { signal, firstBytes }) =>
      doing(`reading ${key}`, signal, async () => {
        const range = firstBytes === undefined ? {} : { Range: `bytes=0-${firstBytes - 1}` };
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...range }), {
          abortSignal: signal,
        });
        return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      }),
    size: (key, { signal }) =>
      doing(`looking at ${key}`, signal, async () => {
        const answer = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), {
          abortSignal: signal,
        });
        return answer.ContentLength ?? 0;
      }).catch((error: unknown) => {
        if (error instanceof ObjectMissing) return null;
        throw error;
      }),
    async *list(prefix, { signal }) {
      let after: string | undefined;
      do {
        const page = await doing(`listing ${prefix}`, signal, () =>
          client.send(
            new ListObjectsV2Command({
              Bucket: bucket,
              Prefix: prefix,
              ...(after ? { ContinuationToken: after } : {}),
            }),
            { abortSignal: signal },
          ),
        );
        yield (page.Contents ?? []).flatMap(({ Key }) => Key ?? []);
        after = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (after);
    },
    remove: (keys, { signal }) =>
      doing(`removing ${keys.length} objects`, signal, async () => {
        if (keys.length === 0) return;
        const { Errors: [refused] = [] } = await client.send(
          new DeleteObjectsCommand({
            Bucket: bucket,
            Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: true },
          }),
          { abortSignal: signal },
        );
        if (refused) throw new Error(`${refused.Key} stays: ${refused.Code} ${refused.Message}`);
      }),
    address: (key, seconds) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: seconds }),
  };
}
