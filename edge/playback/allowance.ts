/**
 * What an account may ask for in a day (UTC), so that nobody carries the catalogue away: many times what anybody can watch, and far
 * below what a scraper needs (ADR 0046).
 */
export type Spent = { day: number; plays: number; seconds: number };

const DAY_MS = 86_400_000;
/** One each minute and a half, the whole day long. */
const PLAYS_A_DAY = 1_000;
/** Of video, for each stream of the plan: a day without sleep, twice over. */
const SECONDS_A_DAY = 2 * 86_400;

/**
 * Spends some of the day's allowance.
 * @param seconds of video that a key opens
 * @returns what is spent then; or, where that would be too much, when there is a new allowance, ms UTC
 */
export function spend(
  spent: Spent | null,
  { plays = 0, seconds = 0 }: { plays?: number; seconds?: number },
  streams: number,
  now: number,
): Spent | { retryAt: number } {
  const day = Math.floor(now / DAY_MS);
  const before = spent?.day === day ? spent : { day, plays: 0, seconds: 0 };
  const after = { day, plays: before.plays + plays, seconds: before.seconds + seconds };
  const within = after.plays <= PLAYS_A_DAY && after.seconds <= SECONDS_A_DAY * Math.max(1, streams);
  return within ? after : { retryAt: (day + 1) * DAY_MS };
}
