import * as v from 'valibot';
import { HEARTBEAT_MS, LEASE_MS } from '../schema/jobs/state.ts';
import type { Heartbeat, TaskFailure, TaskMessage, TaskResult } from '../schema/jobs/task.ts';
import { ProblemDocument } from '../schema/problem.ts';
import type { Disk } from './scratch.ts';

/** The lease is gone: another attempt has the task, or its job is over. Nothing is to be written or said any more. */
export class LeaseLost extends Error {
  override name = 'LeaseLost';
}
/** The transcoder stops, and hands its tasks back. */
export class Stopping extends Error {
  override name = 'Stopping';
}

/** The edge reads the result as none that it asked for, in its words: to be said, or nobody would know why the task ended. */
export class ResultRefused extends Error {
  override name = 'ResultRefused';
}

export type LeaseTimes = { heartbeatMs: number; leaseMs: number };
export const leaseTimes: LeaseTimes = { heartbeatMs: HEARTBEAT_MS, leaseMs: LEASE_MS };

/** The edge answers within milliseconds; a network that is cut may take any time. */
const ANSWER_MS = 20_000;
/** Share of a lease that an answer is waited for at least: about a second, where the edge waits five beyond it (`GRACE_MS`). */
const LEAST_ANSWER = 1 / 40;

export type Lease = {
  /** What the next heartbeat says. */
  report(progress: number, note?: string): void;
  measured(disk: Disk): void;
  /** Asks the edge now. @throws LeaseLost */
  confirm(): Promise<void>;
  /** @throws ResultRefused, LeaseLost */
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
  let heard = Date.now(); // when the last thing that the edge heard was said: its lease ends no sooner
  let over = false;
  let timer: NodeJS.Timeout | undefined;

  const post = (path: string, body: unknown, withinMs: number): Promise<Answer> =>
    said(
      fetch(`${callback}/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(Math.max(leaseMs * LEAST_ANSWER, Math.min(ANSWER_MS, withinMs))),
      }),
    );
  const left = () => heard + leaseMs - Date.now();

  const beat = async (): Promise<void> => {
    const now = Date.now();
    const { means } = await post('heartbeat', saying, left());
    if (over) return;
    if (means === 'done') heard = now;
    else if (means !== 'again' || left() <= 0) {
      over = true;
      onLost(new LeaseLost(means === 'again' ? 'the edge is silent' : 'the edge took the task away'));
      return;
    }
    timer = setTimeout(() => void beat(), Math.min(heartbeatMs, Math.max(0, left())));
  };

  /** Says something until it is heard, refused, or too late to matter. */
  const insist = async (path: string, body?: unknown): Promise<void> => {
    const until = Date.now() + leaseMs;
    for (let wait = 250; ; wait = Math.min(wait * 2, heartbeatMs)) {
      const { means, detail } = await post(path, body, until - Date.now());
      if (means === 'done') return;
      if (means === 'wrong' && path === 'complete')
        throw new ResultRefused(`The edge refused the result. ${detail}`);
      if (means !== 'again') throw new LeaseLost(`the edge did not take ${path}`);
      if (Date.now() + wait >= until) throw new LeaseLost(`the edge could not be told to ${path}`);
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

type Answer = { means: 'done' | 'lost' | 'wrong' | 'again'; detail: string };

/** What an answer means. 408, 429 and 5xx are worth another try; every other refusal is final, for the task or for what was said. */
async function said(asked: Promise<Response>): Promise<Answer> {
  try {
    const answer = await asked;
    const { ok, status } = answer;
    if (!ok && ![401, 403, 404, 408, 409, 429].includes(status) && status < 500)
      return { means: 'wrong', detail: await detailOf(answer) };
    await answer.body?.cancel();
    if (ok) return { means: 'done', detail: '' };
    return { means: status >= 500 || status === 408 || status === 429 ? 'again' : 'lost', detail: '' };
  } catch {
    return { means: 'again', detail: '' };
  }
}

const Words = v.pick(ProblemDocument, ['detail', 'errors']);
/** Of a problem document; of anything else its status. */
async function detailOf(answer: Response): Promise<string> {
  const words = v.safeParse(Words, await answer.json().catch(() => null));
  const { detail = `It answered ${answer.status}.`, errors = [] } = words.success ? words.output : {};
  return [detail, ...errors.slice(0, 3).map((wrong) => `${wrong.pointer}: ${wrong.detail}`)].join(' ');
}
