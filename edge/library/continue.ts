import { sql } from 'drizzle-orm';
import type { Continue, ListEntry, TitleForMe } from '../../schema/api/library.ts';
import type { Id } from '../../schema/ids.ts';
import { episodeCard, titleCard } from '../catalog/cards.ts';
import { watchOrder } from '../catalog/order.ts';
import { Problem } from '../http/problem.ts';
import { readAs, viewingAs, visibleIn, type Asking } from './asking.ts';
import { continueWith, firstOf, goOn, type Reached, type Watchable } from './go-on.ts';
import { cardsOf, continuable, titleFacts, type CardRow, type TitleFacts } from './queries/facts.ts';
import { visibleTitle } from './queries/list.ts';
import { shieldFor } from './shield.ts';
import { ofProfile, unwrittenOf, withUnwritten, type Unwritten } from './unwritten.ts';

const SHOWN = 24;

/** A title's episodes as they are watched; those that were taken down are not there. */
export const orderOf = ({ episodes, orders }: Pick<TitleFacts, 'episodes' | 'orders'>) =>
  watchOrder(
    episodes.filter(({ takenDownAt }) => takenDownAt === null),
    orders,
  ).map(({ id, kind, publishedAt, assetId, duration }) => ({
    id,
    kind,
    publishedAt,
    duration,
    playable: assetId !== null && publishedAt !== null,
  })) satisfies Watchable[];

const reachedIn = ({ reached, titleId }: TitleFacts, unwritten: readonly Unwritten[]) =>
  withUnwritten(
    reached,
    unwritten.filter((one) => one.titleId === titleId),
  );

/**
 * The row of what to continue with. Two round trips to D1, which profile and what it watched, then what is shown of it; beside the first
 * one call of the account's object. One more where a title is being watched for the first time at this very moment.
 */
export async function continueFor(asking: Asking): Promise<Continue> {
  const { db } = asking.platform;
  const [{ profile, found }, all] = await Promise.all([
    readAs(asking, (profileId) => [continuable(db, profileId)]),
    unwrittenOf(asking.platform, asking.actor.userId),
  ]);
  const unwritten = ofProfile(all, profile.id);
  const facts = [...found[0]];
  const known = new Set(facts.map(({ titleId }) => titleId));
  const missing = [...new Set(unwritten.map(({ titleId }) => titleId))].filter((id) => !known.has(id));
  if (missing.length > 0) {
    const more = await titleFacts(db, sql`${profile.id}`, missing);
    facts.push(...more);
  }
  const picks = facts.flatMap((title) => {
    const reached = reachedIn(title, unwritten);
    const order = orderOf(title);
    const pick = continueWith(order, reached, title.said[0] ?? null);
    if (!pick) return [];
    const out = pick.why === 'new' ? order.find(({ id }) => id === pick.episodeId)?.publishedAt : null;
    return [{ ...pick, reached, when: Math.max(pick.at, out ?? 0) }];
  });
  picks.sort((a, b) => b.when - a.when || (a.episodeId < b.episodeId ? -1 : 1));
  if (picks.length === 0) return { items: [] };
  const ids = picks.map(({ episodeId }) => episodeId);
  const cards = byEpisode(await cardsOf(db, viewingAs(asking, profile), ids));
  return {
    items: picks
      .flatMap(({ episodeId, why, position, at, reached }) => {
        const card = cards.get(episodeId);
        if (!card) return [];
        const shield = shieldFor(profile.preferences.shield, reached);
        const episode = shield(episodeCard(card.episode));
        return [{ title: titleCard(card.title), episode, why, position, at }];
      })
      .slice(0, SHOWN),
  };
}

const byEpisode = (rows: readonly CardRow[]) => new Map(rows.map((row) => [row.episode.id, row]));

/** Everything that a title's page shows of the profile. One round trip, and one call of the account's object beside it. */
export async function titleFor(asking: Asking, titleId: Id<'title'>): Promise<TitleForMe> {
  const { db } = asking.platform;
  const [{ profile, found }, all] = await Promise.all([
    readAs(asking, (profileId) => [
      titleFacts(db, profileId, [titleId]),
      visibleTitle(db, titleId, visibleIn(asking, profileId)),
    ]),
    unwrittenOf(asking.platform, asking.actor.userId),
  ]);
  const [[facts], [visible]] = found;
  if (!facts || !visible) throw new Problem('not-found', 'There is no such title.');
  const reached = reachedIn(facts, ofProfile(all, profile.id));
  const order = orderOf(facts);
  const said = facts.said[0] ?? null;
  return {
    entry: said && entryOf(titleId, said, countsOf(order, reached)),
    progress: [...reached.values()],
    next: nextOf(order, reached, said),
  };
}

function nextOf(
  order: readonly Watchable[],
  reached: ReadonlyMap<string, Reached>,
  said: TitleFacts['said'][number] | null,
): TitleForMe['next'] {
  if (reached.size === 0) {
    const first = firstOf(order);
    return first && { episodeId: first.id, position: null, first: true };
  }
  const next = goOn(order, reached, said);
  return next && { episodeId: next.episodeId, position: next.position, first: false };
}

type Counts = Pick<ListEntry, 'watched' | 'of'>;
const countsOf = (order: ReturnType<typeof orderOf>, reached: ReadonlyMap<string, Reached>): Counts => {
  const story = order.filter(({ kind, playable }) => kind === 'story' && playable);
  return { watched: story.filter(({ id }) => reached.get(id)?.completed).length, of: story.length };
};

/** A row of the list as it is shown. */
export const entryOf = (
  titleId: Id<'title'>,
  row: Omit<ListEntry, 'titleId' | 'followed' | 'watched' | 'of'> & { followedAt: number | null },
  counts: Counts,
): ListEntry => ({
  titleId,
  state: row.state,
  score: row.score,
  followed: row.followedAt !== null,
  rewatched: row.rewatched,
  notes: row.notes,
  startedAt: row.startedAt,
  finishedAt: row.finishedAt,
  updatedAt: row.updatedAt,
  watched: counts.watched,
  of: counts.of,
});
