import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { revokeAssets } from '../playback/revoke.ts';
import { assetsOf, takeDown, type TakedownRow, type Target } from './queries.ts';

/**
 * The switch, then the streams: whoever watches stops within one key period. Asked for again, it makes sure of both.
 * @throws Problem `not-found` for a title that is not there
 */
export async function bringDown(
  platform: Platform,
  target: Target,
  { by, reason }: { by: string; reason: string },
): Promise<TakedownRow> {
  const inForce = await takeDown(platform.db, {
    ...target,
    id: platform.newId('takedown'),
    reason,
    by,
    at: platform.now(),
    liftedAt: null,
    liftedBy: null,
    liftedBecause: null,
  });
  if (!inForce) throw new Problem('not-found', 'There is no such title.');
  await revokeAssets(platform, await assetsOf(platform.db, target), 'taken-down');
  return inForce;
}
