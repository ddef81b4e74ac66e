import { sweepClosedAccounts } from '../accounts/me/close-account.ts';
import { sweepClosing, sweepLeftCustomers } from '../billing/subscription-closing.ts';
import { sweepInvites } from '../accounts/people/invites.ts';
import { sweepEvents } from '../billing/events-sweep.ts';
import { sweepCampaigns } from '../ads/sweep.ts';
import { sweepReconciliation } from '../billing/reconcile.ts';
import { sweepAdvertPlays } from '../books/forget-adverts.ts';
import { sweepBooks, sweepStatements } from '../books/sweep.ts';
import { sweepListings } from '../catalog/listing.ts';
import { sweepDrafts } from '../catalog/publishing.ts';
import { sweepTrends } from '../catalog/trend.ts';
import { sweepScheduled } from '../ingest/scheduled.ts';
import {
  sweepExpiredLeases,
  sweepHeldTracks,
  sweepLeftovers,
  sweepRetired,
  sweepUnsentTasks,
  sweepUploads,
} from '../ingest/sweep.ts';
import { sweepAttention } from '../rights/attend.ts';
import { sweepAudit } from './audit/anchors.ts';
import { noteSweeps } from './overview/queries.ts';
import { sweepNumbers } from './overview/roll-up.ts';
import { sweepSearch } from '../search/reindex.ts';
import type { Platform } from '../platform/platform.ts';
import { complain } from '../platform/log.ts';

/** In this order: an expired lease makes a waiting task. Each is safe to run at any time, twice and side by side. */
const sweeps = [
  sweepExpiredLeases,
  sweepUnsentTasks,
  sweepUploads,
  sweepHeldTracks,
  sweepLeftovers,
  sweepRetired,
  sweepClosedAccounts,
  sweepClosing,
  sweepLeftCustomers,
  sweepInvites,
  sweepScheduled,
  sweepDrafts,
  sweepListings,
  sweepAttention,
  sweepTrends,
  sweepCampaigns,
  sweepSearch,
  sweepAudit,
  sweepNumbers,
  sweepBooks,
  sweepStatements,
  sweepAdvertPlays,
  sweepEvents,
  sweepReconciliation,
];

/**
 * Run by cron each minute: mends whatever a crash, a lost message or a lost transcoder left behind. One sweep's failure stops no other;
 * it is shown in the overview until the sweep runs through again.
 */
export async function sweep(
  platform: Platform,
  parts: readonly ((platform: Platform) => Promise<unknown>)[] = sweeps,
): Promise<void> {
  const ran: string[] = [];
  const failed: { sweep: string; error: string }[] = [];
  for (const part of parts)
    try {
      await part(platform);
      ran.push(part.name);
    } catch (error) {
      complain({ event: 'sweep failed', sweep: part.name, error });
      failed.push({ sweep: part.name, error: error instanceof Error ? error.message : String(error) });
    }
  await noteSweeps(platform.db, { ran, failed }, platform.now()).catch((error: unknown) =>
    complain({ event: 'sweeps not noted', error }),
  );
}
