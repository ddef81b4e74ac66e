import { HEARTBEAT_MS, LEASE_MS } from '../schema/jobs/state.ts';
import type { Heartbeat, TaskFailure, TaskMessage, TaskResult } from '../schema/jobs/task.ts';
import type { Disk } from './scratch.ts';

/** The lease is gone: another attempt has the task, or its job is over. Nothing is to be written or said any more. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}
/** The transcoder stops, and hands its tasks back. */
export class Stopping extends Error {
  override name = 'Stopping';
}

export type LeaseTimes = { heartbeatMs: number; leaseMs: number };
export const leaseTimes: LeaseTimes = { heartbeatMs: HEARTBEAT_MS, leaseMs: LEASE_MS };

export type Lease = {
  /** What the next heartbeat says. */
  report(progress: number, note?: string): void;
  measured(disk: Disk): void;
  /** Asks the edge now. @throws LeaseLost */
  confirm(): Promise<void>;
  complete(result: TaskResult): Promise<void>;
  fail(failure: TaskFailure): Promise<void>;
  release(): Promise<void>;
  /** No more heartbeats. */
  end(): void;
};

/**
 * Keeps a task's lease alive from the moment it was accepted: one heartbeat at once, then one every 5 s. `onLost` is called when
 * the edge says so (409), does not know the token (401, 403, 404), or was silent for as long as a lease lasts.
 */
export function holdLease(
  { callback, token }: Pick<TaskMessage, 'callback' | 'token'>,
  onLost: (reason: LeaseLost) => void,
  { heartbeatMs, leaseMs }: LeaseTimes = leaseTimes,
): Lease {
  const saying: Heartbeat = { progress: 0, note: 'waiting for a free core' };
  let heard = Date.now();
  let over = false;
  let timer: NodeJS.Timeout | undefined;

  const post = (path: string, body: unknown): Promise<Response> =>
    fetch(`${callback}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(Math.min(20_000, leaseMs)),
    });
  const left = () => heard + leaseMs - Date.now();

  const beat = async (): Promise<void> => {
    const answer = await said(post('heartbeat', saying));
    if (over) return;
    if (answer === 'done') heard = Date.now();
    else if (answer === 'refused' || left() <= 0) {
      over = true;
      onLost(new LeaseLost(answer === 'refused' ? 'the edge took the task away' : 'the edge is silent'));
      return;
    }
    timer = setTimeout(() => void beat(), heartbeatMs);
  };

  /** Says something until it is heard, refused, or too late to matter. */
  const insist = async (path: string, body?: unknown): Promise<void> => {
    heard = Date.now();
    for (let wait = 250; ; wait = Math.min(wait * 2, heartbeatMs)) {
      const answer = await said(post(path, body));
      if (answer === 'done') return;
      if (answer === 'refused') throw new LeaseLost(`the edge did not take ${path}`);
      if (left() <= wait) throw new LeaseLost(`the edge could not be told to ${path}`);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  };
  const end = () => {
    over = true;
    clearTimeout(timer);
  };

  void beat();
  return {
    report(progress, note) {
      saying.progress = Math.min(1, Math.max(0, progress));
      if (note) saying.note = note.slice(0, 200);
    },
    confirm: () => insist('heartbeat', saying),
    measured(disk) {
      saying.disk = disk;
    },
    complete: (result) => insist('complete', result),
    fail: (failure) => insist('fail', failure),
    release: () => insist('release'),
    end,
  };
}

/** What an answer means. 408, 429 and 5xx are worth another try; every other refusal is final. */
async function said(answer: Promise<Response>): Promise<'done' | 'refused' | 'again'> {
  try {
    const { ok, status, body } = await answer;
    await body?.cancel();
    if (ok) return 'done';
    return status >= 500 || status === 408 || status === 429 ? 'again' : 'refused';
  } catch {
    return 'again';
  }
}
