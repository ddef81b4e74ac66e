import type { Id } from '../../../schema/ids.ts';
import type { WatchState } from '../../../schema/library-terms.ts';
import type { Listed } from './listed.ts';

/** What a list is made of, of one title. Times are ms UTC. */
export type Entry = {
  titleId: Id<'title'>;
  state: WatchState;
  score: number | null;
  followedAt: number | null;
  rewatched: number;
  notes: string | null;
  startedAt: number | null;
  finishedAt: number | null;
  stateAt: number;
  createdAt: number;
  updatedAt: number;
};
/** What to do with what is on the list already. */
export type Existing = 'keep' | 'replace' | 'newer';
export type Outcome = 'added' | 'changed' | 'kept';

/** What an entry of a file makes of the list. @param story how many story episodes of the title can be played */
export function merged(
  listed: Listed,
  { titleId, was, story }: { titleId: Id<'title'>; was: Entry | null; story: number },
  existing: Existing,
  now: number,
): { outcome: Outcome; entry: Entry; goes: boolean } {
  if (was && (existing === 'keep' || (existing === 'newer' && (listed.updatedAt ?? 0) <= was.updatedAt)))
    return { outcome: 'kept', entry: was, goes: false };
  const updatedAt = Math.min(listed.updatedAt ?? now, now);
  const entry: Entry = {
    titleId,
    state: stateOf(listed, story),
    score: listed.score,
    followedAt:
      listed.followed === null
        ? (was?.followedAt ?? null)
        : listed.followed
          ? (was?.followedAt ?? now)
          : null,
    rewatched: listed.rewatched,
    notes: listed.notes,
    startedAt: sameDay(was?.startedAt, listed.startedAt),
    finishedAt: sameDay(was?.finishedAt, listed.finishedAt),
    stateAt: updatedAt,
    createdAt: was?.createdAt ?? updatedAt,
    updatedAt,
  };
  if (!was) return { outcome: 'added', entry, goes: true };
  const changed = said.some((field) => was[field] !== entry[field]);
  return changed ? { outcome: 'changed', entry, goes: true } : { outcome: 'kept', entry: was, goes: true };
}

const said = ['state', 'score', 'followedAt', 'rewatched', 'notes', 'startedAt', 'finishedAt'] as const;

/**
 * Elsewhere a season is often a title of its own: whoever completed that has not seen a further season that stands under the same title
 * here. So what is called completed is, where all of its story was watched.
 */
function stateOf({ state, watched, episodes }: Listed, story: number): WatchState {
  const seen = watched === null ? episodes.filter(({ completed }) => completed).length : watched;
  return state === 'completed' && seen > 0 && seen < story ? 'watching' : state;
}

const DAY = 86_400_000;
/** Other sites keep days: the moment that is known of that day stays. */
const sameDay = (was: number | null | undefined, listed: number | null): number | null =>
  was && listed && listed % DAY === 0 && Math.floor(was / DAY) === listed / DAY ? was : listed;

/** How many story episodes are watched by an entry, and when the last of them was. */
export function seenBy(listed: Listed, now: number): { count: number; at: number } | null {
  if (listed.watched === null) return null;
  const { state, finishedAt, startedAt, updatedAt } = listed;
  const all = state === 'completed' && listed.watched === 0;
  const known = state === 'completed' ? (finishedAt ?? updatedAt ?? startedAt) : updatedAt;
  const count = all ? Number.MAX_SAFE_INTEGER : listed.watched;
  return count > 0 ? { count, at: Math.min(known ?? now, now) } : null;
}
