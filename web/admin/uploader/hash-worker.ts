import { fingerprintRanges } from '../../../schema/file-fingerprint.ts';
import type { HashAnswer, HashQuestion } from './hashing.ts';

/**
 * Reads and hashes what is uploaded, away from the page: each part is read once and handed over with its digest, so that what was hashed
 * is what goes out. Memory holds the parts in flight, whatever the file's size.
 */
type Scope = {
  onmessage: ((event: MessageEvent<HashQuestion>) => void) | null;
  postMessage(answer: HashAnswer, transfer: Transferable[]): void;
};
const scope: Scope = globalThis as typeof globalThis & Scope;

scope.onmessage = ({ data: { id, file, range } }) => {
  const answer = range ? part(file, range) : fingerprint(file);
  answer.then(
    ({ bytes, digest }) =>
      scope.postMessage({ id, ok: true, bytes, digest }, [digest, ...(bytes ? [bytes] : [])]),
    () => scope.postMessage({ id, ok: false }, []),
  );
};

async function part(file: Blob, [from, to]: [number, number]) {
  const bytes = await file.slice(from, to).arrayBuffer();
  return { bytes, digest: await crypto.subtle.digest('SHA-256', bytes) };
}

async function fingerprint(file: Blob) {
  const pieces = fingerprintRanges(file.size).map(([from, to]) => file.slice(from, to));
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(pieces).arrayBuffer());
  return { bytes: null, digest };
}
