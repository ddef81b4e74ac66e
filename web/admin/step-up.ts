/*
 * What does harm in the wrong hands takes a recent sign-in (ADR 0075). Whoever's call is refused for that waits here until somebody has
 * shown that it is they, or declined to; one dialog for all who wait (step-up-gate.tsx).
 */
type Waiting = { done: Promise<boolean>; settle: (proved: boolean) => void };

let waiting: Waiting | null = null;
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** Asks whoever is here to show that it is they. @returns whether they did; false where nothing is drawn that could ask */
export function provedAgain(): Promise<boolean> {
  if (listeners.size === 0) return Promise.resolve(false);
  if (!waiting) {
    const { promise: done, resolve: settle } = Promise.withResolvers<boolean>();
    waiting = { done, settle };
    tell();
  }
  return waiting.done;
}

export const stepUp = {
  isAsked: (): boolean => waiting !== null,
  /** Lets all who wait go on, or tells them that it was declined. */
  settle(proved: boolean): void {
    const over = waiting;
    waiting = null;
    over?.settle(proved);
    tell();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
