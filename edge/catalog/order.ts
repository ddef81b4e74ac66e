import type { orderKinds } from '../../schema/catalog-terms.ts';
import type { Id } from '../../schema/ids.ts';

/** What tells where an episode stands. Season 0 holds specials. */
export type Placed = { id: Id<'episode'>; season: number; number: number; airsAt: number | null };
/** An order that an editor gave. */
export type GivenOrder = {
  kind: (typeof orderKinds)[number];
  episodeIds: readonly Id<'episode'>[];
};

/**
 * The episodes of one title in the order in which they are watched: what is next after which. An editor's order goes first, the aired
 * one before the chronological one; what it does not name stands after what it stands after without it. Where there is none, seasons
 * and numbers count, and each special has its place by when it aired. (`production` is no order to watch in.)
 * Depends on nothing but its arguments: whatever order the rows come in, the answer is the same.
 */
export function watchOrder<E extends Placed>(episodes: readonly E[], orders: readonly GivenOrder[]): E[] {
  const usual = usualOrder(episodes);
  const given = (['aired', 'chronological'] as const)
    .map((kind) => orders.find((order) => order.kind === kind)?.episodeIds)
    .find((ids) => ids !== undefined && ids.length > 0);
  return given ? asGiven(usual, given) : usual;
}

function usualOrder<E extends Placed>(episodes: readonly E[]): E[] {
  const list = episodes
    .filter(({ season }) => season !== 0)
    .sort((a, b) => a.season - b.season || a.number - b.number);
  const specials = episodes.filter(({ season }) => season === 0).sort((a, b) => a.number - b.number);
  const byTime = specials.filter(({ airsAt }) => airsAt !== null);
  byTime.sort((a, b) => (a.airsAt ?? 0) - (b.airsAt ?? 0) || a.number - b.number);
  for (const special of byTime) list.splice(placeOf(special, list), 0, special);
  // Of which nothing is known: nobody should have to begin with them.
  return [...list, ...specials.filter(({ airsAt }) => airsAt === null)];
}

/** After the last one that had aired by then; before all where all are known to be later, after all where nothing is known. */
function placeOf(special: Placed, list: readonly Placed[]): number {
  const aired = list.findLastIndex(({ airsAt }) => airsAt !== null && airsAt <= (special.airsAt ?? 0));
  if (aired >= 0) return aired + 1;
  return list.some(({ airsAt }) => airsAt !== null) ? 0 : list.length;
}

function asGiven<E extends Placed>(usual: readonly E[], ids: readonly Id<'episode'>[]): E[] {
  const byId = new Map(usual.map((episode) => [episode.id, episode]));
  const list = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  const named = new Set(list);
  for (const [i, episode] of usual.entries()) {
    if (named.has(episode)) continue;
    const before = usual[i - 1];
    list.splice(before ? list.indexOf(before) + 1 : 0, 0, episode);
  }
  return list;
}
