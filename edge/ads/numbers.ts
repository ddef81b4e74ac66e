import type { CampaignNumbers } from '../../schema/api/ads.ts';
import { expectedBy } from './choose.ts';

const DAY_MS = 86_400_000;

type Goal = { startsAt: number | null; endsAt: number | null; goal: number | null; shown: number };

/**
 * Whether a campaign will have what was bought: if it goes on as in the last day, or since it began where that is less.
 * @param lately impressions of the last 24 hours
 */
export function paceOf(
  { startsAt, endsAt, goal, shown }: Goal,
  lately: number,
  now: number,
): CampaignNumbers['pace'] {
  if (goal === null || endsAt === null) return null;
  const expected =
    startsAt === null
      ? now < endsAt
        ? 0
        : goal
      : expectedBy({ startsAt, endsAt, goal, shown, pacing: 'even' }, now);
  const ran = Math.max(1, Math.min(DAY_MS, now - (startsAt ?? now - DAY_MS)));
  const perMs = lately / ran;
  const forecast = shown + perMs * Math.max(0, endsAt - Math.max(now, startsAt ?? now));
  const missing = goal - shown;
  const metAt = missing <= 0 ? now : perMs > 0 ? now + missing / perMs : Infinity;
  return {
    goal,
    expected: Math.round(expected),
    forecast: Math.round(forecast),
    meets: forecast >= goal,
    metAt: metAt <= endsAt ? Math.round(metAt) : null,
  };
}
