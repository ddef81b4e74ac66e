import type { CampaignNumbers, CampaignState } from '../../../schema/api/ads.ts';

type Item = CampaignNumbers['items'][number];
const HOUR_MS = 3_600_000;
const none = { impressions: 0, q1: 0, q2: 0, q3: 0, q4: 0, skips: 0, clicks: 0 };
/** A chart of more bars than this shows nothing but its teeth: what is older stands in the sums. */
const MOST_DAYS = 31;

/** Every hour or day of the numbers, also those without any, oldest first. */
export function slotsOf({
  by,
  from,
  until,
  items,
}: Pick<CampaignNumbers, 'by' | 'from' | 'until' | 'items'>): Item[] {
  const step = by === 'hour' ? HOUR_MS : 24 * HOUR_MS;
  const known = new Map(items.map((item) => [item.at, item]));
  const first =
    by === 'hour' ? from : Math.max(from, Math.floor(until / step) * step - (MOST_DAYS - 1) * step);
  const slots: Item[] = [];
  for (let at = first; at < until; at += step) slots.push(known.get(at) ?? { at, ...none });
  return slots;
}

export function totalsOf(items: readonly Item[]): Omit<Item, 'at'> {
  const all = { ...none };
  for (const item of items)
    for (const name of Object.keys(none) as (keyof typeof none)[]) all[name] += item[name];
  return all;
}

/** What is to be said of a goal: met, on its way, when, or short of it. Null: there is none, or nothing runs. */
export function forecastOf(
  pace: CampaignNumbers['pace'],
  state: CampaignState,
): 'met' | 'on-time' | 'meets' | 'short' | null {
  if (!pace) return null;
  if (pace.metAt !== null && pace.forecast >= pace.goal && pace.expected >= pace.goal) return 'met';
  if (state !== 'running') return null;
  if (pace.meets) return pace.metAt === null ? 'meets' : 'on-time';
  return 'short';
}
