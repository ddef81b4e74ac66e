import type { Advert, AdMark } from '../../schema/api/ads.ts';

/** Marks of one advertisement, each sent once. */
export type Marks = {
  send(mark: AdMark): void;
  /** @param share of it that was seen, 0 to 1 */
  reached(share: number): void;
};

const quarters = ['q1', 'q2', 'q3', 'q4'] as const;

/**
 * Tells the server how far an advertisement was seen. `sendBeacon` outlives the page; what it cannot queue is sent by hand. A mark that is
 * lost is lost: nobody waits for it.
 */
export function marksOf({ marks }: Pick<Advert, 'marks'>): Marks {
  const sent = new Set<AdMark>();
  const send = (mark: AdMark) => {
    if (sent.has(mark)) return;
    sent.add(mark);
    const address = marks + mark;
    if (navigator.sendBeacon?.(address)) return;
    fetch(address, { method: 'POST', keepalive: true, credentials: 'omit' }).catch(() => undefined);
  };
  return {
    send,
    reached: (share) => {
      for (const [i, mark] of quarters.entries()) if (share >= (i + 1) / quarters.length) send(mark);
    },
  };
}
