/** Between looks for the network, ms: the last one over and over. */
const LOOKS_MS = [1_000, 2_000, 4_000, 8_000];

/** What came of looking: nobody answers; somebody does; somebody does and says no. */
export type Look = 'away' | 'back' | 'refused';

/**
 * Looks until the network is there again: now and then, and at once when the browser says so.
 * @param look asks for something small
 * @returns how it ended; null: nobody waits any more
 */
export async function untilBack(
  look: () => Promise<Look>,
  signal: AbortSignal,
): Promise<Exclude<Look, 'away'> | null> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    const found = await look();
    if (signal.aborted) return null;
    if (found !== 'away') return found;
    await pause(LOOKS_MS[Math.min(tries, LOOKS_MS.length - 1)]!, signal);
  }
  return null;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const woken = new AbortController();
    const wake = () => {
      clearTimeout(timer);
      woken.abort();
      resolve();
    };
    const timer = setTimeout(wake, ms);
    globalThis.addEventListener('online', wake, { signal: woken.signal });
    signal.addEventListener('abort', wake, { signal: woken.signal });
  });

/** Whether a playlist of the play can be had. */
export async function lookAt(url: string): Promise<Look> {
  const answer = await fetch(url, { cache: 'no-store' }).catch(() => null);
  if (!answer || answer.status >= 500) return 'away';
  return answer.ok ? 'back' : 'refused';
}
