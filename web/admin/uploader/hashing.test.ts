import { expect, it, vi } from 'vitest';
import { FileUnreadable, hashing, type HashQuestion, type HashWorker } from './hashing.ts';

/** A worker whose answers come when the test says so. */
function fakeWorker() {
  const target = new EventTarget();
  const asked: HashQuestion[] = [];
  const worker: HashWorker = {
    addEventListener: target.addEventListener.bind(target),
    postMessage: (question: HashQuestion) => void asked.push(question),
  };
  const answer = (data: object) => target.dispatchEvent(new MessageEvent('message', { data }));
  return { worker, asked, answer, crash: () => target.dispatchEvent(new Event('error')) };
}
const digest = new Uint8Array(32).fill(0xab).buffer;
const file = new Blob(['film']);

it('asks one worker for all, and gives each answer to its question', async () => {
  const { worker, asked, answer } = fakeWorker();
  const start = vi.fn<() => HashWorker>(() => worker);
  const hash = hashing(start);
  expect(start).not.toHaveBeenCalled();
  const print = hash.fingerprint(file);
  const part = hash.part(file, [1, 3]);
  expect(start).toHaveBeenCalledOnce();
  expect(asked.map(({ id, range }) => [id, range])).toEqual([
    [1, null],
    [2, [1, 3]],
  ]);
  const bytes = new ArrayBuffer(2);
  answer({ id: 2, ok: true, bytes, digest });
  answer({ id: 1, ok: true, bytes: null, digest });
  expect(await part).toEqual({ bytes, sha256: btoa('\u00ab'.repeat(32)) });
  expect(await print).toBe('ab'.repeat(32));
});

it('a file that cannot be read, and a worker that died, are told apart from nothing', async () => {
  const [first, second] = [fakeWorker(), fakeWorker()];
  const workers = [first.worker, second.worker];
  const hash = hashing(() => workers.shift()!);
  const gone = hash.part(file, [0, 1]);
  first.answer({ id: 1, ok: false });
  await expect(gone).rejects.toBeInstanceOf(FileUnreadable);
  const lost = hash.fingerprint(file);
  first.crash();
  await expect(lost).rejects.toBeInstanceOf(FileUnreadable);
  const again = hash.fingerprint(file);
  second.answer({ id: 3, ok: true, bytes: null, digest });
  expect(await again).toBe('ab'.repeat(32));
});
