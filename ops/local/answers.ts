import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 90_000;

/** Waits until an address answers at all, and says whether it did before its server ended or patience did. */
export async function answers(
  url: string,
  ended: Promise<unknown>,
  patienceMs = PATIENCE_MS,
): Promise<boolean> {
  const over = new AbortController();
  void ended.then(() => over.abort());
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(100)) {
    if (over.signal.aborted) return false;
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      await answer.body?.cancel();
      if (answer.ok) return true;
    } catch {
      // not yet
    }
  }
  return false;
}
