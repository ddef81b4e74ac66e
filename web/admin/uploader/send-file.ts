import type { InferInput, InferOutput } from 'valibot';
import type { NewUpload, PartsAnswer, PartsRequest, Upload } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import type { Answer } from '../../api.ts';
import { Again, passing, retrying, type Wait } from './backoff.ts';
import type { PutPart } from './put-part.ts';

/** The API's upload routes. */
export type UploadApi = {
  begin(body: InferInput<typeof NewUpload>): Promise<Answer<Upload>>;
  read(id: Id<'upload'>): Promise<Answer<Upload>>;
  parts(
    id: Id<'upload'>,
    body: InferInput<typeof PartsRequest>,
  ): Promise<Answer<InferOutput<typeof PartsAnswer>>>;
  complete(id: Id<'upload'>): Promise<Answer<Upload>>;
};
export type Outside = { api: UploadApi; put: PutPart; wait: Wait };
/** What a file is for: a video of its own, or a track of the video that is there (`track`). */
export type Purpose = Pick<InferInput<typeof NewUpload>, 'publishWhenReady' | 'settings' | 'track'>;
export type FileToSend = {
  file: File;
  episodeId: Id<'episode'>;
  purpose: Purpose;
  /** Goes on with an upload that was begun, in this tab or another, if the API still knows it. */
  uploadId: Id<'upload'> | null;
  signal: AbortSignal;
  /** Told before the first byte goes out, so that it can be kept for a resume. */
  onStart: (upload: Upload) => void;
  /** Bytes that have gone out, all parts together. Falls when a part has to be sent again. */
  onProgress: (sent: number) => void;
};

/** Parts in flight. */
const LANES = 3;
const ROUNDS = 3;

/** Why an upload stopped: the API's words, or `offline` / `store` / `file` where it has none. */
export type Stop = { reason: 'refused'; problem: ProblemDocument } | { reason: 'offline' | 'store' | 'file' };
export class UploadStopped extends Error {
  override name = 'UploadStopped';
  readonly stop: Stop;
  constructor(stop: Stop, options?: ErrorOptions) {
    super(stop.reason === 'refused' ? stop.problem.title : stop.reason, options);
    this.stop = stop;
  }
}

/**
 * Puts one file into the system: presigned parts, straight to the store, in parallel, each tried again when it fails.
 * What has arrived stands in the API's ledger, so it may be called again at any time for the same file.
 * @throws UploadStopped when it cannot go on; the signal's reason
 */
export async function sendFile(outside: Outside, given: FileToSend): Promise<Id<'job'>> {
  const { api } = outside;
  const ask = <T>(question: () => Promise<Answer<T>>) => asked(question, outside.wait, given.signal);
  let upload = await beginOrGoOn(outside, given);
  given.onStart(upload);
  // A part that the ledger lost shows only at the end: look again until nothing is missing.
  for (let round = 1; upload.state === 'open'; round++) {
    await sendMissing(outside, upload, given);
    const answer = await ask(() => api.complete(upload.id));
    if (answer.ok) upload = answer.value;
    else if (answer.problem?.code === 'upload-incomplete' && round < ROUNDS)
      upload = valueOf(await ask(() => api.read(upload.id)));
    else throw stopped(answer);
  }
  if (!upload.jobId) throw new UploadStopped({ reason: 'store' }); // aborted meanwhile, by somebody else
  given.onProgress(upload.bytes);
  return upload.jobId;
}

async function beginOrGoOn({ api, wait }: Outside, given: FileToSend): Promise<Upload> {
  const { file, episodeId, purpose, uploadId, signal } = given;
  if (uploadId) {
    const known = await asked(() => api.read(uploadId), wait, signal);
    if (known.ok && known.value.state !== 'aborted' && known.value.bytes === file.size) return known.value;
    if (!known.ok && known.problem?.status !== 404) throw stopped(known);
  }
  const fresh = { episodeId, fileName: file.name, bytes: file.size, ...purpose };
  return valueOf(await asked(() => api.begin(fresh), wait, signal));
}

