import type { Id } from '../../../schema/ids.ts';
import { fingerprint, type Remembered, type UploadMemory } from './memory.ts';
import { paceMeter, type Pace } from './pace.ts';
import { sendFile, UploadStopped, type Outside, type Purpose, type Stop } from './send-file.ts';

export type UploadFor = { episodeId: Id<'episode'>; titleId: Id<'title'>; label: string };
export type QueueItem = UploadFor &
  Pace & {
    /** The file's fingerprint: a file stands in the queue once per episode. */
    key: string;
    file: File;
    purpose: Purpose;
    state: 'waiting' | 'sending' | 'paused' | 'stopped' | 'done';
    sent: number;
    /** Why it is `stopped`. */
    stop: Stop | null;
    uploadId: Id<'upload'> | null;
    /** Set once `done`. */
    jobId: Id<'job'> | null;
  };

/** Screen updates a second are enough; XMLHttpRequest reports far more. */
const TELL_MS = 200;

/** What became of a paused or cancelled upload travels as the abort's reason. */
const halted = (as: 'pause' | 'cancel') => new DOMException(as, 'AbortError');

type Needs = Outside & {
  memory: UploadMemory;
  now: () => number;
  /** Tells the API that an upload is given up. */
  giveUp: (id: Id<'upload'>) => Promise<unknown>;
};

/**
 * The uploads of this tab, one file at a time (its parts go out in parallel), in the order they came. It lives as long as
 * the document, so that walking through the dashboard stops nothing.
 */
export function uploadQueue(outside: Needs) {
  const { memory, now } = outside;
  let items: readonly QueueItem[] = [];
  const running = new Map<string, AbortController>();
  const listeners = new Set<() => void>();

  const tell = () => listeners.forEach((listener) => listener());
  const find = (key: string) => items.find((item) => item.key === key);
  const change = (key: string, fields: Partial<QueueItem>) => {
    items = items.map((item) => (item.key === key ? { ...item, ...fields } : item));
    tell();
  };
  const next = () => {
    if (items.some(({ state }) => state === 'sending')) return;
    const item = items.find(({ state }) => state === 'waiting');
    if (item) void send(item);
  };

  async function send(item: QueueItem) {
    const { key, file, episodeId, titleId, label, purpose } = item;
    const controller = new AbortController();
    running.set(key, controller);
    change(key, { state: 'sending', stop: null });
    const pace = paceMeter(file.size);
    let told = -Infinity;
    try {
      const jobId = await sendFile(outside, {
        file,
        episodeId,
        purpose,
        uploadId: item.uploadId,
        signal: controller.signal,
        onStart: ({ id, expiresAt }) => {
          const fileName = file.name;
          const of = { episodeId, titleId, label, fileName, bytes: file.size, purpose };
          memory.remember(key, { uploadId: id, ...of, expiresAt });
          change(key, { uploadId: id });
        },
        onProgress: (sent) => {
          if (controller.signal.aborted) return;
          const at = now();
          if (at - told < TELL_MS && sent < file.size) return;
          told = at;
          change(key, { sent, ...pace(at, sent) });
        },
      });
      memory.forget(key);
      change(key, { state: 'done', jobId, sent: file.size, speed: null, left: null });
    } catch (error) {
      if (controller.signal.aborted) settle(key); // paused or cancelled: `pause` and `cancel` have said so
      else change(key, { state: 'stopped', stop: reasonOf(error), speed: null, left: null });
      // Parts that do not add up stay wrong however often they are looked at: next time from the start.
      if (error instanceof UploadStopped && startOver(error.stop)) {
        memory.forget(key);
        change(key, { uploadId: null, sent: 0 });
      }
    } finally {
      if (running.get(key) === controller) running.delete(key);
      next();
    }
  }
  const settle = (key: string) => change(key, { speed: null, left: null });

  return {
    items: () => items,
    /** Uploads of other tabs and earlier days that can go on once their file is chosen again. */
    leftovers: (): [key: string, upload: Remembered][] =>
      Object.entries(memory.all()).filter(([key]) => !find(key)),
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Puts a file in the line; one that was begun before goes on where it stopped. */
    add: (file: File, of: UploadFor, purpose: Purpose) => {
      const key = fingerprint(file, of.episodeId);
      const there = find(key);
      if (there && there.state !== 'done') {
        if (there.state !== 'sending') change(key, { state: 'waiting', file });
        return next();
      }
      const uploadId = memory.all()[key]?.uploadId ?? null;
      const fresh = { sent: 0, speed: null, left: null, stop: null, jobId: null, uploadId };
      items = items.filter((item) => item.key !== key);
      items = [...items, { key, file, ...of, purpose, state: 'waiting', ...fresh }];
      tell();
      next();
    },
    pause: (key: string) => {
      change(key, { state: 'paused' });
      running.get(key)?.abort(halted('pause'));
    },
    resume: (key: string) => {
      change(key, { state: 'waiting', stop: null });
      next();
    },
    /** Gives it up for good; the API deletes what had arrived. */
    cancel: async (key: string) => {
      const uploadId = find(key)?.uploadId ?? memory.all()[key]?.uploadId;
      running.get(key)?.abort(halted('cancel'));
      memory.forget(key);
      items = items.filter((item) => item.key !== key);
      tell();
      next();
      if (uploadId) await outside.giveUp(uploadId);
    },
    /** Takes one that is done off the list. */
    dismiss: (key: string) => {
      items = items.filter((item) => item.key !== key || item.state !== 'done');
      tell();
    },
  };
}
export type UploadQueue = ReturnType<typeof uploadQueue>;

const reasonOf = (error: unknown): Stop => (error instanceof UploadStopped ? error.stop : { reason: 'file' });
const startOver = (stop: Stop) => stop.reason === 'refused' && stop.problem.code === 'upload-mismatch';

/** Whether closing the tab would stop something. */
export const isBusy = (items: readonly QueueItem[]): boolean =>
  items.some(({ state }) => state === 'waiting' || state === 'sending');
