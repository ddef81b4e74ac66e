import type { AdminEpisode } from '../../schema/api/editing.ts';
import type { Id } from '../../schema/ids.ts';
import { editorsEpisode } from '../catalog/editors-episode.ts';
import { keepStill } from '../catalog/still.ts';
import { Problem } from '../http/problem.ts';
import { readPackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import { isTelling } from './markers.ts';
import { beginMarkers, encodeJobOf } from './queries/markers.ts';
import { publish, verifiedAsset } from './queries/publish.ts';
import { sendTasks } from './send.ts';
import { blocking, named } from './warnings.ts';

/**
 * Switches an episode to an asset of its own.
 * @param reason why it may be published in spite of warnings that block it
 * @throws Problem `not-found`, `not-publishable` or `needs-override`, naming the warnings
 */
export async function publishAsset(
  platform: Platform,
  target: { id: Id<'asset'>; episodeId: Id<'episode'> },
  userId: string,
  reason: string | null,
): Promise<AdminEpisode> {
  const { db, bucket } = platform;
  const now = platform.now();
  const episode = await editorsEpisode(db, target.episodeId);
  if (!episode) throw new Problem('not-found', 'There is no such episode.');
  const asset = await verifiedAsset(db, target);
  const override = reason === null ? null : { reason, userId, at: now };
  const blocked = asset && !asset.override && !override ? blocking(asset.warnings) : [];
  if (blocked.length > 0)
    throw new Problem(
      'needs-override',
      `${named(blocked)} Mend the source, or publish it with \`override.reason\`.`,
    );
  const pack = asset && (await readPackage(bucket, asset.id, asset.revision));
  if (!pack)
    throw new Problem(
      'not-publishable',
      'Only an asset of this episode whose certificate holds can be published. Its job shows what is missing.',
    );
  if (!(await publish(db, target, pack, override, now)))
    throw new Problem('conflict', 'The asset was amended at the same moment. Try again.');
  await keepStill(platform, target, pack);
  // Another version took an episode's place: what was found on the last one need not hold for it.
  if (episode.assetId && episode.assetId !== target.id && isTelling(pack))
    await compareAgain(platform, target);
  return (await editorsEpisode(db, target.episodeId)) ?? episode;
}

async function compareAgain(
  platform: Platform,
  target: { id: Id<'asset'>; episodeId: Id<'episode'> },
): Promise<void> {
  const { db, newId, now } = platform;
  const jobId = await encodeJobOf(db, target);
  if (!jobId) return;
  const made = await beginMarkers(db, jobId, newId('task'), now());
  await sendTasks(
    platform,
    made.map(({ id }) => id),
  );
}
