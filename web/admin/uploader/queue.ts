import type { Upload } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { paceMeter, type Pace } from './pace.ts';
import { beginFile, sendFile, UploadStopped, type Outside, type Purpose, type Stop } from './send-file.ts';

export type UploadFor = { episodeId: Id<'episode'>; titleId: Id<'title'>; label: string };
export type QueueItem = UploadFor &
  Pace & {
    /** A file stands in the queue once per episode and purpose. */
    key: string;
    file: File;
    purpose: Purpose;
    /** Of a track: the key of the video that it belongs to. */
    after: string | null;
    /** `held`: it is there, and waits for the video that it joins. */
    state: 'waiting' | 'sending' | 'paused' | 'stopped' | 'held' | 'done';
    sent: number;
    /** Why it is `stopped`. */
    stop: Stop | null;
    /** As the API knows it; null before it is begun. */
    upload: Upload | null;
    /** Set once `done`. */
    jobId: Id<'job'> | null;
  };

/** Screen updates a second are enough; XMLHttpRequest reports far more. */
const TELL_MS = 200;

/** What became of a paused or cancelled upload travels as the abort's reason. */
const halted = (as: 'pause' | 'cancel') => new DOMException(as, 'AbortError');

export const itemKey = (
  { name, size, lastModified }: Pick<File, 'name' | 'size' | 'lastModified'>,
  episodeId: string,
  { track }: Purpose,
): string => JSON.stringify([episodeId, name, size, lastModified, track ?? null]);

type Needs = Outside & {
  /** Tells the API that an upload is given up. */
  giveUp: (id: Id<'upload'>) => Promise<unknown>;
};

/**
 * The uploads of this tab. Each is made known to the API at once, in the order they came, so that a tab that is closed leaves nothing
 * unknown behind: whoever has the files goes on, here or on another machine. Then they go out one at a time (the parts of one in parallel).
 * It lives as long as the document, so that walking through the dashboard stops nothing.
 */
