import { eq } from 'drizzle-orm';
import type { AdminEpisode } from '../../schema/api/editing.ts';
import { episodes } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import type { Package } from '../../schema/package.ts';
import { episodeConflict } from '../catalog/conflict.ts';
import { editorsEpisode } from '../catalog/editors-episode.ts';
import { keepStill } from '../catalog/still.ts';
import type { Expected } from '../http/if-match.ts';
import { Problem } from '../http/problem.ts';
import { readPackage } from '../platform/packages.ts';
import type { Platform } from '../platform/platform.ts';
import { revokeAssets, watchable } from '../playback/revoke.ts';
import { isTelling } from './markers.ts';
import { beginMarkers, encodeJobOf } from './queries/markers.ts';
import { publish, schedule, unpublish, verifiedAsset, type Override } from './queries/publish.ts';
import { sendTasks } from './send.ts';
import { blocking, named } from './warnings.ts';

type Target = { id: Id<'asset'>; episodeId: Id<'episode'> };
/** Who asks for it, why in spite of what blocks it, and from which revision of the episode. */
export type Wish = { userId: string; reason: string | null; expected: Expected };

async function editors({ db }: Platform, id: Id<'episode'>): Promise<AdminEpisode> {
  const episode = await editorsEpisode(db, id);
  if (!episode) throw new Problem('not-found', 'There is no such episode.');
  return episode;
}

/**
 * The package of an asset that may be published now.
 * @throws Problem `not-publishable`, or `needs-override`, naming the warnings
 */
export async function publishable(
  { db, bucket }: Platform,
  target: Target,
  override: Override | null,
): Promise<Package> {
  const asset = await verifiedAsset(db, target);
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
  return pack;
}

const overrideOf = ({ userId, reason }: Wish, at: number): Override | null =>
  reason === null ? null : { reason, userId, at };

/**
 * Switches an episode to an asset of its own.
 * @throws Problem `not-found`, `not-publishable`, `needs-override`, `changed-meanwhile`
 */
export async function publishAsset(platform: Platform, target: Target, wish: Wish): Promise<AdminEpisode> {
  const now = platform.now();
  const before = await editors(platform, target.episodeId);
  const override = overrideOf(wish, now);
  const pack = await publishable(platform, target, override);
  const switched = await publish(platform.db, target, pack, { override, expected: wish.expected, now });
  if (switched === 'stale') throw await episodeConflict(platform.db, target.episodeId);
  if (!switched) throw new Problem('conflict', 'The asset was amended at the same moment. Try again.');
  await published(platform, target, pack, before.assetId);
  return editors(platform, target.episodeId);
}

/** What follows once an episode has been switched to an asset. @param before what viewers got until then */
export async function published(
  platform: Platform,
  target: Target,
  pack: Package,
  before: Id<'asset'> | null,
): Promise<void> {
  await keepStill(platform, target, pack);
  // Another version took an episode's place: what was found on the last one need not hold for it.
  if (before && before !== target.id && isTelling(pack)) await compareAgain(platform, target);
}

/**
 * Says that an episode is to be switched to an asset of its own later; whether it may be is checked now, and once more when it is time.
 * @param at ms UTC, in the future
 * @throws Problem as `publishAsset`
 */
export async function publishLater(
  platform: Platform,
  target: Target,
  at: number,
  wish: Wish,
): Promise<AdminEpisode> {
  const now = platform.now();
  await editors(platform, target.episodeId);
  const override = overrideOf(wish, now);
  await publishable(platform, target, override);
  const refused = await schedule(platform.db, target, at, { override, expected: wish.expected, now });
  if (refused) throw await episodeConflict(platform.db, target.episodeId);
  return editors(platform, target.episodeId);
}

/** Takes back a switch that was to come, and forgets one that was refused; also fine where there is none. */
export async function publishNoMore(
  platform: Platform,
  episodeId: Id<'episode'>,
  expected: Expected,
): Promise<AdminEpisode> {
  const before = await editors(platform, episodeId);
  if (before.publishAt === null && before.publishRefused === null) return before;
  const change = { override: null, expected, now: platform.now() };
  const refused = await schedule(platform.db, { id: null, episodeId }, null, change);
  if (refused) throw await episodeConflict(platform.db, episodeId);
  return editors(platform, episodeId);
}

/**
 * Takes an episode off the site; whoever watches it stops within one key period, as after a takedown. Asked for again, it makes sure of
 * both.
 * @throws Problem `not-found`, `changed-meanwhile`
 */
export async function unpublishEpisode(
  platform: Platform,
  episodeId: Id<'episode'>,
  expected: Expected,
): Promise<AdminEpisode> {
  const before = await editors(platform, episodeId);
  if (before.assetId || before.publishAt !== null || before.publishRefused !== null) {
    const refused = await unpublish(platform.db, episodeId, { expected, now: platform.now() });
    if (refused) throw await episodeConflict(platform.db, episodeId);
  }
  const assets = await watchable(platform.db, eq(episodes.id, episodeId));
  await revokeAssets(platform, assets, 'taken-down');
  return editors(platform, episodeId);
}

async function compareAgain(platform: Platform, target: Target): Promise<void> {
  const { db, newId, now } = platform;
  const jobId = await encodeJobOf(db, target);
  if (!jobId) return;
  const made = await beginMarkers(db, jobId, newId('task'), now());
  await sendTasks(
    platform,
    made.map(({ id }) => id),
  );
}
