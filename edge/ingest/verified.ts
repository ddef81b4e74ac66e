import type { PackageResult } from '../../schema/jobs/task.ts';
import { Problem } from '../http/problem.ts';
import { savePackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import { failTask, type Outcome } from './fail-task.ts';
import { certificateFault, packageFault } from './plausible.ts';
import { packaged } from './queries/package-moves.ts';
import type { JobLease, Work } from './queries/tasks.ts';

/**
 * The gate: without a certificate that holds there is no package at the edge, and no asset that can be published.
 * @throws Problem `invalid-request` for a package that is not of this asset
 */
export async function verified(
  platform: Platform,
  lease: JobLease,
  { plan, change, asset }: Work,
  result: PackageResult,
): Promise<Outcome> {
  const misfit = plan ? packageFault(asset, plan, change, result) : 'there is no plan';
  if (misfit !== null)
    throw new Problem('invalid-request', `The result is not what was asked for: ${misfit}.`);
  const fault = certificateFault(result.certificate);
  if (fault !== null) {
    const setback = { problem: 'verification-failed', detail: fault, retryable: false } as const;
    return failTask(platform, lease, setback, { certificate: result.certificate });
  }
  await savePackage(platform.bucket, result.package); // first: a ready job always has its package
  const ready = await packaged(platform.db, lease, asset, result, platform.now());
  return ready ? 'ok' : 'stale';
}
