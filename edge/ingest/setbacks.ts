import { backoffMs, MAX_ATTEMPTS } from '../../schema/jobs/state.ts';
import { problems, type ProblemCode } from '../../schema/problem.ts';

/** How an attempt went wrong: as the transcoder said it, or as the sweeper found it. */
export type Setback = {
  problem: ProblemCode;
  detail: string;
  retryable: boolean;
  /** The job ends, and what it finished stays for a while: something else can mend it. */
  keeps?: boolean;
  /** The end of FFmpeg's stderr. */
  log?: string | undefined;
};
export type Verdict =
  | { again: true; dueAt: number }
  | { again: false; problem: ProblemCode; detail: string; keeps: boolean };

/** Whether a task is tried again after a setback, and when. `failures`: how many it had before this one. */
export function afterSetback(failures: number, setback: Setback, now: number): Verdict {
  const { problem, detail, keeps = false } = setback;
  if (!setback.retryable) return { again: false, problem, detail, keeps };
  const tried = failures + 1;
  if (tried < MAX_ATTEMPTS) return { again: true, dueAt: now + backoffMs(tried) };
  return {
    again: false,
    problem: 'attempts-exhausted',
    keeps: true, // a store or a transcoder that was away comes back
    detail: `Tried ${tried} times. The last time: ${problems[setback.problem].title.toLowerCase()} (${setback.problem}). ${setback.detail}`,
  };
}

/** A claim that ran out without a heartbeat: the transcoder was killed, or the network between us was cut. */
export const lostContact: Setback = {
  problem: 'unavailable',
  detail: 'The transcoder that worked on this stopped reporting.',
  retryable: true,
};

/** Seconds until a task is offered again to a transcoder that had no room or did not answer. */
export const offerAgainSeconds = (deliveries: number): number => Math.min(60, 5 * deliveries);
