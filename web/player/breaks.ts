import type { Advert } from '../../schema/api/ads.ts';

/** An advertisement that shows. */
export type Shown = {
  advert: Advert;
  /** Which of how many of its break, from 1. */
  number: number;
  count: number;
  /** Seconds, of this one. */
  duration: number;
  /** Seconds until the episode goes on, with those that follow. */
  left: () => number;
};

/** What an engine tells of breaks. */
export type BreakNews = {
  /** Whether the break at a second of the episode was shown before: a play that goes on anew does not show it again. */
  seen(at: number): boolean;
  /**
   * The element shows advertising from now on.
   * @param at seconds: which break
   * @param goesOnAt seconds: where the episode goes on after it
   */
  began(at: number, goesOnAt: number): void;
  showing(shown: Shown): void;
  /** The one that showed is over. @param whole seen to its end; else skipped, or it broke */
  shown(whole: boolean): void;
  /** The episode comes back. @param at seconds */
  over(at: number): void;
};

export type Breaks = {
  /** Ends the break, whatever the plan says. */
  end(): void;
};

/** A break, as who seeks meets it. */
export type Ahead = { at: number; seen: boolean };

/**
 * The break that is shown before a seek comes to its end; null: none. Of several that are jumped over it is the last: one stands for all
 * (RFC 8216bis, Appendix D: "at least one"). One at the very place that is sought begins by itself.
 */
export const crossed = <B extends Ahead>(breaks: readonly B[], from: number, to: number): B | null =>
  breaks.findLast(({ at, seen }) => !seen && at > from && at <= to) ?? null;

/** Seconds without a new picture until a break is given up. */
export const GIVEN_UP_AFTER = 6;

/**
 * Gives up what does not go on: neither a list nor an advertisement that fails to come is to keep anybody from the episode.
 * @param alive a number that changes as long as it goes on; null: it is to stand still
 * @returns ends the watch
 */
export function watchOver(alive: () => number | null, giveUp: () => void): () => void {
  let last: number | null = null;
  let still = 0;
  const timer = setInterval(() => {
    const now = alive();
    still = now !== null && now === last ? still + 1 : 0;
    last = now;
    if (still < GIVEN_UP_AFTER) return;
    still = 0;
    giveUp();
  }, 1_000);
  return () => clearInterval(timer);
}
