import type { Platform } from '../platform/platform.ts';
import { runningCampaigns, type RunningRow } from './queries.ts';

/** How far what is shown may be behind the dashboard. Their sums are behind by what accounts have still to write, too (ADR 0089). */
const BEHIND_MS = 30_000;

/** In this isolate, of each site. Answers, not promises: one request does not wait for what another one asked. */
const known = new Map<string, { at: number; campaigns: readonly RunningRow[] }>();

/** The campaigns that run, as of half a minute ago at the most. */
export async function running({ db, settings, now }: Platform): Promise<readonly RunningRow[]> {
  const at = now();
  const last = known.get(settings.origin);
  if (last && at >= last.at && at < last.at + BEHIND_MS) return last.campaigns;
  const campaigns = await runningCampaigns(db);
  known.set(settings.origin, { at, campaigns });
  return campaigns;
}

/** A campaign was changed here: this isolate shows it at once. */
export const campaignsChanged = ({ settings }: Pick<Platform, 'settings'>): void => {
  known.delete(settings.origin);
};
