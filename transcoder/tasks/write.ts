import { createHash } from 'node:crypto';
import type { WrittenObject } from '../../schema/jobs/task.ts';
import type { TaskRun } from './task.ts';

/** Media never changes under its name; playlists may be written anew by a later attempt. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';
export const PLAYLIST = 'public, max-age=60';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** An object to be, relative to the task's output. */
export type Draft = Omit<WrittenObject, 'bytes' | 'sha256'> & {
  content: Uint8Array;
  type: string;
  cache: string;
};

/** Uploads a few at a time; the list says what is in the store. Nothing more is begun once the task is aborted. */
export function writeObjects(
  { store, message, signal }: Pick<TaskRun, 'store' | 'message' | 'signal'>,
  drafts: readonly Draft[],
): Promise<WrittenObject[]> {
  return inParallel(drafts, 4, async ({ content, type, cache, ...rest }) => {
    await store.put(message.output + rest.key, content, { type, cache, signal });
    return { ...rest, bytes: content.length, sha256: sha256(content) };
  });
}

/** Maps in order, `width` at a time; the first failure stops the rest from starting. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let failed = false;
  const lane = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index]!, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: width }, lane));
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason;
  return results;
}