/** Where part `number` (from 1) begins and ends. */
export function rangeOf(upload: Pick<Upload, 'partBytes' | 'bytes'>, number: number): [number, number] {
  const start = (number - 1) * upload.partBytes;
  return [start, Math.min(start + upload.partBytes, upload.bytes)];
}

async function sendMissing(outside: Outside, upload: Upload, given: FileToSend): Promise<void> {
  const { api, put, wait } = outside;
  const { file, onProgress } = given;
  const have = new Set(upload.received);
  const queue = Array.from({ length: upload.parts }, (_, i) => i + 1).filter((n) => !have.has(n));
  const size = (n: number) => rangeOf(upload, n)[1] - rangeOf(upload, n)[0];
  let arrivedBytes = upload.received.reduce((sum, n) => sum + size(n), 0);
  const inFlight = new Map<number, number>();
  const tell = () => onProgress(arrivedBytes + [...inFlight.values()].reduce((a, b) => a + b, 0));
  tell();

  // The first part that fails for good stops the others.
  const halt = new AbortController();
  const signal = AbortSignal.any([given.signal, halt.signal]);
  const ledger = async (received: { number: number; etag: string }[], want: number[]) =>
    valueOf(await asked(() => api.parts(upload.id, { received, want }), wait, signal));

  async function lane() {
    let arrived: { number: number; etag: string }[] = [];
    for (let number = queue.shift(); number !== undefined; number = queue.shift()) {
      const n = number;
      const part = file.slice(...rangeOf(upload, n));
      const etag = await retrying(
        async () => {
          // A fresh address each time: presigned ones expire. The same call reports the part before.
          const { urls } = await ledger(arrived, [n]);
          arrived = [];
          inFlight.set(n, 0);
          tell();
          if (!urls[0]) throw new UploadStopped({ reason: 'store' });
          return put(urls[0].url, part, signal, (sent) => {
            inFlight.set(n, Math.min(sent, part.size));
            tell();
          });
        },
        wait,
        signal,
      ).catch(async (error: unknown) => {
        throw error instanceof Again ? await storeOrFile(part, error) : error;
      });
      inFlight.delete(n);
      arrivedBytes += part.size;
      arrived = [{ number: n, etag }];
      tell();
    }
    if (arrived.length > 0) await ledger(arrived, []);
  }
  await Promise.all(
    Array.from({ length: Math.min(LANES, queue.length) }, () =>
      lane().catch((error: unknown) => {
        halt.abort(error);
        throw error;
      }),
    ),
  );
}

/** A file that was changed or moved since it was chosen cannot be read any more, and looks like a lost connection. */
async function storeOrFile(part: Blob, cause: Again): Promise<UploadStopped> {
  try {
    await part.slice(0, 1).arrayBuffer();
    return new UploadStopped({ reason: 'store' }, { cause });
  } catch {
    return new UploadStopped({ reason: 'file' }, { cause });
  }
}

/** Asks until there is an answer that waiting cannot change. */
async function asked<T>(
  question: () => Promise<Answer<T>>,
  wait: Wait,
  signal: AbortSignal,
): Promise<Answer<T>> {
  let last: Answer<T> | undefined;
  try {
    return await retrying(
      async () => {
        last = await question();
        if (passing(last)) throw new Again();
        return last;
      },
      wait,
      signal,
    );
  } catch (error) {
    if (error instanceof Again && last) return last;
    throw error;
  }
}

function valueOf<T>(answer: Answer<T>): T {
  if (!answer.ok) throw stopped(answer);
  return answer.value;
}

const stopped = ({ problem }: Extract<Answer<unknown>, { ok: false }>) =>
  new UploadStopped(problem ? { reason: 'refused', problem } : { reason: 'offline' });
