import type { InferInput, InferOutput } from 'valibot';
import type { NewUpload, PartsAnswer, PartsRequest, Upload } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import type { Answer } from '../../api.ts';
import { Again, passing, retrying, type Wait } from './backoff.ts';
import { FileUnreadable, type Hashing } from './hashing.ts';
import { laneCount } from './lanes.ts';
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
export type Outside = {
  api: UploadApi;
  put: PutPart;
  wait: Wait;
  hashing: Hashing;
  /** Milliseconds. */
  now: () => number;
};
/** What a file is for: a video of its own, or a track of a video (`track`). */
export type Purpose = Pick<InferInput<typeof NewUpload>, 'publishWhenReady' | 'settings' | 'track'>;

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

export type FileToBegin = {
  file: File;
  episodeId: Id<'episode'>;
  purpose: Purpose;
  /** Of a track: the upload of its video. */
  after: Id<'upload'> | null;
};

/**
 * Makes a file known to the API, which goes on with what is there of it: begun in another tab, on another machine, or before a pause.
 * @throws UploadStopped when it cannot be; the signal's reason
 */
export async function beginFile(
  { api, wait, hashing }: Outside,
  { file, episodeId, purpose, after }: FileToBegin,
  signal: AbortSignal,
): Promise<Upload> {
  const fingerprint = await read(hashing.fingerprint(file));
  const body = { episodeId, fileName: file.name, bytes: file.size, fingerprint, after, ...purpose };
  return valueOf(await asked(() => api.begin(body), wait, signal));
}

export type FileToSend = {
  file: File;
  signal: AbortSignal;
  /** Bytes that have gone out, all parts together. Falls when a part has to be sent again. */
  onProgress: (sent: number) => void;
};

/**
 * Sends what is missing of a file that was begun: presigned parts, straight to the store, in parallel, each tried again when it fails.
 * @returns the upload, complete, or held until its video is there
 * @throws UploadStopped when it cannot go on; the signal's reason
 */
export async function sendFile(outside: Outside, begun: Upload, given: FileToSend): Promise<Upload> {
  const { api } = outside;
  const ask = <T>(question: () => Promise<Answer<T>>) => asked(question, outside.wait, given.signal);
  let upload = begun;
  // A part that the ledger lost shows only at the end: look again until nothing is missing.
  for (let round = 1; upload.state === 'open'; round++) {
    await sendMissing(outside, upload, given);
    const answer = await ask(() => api.complete(upload.id));
    if (answer.ok) upload = answer.value;
    else if (answer.problem?.code === 'upload-incomplete' && round < ROUNDS)
      upload = valueOf(await ask(() => api.read(upload.id)));
    else throw stopped(answer);
  }
  if (upload.state === 'aborted') throw new UploadStopped({ reason: 'store' }); // meanwhile, by somebody else
  given.onProgress(upload.bytes);
  return upload;
}

/** Where part `number` (from 1) begins and ends. */
export function rangeOf(upload: Pick<Upload, 'partBytes' | 'bytes'>, number: number): [number, number] {
  const start = (number - 1) * upload.partBytes;
  return [start, Math.min(start + upload.partBytes, upload.bytes)];
}

async function sendMissing(outside: Outside, upload: Upload, given: FileToSend): Promise<void> {
  const { api, put, wait, hashing, now } = outside;
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
  type Received = NonNullable<InferInput<typeof PartsRequest>['received']>;
  const ledger = async (body: InferInput<typeof PartsRequest>) =>
    valueOf(await asked(() => api.parts(upload.id, body), wait, signal));

  const count = laneCount();
  const lanes = new Set<Promise<void>>();
  const open = () => {
    while (lanes.size < Math.min(count.now(), lanes.size + queue.length)) {
      const running: Promise<void> = lane().finally(() => lanes.delete(running));
      lanes.add(running);
    }
  };
  async function lane() {
    let arrived: Received = [];
    for (let n = queue.shift(); n !== undefined; n = queue.shift()) {
      const number = n;
      const { bytes, sha256 } = await read(hashing.part(file, rangeOf(upload, number)));
      signal.throwIfAborted();
      const etag = await retrying(
        async () => {
          // A fresh address each time: presigned ones expire. The same call reports the part before.
          const { urls } = await ledger({ received: arrived, want: [{ number, sha256 }] });
          arrived = [];
          inFlight.set(number, 0);
          tell();
          if (!urls[0]) throw new UploadStopped({ reason: 'store' });
          return put(urls[0], bytes, signal, (sent) => {
            inFlight.set(number, Math.min(sent, bytes.byteLength));
            tell();
          }).catch((error: unknown) => {
            if (error instanceof Again) count.failed();
            throw error;
          });
        },
        wait,
        signal,
      ).catch((error: unknown) => {
        throw error instanceof Again ? new UploadStopped({ reason: 'store' }, { cause: error }) : error;
      });
      inFlight.delete(number);
      arrivedBytes += bytes.byteLength;
      count.arrived(now(), bytes.byteLength);
      arrived = [{ number, etag, sha256 }];
      tell();
      if (lanes.size > count.now()) break; // one too many for this line
      open();
    }
    if (arrived.length > 0) await ledger({ received: arrived });
  }
  open();
  try {
    while (lanes.size > 0) {
      await Promise.race(lanes);
      open();
    }
  } catch (error) {
    halt.abort(error);
    await Promise.allSettled(lanes);
    throw error;
  }
}

/** A file that was changed or moved since it was chosen cannot be read any more. */
async function read<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    throw cause instanceof FileUnreadable ? new UploadStopped({ reason: 'file' }, { cause }) : cause;
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
