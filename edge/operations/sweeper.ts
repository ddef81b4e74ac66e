import { sweepClosedAccounts } from '../accounts/me/close-account.ts';
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
  sweepScheduled,
  sweepDrafts,
  sweepListings,
  sweepAttention,
  sweepTrends,
  sweepSearch,
  sweepAudit,
];

/** Run by cron each minute: mends whatever a crash, a lost message or a lost transcoder left behind. One sweep's failure stops no other. */
export async function sweep(platform: Platform): Promise<void> {
  for (const part of sweeps)
    try {
      await part(platform);
    } catch (error) {
      complain({ event: 'sweep failed', sweep: part.name, error });
    }
}
