import type { JobNews } from '../../schema/api/media.ts';

/** The part of a WebSocket that is used here. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'addEventListener'>;
/** Told the id of a job that changed; null: anything may have, since the line was down. */
export type Listener = (jobId: string | null) => void;
/** Told when the line is there, and when it is lost. */
export type LineListener = (connected: boolean) => void;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** A line that says nothing for so long after a ping is dead, whatever the socket thinks. */
const PING_MS = 25_000;

/** The job that a line of the feed names; null for any other line, such as `pong`. */
function named(line: unknown): JobNews['jobId'] | null {
  if (typeof line !== 'string' || !line.startsWith('{')) return null;
  const { jobId } = JSON.parse(line) as Partial<JobNews>;
  return typeof jobId === 'string' ? jobId : null;
}

/**
 * The feed of jobs, over one socket for the whole tab: open while somebody listens, opened again when it breaks, later and later.
 * News are hints, never facts: whoever hears one asks the API.
 */
export function jobNews(open: () => Socket) {
  const listeners = new Set<Listener>();
  const lines = new Set<LineListener>();
  let socket: Socket | null = null;
  let connected = false;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let ping: ReturnType<typeof setInterval> | undefined;

  const tell = (jobId: string | null) => listeners.forEach((listener) => listener(jobId));
  const connect = () => {
    if (socket || listeners.size === 0) return;
    clearTimeout(retry);
    const mine = open();
    socket = mine;
    let heard = true;
    mine.addEventListener('open', () => {
      if (socket !== mine) return;
      turn(true);
      failures = 0;
      tell(null);
      ping = setInterval(() => {
        if (!heard) return mine.close();
        heard = false;
        mine.send('ping');
      }, PING_MS);
    });
    mine.addEventListener('message', ({ data }: MessageEvent) => {
      heard = true;
      const jobId = named(data);
      if (jobId) tell(jobId);
    });
    // An error is always followed by a close (WHATWG WebSockets, “fail the connection”).
    mine.addEventListener('close', () => {
      if (socket !== mine) return;
      drop();
      if (listeners.size > 0)
        retry = setTimeout(connect, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures++));
    });
  };
  const drop = () => {
    clearInterval(ping);
    socket = null;
    turn(false);
  };
  const turn = (now: boolean) => {
    if (now === connected) return;
    connected = now;
    lines.forEach((listener) => listener(now));
  };

  return {
    /** While it is true, nothing needs to be asked again by the clock: whatever changes is said, and a line that broke says null. */
    connected: () => connected,
    line(listener: LineListener): () => void {
      lines.add(listener);
      return () => lines.delete(listener);
    },
    subscribe(listener: Listener) {
      listeners.add(listener);
      connect();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(retry);
        const last = socket;
        drop();
        last?.close();
      };
    },
  };
}
export type News = ReturnType<typeof jobNews>;

export const feedSocket = (): WebSocket =>
  new WebSocket(new URL('/api/admin/jobs/feed', location.origin).href.replace(/^http/, 'ws'));
