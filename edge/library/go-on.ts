import type { WatchState } from '../../schema/library-terms.ts';
import type { Id } from '../../schema/ids.ts';
import { isSeen, resumeAt } from '../playback/sittings.ts';

/** How far an episode was watched; seconds, ms UTC. */
export type Reached = {
  episodeId: Id<'episode'>;
  position: number;
  duration: number;
  completed: boolean;
  at: number;
};
export type Watchable = { id: Id<'episode'>; playable: boolean; publishedAt: number | null };
/** What the list says of the title; null: it is not on it. */
export type Said = { state: WatchState; stateAt: number; followedAt: number | null } | null;

export type GoOn = {
  episodeId: Id<'episode'>;
  why: 'resume' | 'next' | 'new';
  /** Seconds; null: from the start. */
  position: number | null;
  /** When the title was watched last, ms UTC. */
  at: number;
};

/** The episode that was watched last: of those marked at one moment, the last in the order. */
function latestOf(order: readonly Watchable[], reached: ReadonlyMap<string, Reached>) {
  let latest: { index: number; was: Reached } | null = null;
  for (const [index, { id }] of order.entries()) {
    const was = reached.get(id);
    if (was && (!latest || was.at >= latest.was.at)) latest = { index, was };
  }
  return latest;
}

/**
 * What to go on with in a title: the episode in the middle of which somebody is, else the next in the order that can be played and was
 * not seen. Whoever goes through a completed title again gets the next in the order, seen or not.
 * @param order the episodes as they are watched (edge/catalog/order.ts)
 * @returns null: nothing was watched, or nothing is left
 */
export function goOn(
  order: readonly Watchable[],
  reached: ReadonlyMap<string, Reached>,
  said: Said,
): GoOn | null {
  const latest = latestOf(order, reached);
  if (!latest) return null;
  const { index, was } = latest;
  const { at } = was;
  const here = order[index]!;
  if (here.playable && !isSeen(was.position, was.duration))
    return { episodeId: here.id, why: 'resume', position: resumeAt(was.position, was.duration), at };
  const again = said?.state === 'completed' && at > said.stateAt;
  const next = order.slice(index + 1).find(({ id, playable }) => {
    return playable && (again || !reached.get(id)?.completed);
  });
  if (!next) return null;
  const then = reached.get(next.id);
  const position =
    then && !isSeen(then.position, then.duration) ? resumeAt(then.position, then.duration) : null;
  return { episodeId: next.id, why: (next.publishedAt ?? 0) > at ? 'new' : 'next', position, at };
}

/**
 * The same for the row of what to continue with, which a title leaves when it is dropped, paused or completed, until it is watched again;
 * what came out since of a followed one brings it back, unless it was dropped.
 */
export function continueWith(
  order: readonly Watchable[],
  reached: ReadonlyMap<string, Reached>,
  said: Said,
): GoOn | null {
  const found = goOn(order, reached, said);
  if (!found || !said || said.state === 'planning' || said.state === 'watching') return found;
  if (said.state === 'dropped') return null;
  if (found.at > said.stateAt) return found;
  return found.why === 'new' && said.followedAt !== null ? found : null;
}

/** Where a title is begun by whoever has seen nothing of it. */
export const firstOf = (order: readonly Watchable[]): Watchable | null =>
  order.find(({ playable }) => playable) ?? null;
