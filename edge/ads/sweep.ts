import type { Platform } from '../platform/platform.ts';
import { endOver } from './campaign-queries.ts';
import { campaignsChanged } from './running.ts';

/** Run by cron each minute: campaigns whose time is over, or that have been shown as often as was bought, end. Nothing would show them anyway. */
export async function sweepCampaigns(platform: Platform): Promise<void> {
  if ((await endOver(platform.db, platform.now())) > 0) campaignsChanged(platform);
}
