import { timeLeft } from '../time-left.ts';

const MINUTE = 60_000;

/** Keeps the words of a countdown right while the page stands open. Every minute is often enough to read, and wakes no phone. */
export function countDown(time: HTMLTimeElement): void {
  const at = Date.parse(time.dateTime);
  const say = () => {
    if (!time.isConnected) return clearInterval(timer);
    const left = timeLeft(document.documentElement.lang, at - Date.now());
    // The page is made anew for what is out by now; until then its time says when it came.
    if (left !== null) time.textContent = left;
  };
  const timer = setInterval(say, MINUTE);
}
