import type { Id } from '../../schema/ids.ts';
import { complain } from '../platform/log.ts';
import type { Platform } from '../platform/platform.ts';
import type { Unwritten } from '../playback/leases.ts';
import { isSeen } from '../playback/sittings.ts';
import type { Reached } from './go-on.ts';

export type { Unwritten } from '../playback/leases.ts';

/**
 * What an account's sittings that are not over yet have added, of all its profiles: one call of its object, which is made beside the
 * question to D1. Where the object does not answer, the row is as old as D1: better than none.
 */
export async function unwrittenOf({ streams }: Platform, userId: string): Promise<Unwritten[]> {
  try {
    return await streams.account(userId).unwritten();
  } catch (error) {
    complain({ event: 'what is not written yet cannot be read', error });
    return [];
  }
}

export const ofProfile = (unwritten: readonly Unwritten[], profileId: Id<'profile'>): Unwritten[] =>
  unwritten.filter((one) => one.profileId === profileId);

/** What D1 says with what it will be told (edge/playback/sittings.ts writes just so): the newest counts; seen once is seen. */
export function withUnwritten(
  known: readonly Reached[],
  unwritten: readonly Pick<Unwritten, 'episodeId' | 'position' | 'duration' | 'at'>[],
): Map<string, Reached> {
  const reached = new Map<string, Reached>(known.map((row) => [row.episodeId, row]));
  for (const { episodeId, position, duration, at } of unwritten) {
    const was = reached.get(episodeId);
    if (was && was.at > at) continue;
    const completed = isSeen(position, duration) || (was?.completed ?? false);
    reached.set(episodeId, { episodeId, position, duration, at, completed });
  }
  return reached;
}
