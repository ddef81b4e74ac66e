import { defaultSettings } from '../../schema/jobs/settings.ts';
import type { PackageResult } from '../../schema/jobs/task.ts';
import type { Warning } from '../../schema/media-facts.ts';
import { keepStill } from '../catalog/still.ts';
import { Problem } from '../http/problem.ts';
import type { Package } from '../../schema/package.ts';
import { presentPackage, savePackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import { failTask, type Outcome } from './fail-task.ts';
import { isTelling } from './markers.ts';
import { certificateFault, packageFault } from './plausible.ts';
import type { Amendment } from './queries/amendments.ts';
import { amended, isPublished, packaged } from './queries/package-moves.ts';
import type { JobLease, Work } from './queries/tasks.ts';
import { retiredPrefixes } from './retired.ts';
import { sendTasks } from './send.ts';
import type { Setback } from './setbacks.ts';
import { blocking, named } from './warnings.ts';

/**
 * The gate: without a certificate that holds there is no package at the edge, and no asset that can be published.
 * @throws Problem `invalid-request` for a package that is not of this asset
 */
export async function verified(
  platform: Platform,
  lease: JobLease,
  work: Work,
  result: PackageResult,
): Promise<Outcome> {
  const { plan, change, asset } = work;
  const misfit = plan ? packageFault(asset, plan, change, result) : 'there is no plan';
  if (misfit !== null)
    throw new Problem('invalid-request', `The result is not what was asked for: ${misfit}.`);
  const fault = certificateFault(result.certificate);
  if (fault !== null) {
    const setback = { problem: 'verification-failed', detail: fault, retryable: false } as const;
    return failTask(platform, lease, setback, { certificate: result.certificate });
  }
  if (change) return changed(platform, lease, work, result);
  const wave = secondWave(platform, work);
  const markers = isTelling(result.package) ? platform.newId('task') : null;
  await savePackage(platform.bucket, result.package); // first: a ready job always has its package
  if (!(await packaged(platform.db, lease, asset, result, { wave, markers }, platform.now()))) return 'stale';
  const next = [...(wave ? [wave.taskId] : []), ...(markers ? [markers] : [])];
  if (next.length > 0) await sendTasks(platform, next);
  if (await isPublished(platform.db, asset)) await keepStill(platform, asset, result.package);
  return 'ok';
}

/** The AV1 ladder, where the job's settings ask for one: begun in the batch that makes the asset ready. */
const secondWave = ({ newId, now }: Platform, { asset, settings }: Work): Amendment | null =>
  (settings ?? defaultSettings).av1
    ? {
        asset,
        jobId: newId('job'),
        taskId: newId('task'),
        change: { add: { kind: 'av1' }, remove: [] },
        plan: null,
        source: null,
        settings,
        userId: null,
        now: now(),
      }
    : null;

/**
 * An amendment takes effect, unless another one came first: then its package is made again on top of that one. What a warning blocks
 * does not reach viewers unless somebody said why it may, after it was begun.
 */
async function changed(
  platform: Platform,
  lease: JobLease,
  { asset, createdAt }: Work,
  result: PackageResult,
): Promise<Outcome> {
  const { package: pack, certificate } = result;
  const overridden = asset.override !== null && asset.override.at >= createdAt;
  const unsaid = overridden ? [] : blocking(certificate.warnings);
  const blocked = unsaid.length > 0;
  if (blocked && (await isPublished(platform.db, asset)))
    return failTask(platform, lease, needsOverride(unsaid), { certificate });
  const inTime = pack.revision === asset.revision + 1;
  const base = inTime ? await presentPackage(platform.bucket, asset) : pack;
  if (inTime) await savePackage(platform.bucket, pack);
  const warnings = warningsAfter(asset.warnings ?? [], certificate.warnings, pack);
  const gone = retiredPrefixes(base, pack);
  const outcome = await amended(
    platform.db,
    lease,
    { asset, result, warnings, gone, blocked },
    platform.now(),
  );
  if (outcome === 'superseded') await sendTasks(platform, [lease.taskId]);
  return outcome === 'stale' ? 'stale' : 'ok';
}

const needsOverride = (unsaid: readonly Warning[]): Setback => ({
  problem: 'needs-override',
  detail: `${named(unsaid)} Publish the asset once more with a reason, then try this job again.`,
  retryable: false,
  keeps: true,
});

/** Those of renditions that went go with them. */
function warningsAfter(before: readonly Warning[], added: readonly Warning[], pack: Package): Warning[] {
  const there = new Set([...pack.video, ...pack.audio, ...pack.subtitles].map(({ id }) => id));
  const kept = before.filter(({ rendition }) => rendition === undefined || there.has(rendition));
  const known = new Set(kept.map((warning) => JSON.stringify(warning)));
  return [...kept, ...added.filter((warning) => !known.has(JSON.stringify(warning)))];
}
