/** A part of a file: its bytes, and their SHA-256 as base64. */
export type HashedPart = { bytes: ArrayBuffer; sha256: string };
export interface Hashing {
  /** @throws FileUnreadable when the file was changed, moved or taken away since it was chosen */
  part(file: Blob, range: [from: number, to: number]): Promise<HashedPart>;
  /** Which file it is: hex, of what schema/file-fingerprint.ts says. @throws FileUnreadable */
  fingerprint(file: Blob): Promise<string>;
}
export class FileUnreadable extends Error {
  override name = 'FileUnreadable';
}

export type HashQuestion = { id: number; file: Blob; range: [number, number] | null };
export type HashAnswer =
  | { id: number; ok: true; bytes: ArrayBuffer | null; digest: ArrayBuffer }
  | { id: number; ok: false };

/** What of a Worker is used. */
export type HashWorker = Pick<Worker, 'postMessage' | 'addEventListener'>;

/** @param start makes the worker; called when something is hashed for the first time */
export function hashing(start: () => HashWorker): Hashing {
  let worker: HashWorker | undefined;
  let asked = 0;
  const waiting = new Map<number, (answer: HashAnswer | null) => void>();
  const ready = () => {
    if (worker) return worker;
    worker = start();
    worker.addEventListener('message', ({ data }: MessageEvent<HashAnswer>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    });
    worker.addEventListener('error', () => {
      worker = undefined; // the next question starts another
      for (const answer of waiting.values()) answer(null);
      waiting.clear();
    });
    return worker;
  };
  const ask = async (file: Blob, range: HashQuestion['range']) => {
    const id = ++asked;
    const answer = await new Promise<HashAnswer | null>((resolve) => {
      waiting.set(id, resolve);
      ready().postMessage({ id, file, range } satisfies HashQuestion, []);
    });
    if (!answer?.ok) throw new FileUnreadable();
    return answer;
  };
  return {
    async part(file, range) {
      const { bytes, digest } = await ask(file, range);
      return {
        bytes: bytes ?? new ArrayBuffer(0),
        sha256: btoa(String.fromCharCode(...new Uint8Array(digest))),
      };
    },
    async fingerprint(file) {
      const { digest } = await ask(file, null);
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
  };
}