export function uploadQueue(outside: Needs) {
  const { now } = outside;
  let items: readonly QueueItem[] = [];
  const running = new Map<string, AbortController>();
  const listeners = new Set<() => void>();
  /** What is being begun or sent; one of each at a time. */
  const busy = { begin: false, send: false };

  const tell = () => listeners.forEach((listener) => listener());
  const find = (key: string) => items.find((item) => item.key === key);
  const change = (key: string, fields: Partial<QueueItem>) => {
    items = items.map((item) => (item.key === key ? { ...item, ...fields } : item));
    tell();
  };
  const videoOf = ({ after }: QueueItem) => (after ? find(after) : undefined);

  const next = () => {
    const begin = items.find((item) => item.state === 'waiting' && !item.upload && canBegin(item));
    if (begin && !busy.begin) void work('begin', begin, (signal) => beginning(begin, signal));
    const send = items.find(({ state, upload }) => state === 'waiting' && upload);
    if (send?.upload && !busy.send) void work('send', send, (signal) => sending(send, send.upload!, signal));
  };
  /** A track is begun after its video, whose upload it names. */
  const canBegin = (item: QueueItem) => !videoOf(item) || videoOf(item)?.upload !== null;

  async function work(
    kind: keyof typeof busy,
    { key }: QueueItem,
    task: (signal: AbortSignal) => Promise<void>,
  ) {
    const controller = new AbortController();
    busy[kind] = true;
    running.set(key, controller);
    try {
      await task(controller.signal);
    } catch (error) {
      const quiet = { speed: null, left: null };
      if (controller.signal.aborted) change(key, quiet); // paused or cancelled: `pause` and `cancel` have said so
      else await stop(key, reasonOf(error));
    } finally {
      busy[kind] = false;
      if (running.get(key) === controller) running.delete(key);
      next();
    }
  }

  async function stop(key: string, reason: Stop) {
    const upload = find(key)?.upload;
    change(key, { speed: null, left: null, state: 'stopped', stop: reason, upload: null });
    // Parts that do not add up stay wrong however often they are looked at: next time from the start.
    if (reason.reason !== 'refused' || reason.problem.code !== 'upload-mismatch') return;
    change(key, { sent: 0 });
    if (upload) await outside.giveUp(upload.id);
  }

  async function beginning(item: QueueItem, signal: AbortSignal) {
    const after = videoOf(item)?.upload?.id ?? null;
    const upload = await beginFile(outside, { ...item, after }, signal);
    if (find(item.key)) change(item.key, { upload, sent: sentOf(upload) });
    else await outside.giveUp(upload.id); // cancelled while the API was asked
  }

  async function sending({ key, file }: QueueItem, begun: Upload, signal: AbortSignal) {
    change(key, { state: 'sending', stop: null });
    const pace = paceMeter(file.size);
    let told = -Infinity;
    const upload = await sendFile(outside, begun, {
      file,
      signal,
      onProgress: (sent) => {
        if (signal.aborted) return;
        const at = now();
        if (at - told < TELL_MS && sent < file.size) return;
        told = at;
        change(key, { sent, ...pace(at, sent) });
      },
    });
    const { jobId } = upload;
    change(key, { state: jobId ? 'done' : 'held', upload, jobId, sent: file.size, speed: null, left: null });
  }

  return {
    items: () => items,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /**
     * Puts a file in the line; one that was begun before goes on where it stopped.
     * @param after key of the video that a track belongs to, if that is in the line as well
     * @returns its key
     */
    add: (file: File, of: UploadFor, purpose: Purpose, after: string | null = null): string => {
      const key = itemKey(file, of.episodeId, purpose);
      const there = find(key);
      if (there && there.state !== 'done') {
        if (there.state !== 'sending') change(key, { state: 'waiting', file, upload: null, stop: null });
      } else {
        const fresh = { sent: 0, speed: null, left: null, stop: null, jobId: null, upload: null };
        items = items.filter((item) => item.key !== key);
        items = [...items, { key, file, ...of, purpose, after, state: 'waiting', ...fresh }];
        tell();
      }
      next();
      return key;
    },
    pause: (key: string) => {
      change(key, { state: 'paused' });
      running.get(key)?.abort(halted('pause'));
    },
    /** Asks the API anew what is there of it: the pause may have been long. */
    resume: (key: string) => {
      change(key, { state: 'waiting', stop: null, upload: null });
      next();
    },
    /** The line is back: what stopped for want of it goes on. */
    online: () => {
      for (const { key, state, stop } of items)
        if (state === 'stopped' && (stop?.reason === 'offline' || stop?.reason === 'store'))
          change(key, { state: 'waiting', stop: null, upload: null });
      next();
    },
    /** Which file it is, as the API knows files. @throws FileUnreadable */
    fingerprint: (file: File): Promise<string> => outside.hashing.fingerprint(file),
    /** Gives it up for good; the API deletes what had arrived. */
    cancel: async (key: string) => {
      const upload = find(key)?.upload;
      items = items.filter((item) => item.key !== key);
      running.get(key)?.abort(halted('cancel'));
      tell();
      next();
      if (upload) await outside.giveUp(upload.id);
    },
    /** Takes one that is through off the list. */
    dismiss: (key: string) => {
      items = items.filter((item) => item.key !== key || !['done', 'held'].includes(item.state));
      tell();
    },
  };
}
export type UploadQueue = ReturnType<typeof uploadQueue>;

const reasonOf = (error: unknown): Stop => (error instanceof UploadStopped ? error.stop : { reason: 'file' });

/** Bytes that are there. */
const sentOf = ({ bytes, partBytes, parts, received }: Upload) =>
  received.reduce((sum, number) => sum + (number === parts ? bytes - (parts - 1) * partBytes : partBytes), 0);

/** Whether closing the tab would stop something. */
export const isBusy = (items: readonly QueueItem[]): boolean =>
  items.some(({ state }) => state === 'waiting' || state === 'sending');
