import type { Answer } from '../../api.ts';

/** Waits, but no longer than until `signal` says stop. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;
export const ATTEMPTS = 7;
const LONGEST_MS = 30_000;

/** Before attempt `failures` + 1: 1, 2, 4 … 30 s, each shortened at random by up to a half so that lanes don't march in step. */
export const pauseMs = (failures: number, random: number): number =>
  Math.min(LONGEST_MS, 1_000 * 2 ** (failures - 1)) * (1 - random / 2);

/** Thrown for what another attempt can mend. */
export class Again extends Error {
  override name = 'Again';
}

/**
 * Tries until it works, `Again` has been thrown too often, or something else is thrown.
 * @throws what the last attempt threw; the signal's reason
 */
export async function retrying<T>(attempt: () => Promise<T>, wait: Wait, signal: AbortSignal): Promise<T> {
  for (let failures = 1; ; failures++) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Again) || failures === ATTEMPTS) throw error;
    }
    await wait(pauseMs(failures, Math.random()), signal);
  }
}

/** Whether the same question may be answered another time: nothing answered, too many requests, a fault on the other side. */
export const passing = (answer: Answer<unknown>): boolean =>
  !answer.ok && (answer.problem === null || answer.problem.status === 429 || answer.problem.status >= 500);

/** The browser's own: a timer, and then, while the machine is offline, until it is not. */
export const waitOnline: Wait = async (ms, signal) => {
  await until(signal, (done) => {
    const timer = setTimeout(done, ms);
    return () => clearTimeout(timer);
  });
  if (navigator.onLine) return;
  await until(signal, (done) => {
    addEventListener('online', done);
    return () => removeEventListener('online', done);
  });
};

function until(signal: AbortSignal, begin: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = begin(() => {
      signal.removeEventListener('abort', stop);
      leave();
      resolve();
    });
    const stop = () => {
      leave();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
