import type { SubscriptionState } from '../../schema/plans.ts';

/** Where a subscription stands at Stripe, as far as it matters; ms UTC, by Stripe's clock. */
export type Standing = {
  state: SubscriptionState;
  startedAt: number;
  periodStart: number;
  periodEnd: number;
  trialEnd: number | null;
  /** It ends then, unless it is resumed. */
  cancelAt: number | null;
  /** It ended then. */
  endedAt: number | null;
  /** Nothing is collected since then, and the plan does not hold. */
  pausedAt: number | null;
  resumesAt: number | null;
  /** The last invoice is owed since then. */
  owedSince: number | null;
};

/**
 * Until when the plan holds if nothing more is heard (ADR 0083), ms UTC. Whoever has paid is not locked out because word of it is late:
 * a renewal is told up to an hour after the period's end, and later when Stripe is down. Whoever has not is let in for the grace and no
 * longer: reckoned from when the money was owed, not from when we heard of it, so that it comes out the same in any order.
 */
export function holdsUntil(standing: Standing, graceMs: number): number {
  const { state, startedAt, periodStart, periodEnd, cancelAt, endedAt, pausedAt, owedSince } = standing;
  switch (state) {
    case 'trialing':
    case 'active': {
      if (pausedAt !== null) return pausedAt;
      // Renewed, but not yet paid for: Stripe charges an hour later.
      const paid = owedSince === null ? periodEnd : Math.min(owedSince, periodEnd);
      return Math.min(paid + graceMs, cancelAt ?? Infinity);
    }
    case 'past_due':
      return Math.min((owedSince ?? periodStart) + graceMs, pausedAt ?? Infinity, cancelAt ?? Infinity);
    case 'paused':
      return pausedAt ?? periodStart;
    case 'unpaid': // Stripe has given up: of this period nothing was paid
      return endedAt ?? periodStart;
    case 'canceled':
      return endedAt ?? periodEnd;
    case 'incomplete': // its first payment was never made
    case 'incomplete_expired':
      return startedAt;
    default:
      return state satisfies never;
  }
}

/** States in which there is nothing to subscribe to anew: what is there is mended, resumed or switched. */
export const TAKEN = ['trialing', 'active', 'past_due', 'unpaid', 'paused'] as const;
export const isTaken = (state: SubscriptionState): boolean => TAKEN.some((one) => one === state);

/** States in which a subscription takes money, or will: somebody has one such at most. */
export const isLive = (state: SubscriptionState | null): boolean =>
  state === 'trialing' || state === 'active' || state === 'past_due';
