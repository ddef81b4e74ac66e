/** How often something that runs is looked at, ms. */
export const EVERY_MS = 2_000;
/** Longest wait between looks while nothing answers, ms. */
const SLOWEST_MS = 30_000;

type Watched<T> = {
  load: () => Promise<T>;
  onAnswer: (answer: T) => void;
  /** Whether this answer will change by itself. Nothing is asked again after one that will not. */
  isLive: (answer: T) => boolean;
  /** Whether it is an answer at all; without one the waits grow. */
  isAnswer: (answer: T) => boolean;
  /** How long to wait for the next look, ms; null: none is needed, a hint will come. */
  every?: () => number | null;
};

/**
 * Asks at once, and again while what it learnt goes on changing and somebody can see it: never in a hidden tab, never two
 * questions at a time.
 */
export function keepFresh<T>({ load, onAnswer, isLive, isAnswer, every = () => EVERY_MS }: Watched<T>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let asking = false;
  let again = false;
  let hinted = false;
  let live = true;
  let failures = 0;

  const later = () => {
    clearTimeout(timer);
    if (stopped || !live || document.hidden) return;
    // What failed is asked again whoever else may say something.
    const wait = every() ?? (failures > 0 ? EVERY_MS : null);
    if (wait !== null) timer = setTimeout(() => void ask(), Math.min(SLOWEST_MS, wait * 2 ** failures));
  };
  async function ask() {
    if (asking || stopped) return;
    clearTimeout(timer);
    asking = true;
    again = false;
    hinted = false;
    const answer = await load();
    asking = false;
    if (stopped) return;
    if (again) return ask();
    if (isAnswer(answer)) {
      failures = 0;
      live = hinted || isLive(answer);
    } else failures++;
    onAnswer(answer);
    if (hinted && !document.hidden) return ask();
    later();
  }
  const seen = () => {
    if (document.hidden) clearTimeout(timer);
    else if (live) void ask();
  };
  document.addEventListener('visibilitychange', seen);
  void ask();
  return {
    /** Asks now: after something was done that changes the answer. An answer that was under way then is not shown. */
    refresh: () => {
      live = true;
      again = true;
      return ask();
    },
    /** Something may have changed: what was asked before is shown, and asked once more. */
    hint: () => {
      live = true;
      if (asking) hinted = true;
      else if (!document.hidden) void ask(); // a hidden tab asks when it is seen
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    },
  };
}
