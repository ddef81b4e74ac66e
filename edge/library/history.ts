import type { HistoryPage, Marked, MarkWatched } from '../../schema/api/library.ts';
import type { Id } from '../../schema/ids.ts';
import type * as v from 'valibot';
import { episodeCard, titleCard } from '../catalog/cards.ts';
import { toPage } from '../http/cursor.ts';
import { Problem } from '../http/problem.ts';
import { reached as answered } from '../playback/lease.ts';
import { profileOf, readAs, viewingAs, visibleIn, type Asking } from './asking.ts';
import { orderOf } from './continue.ts';
import type { Reached } from './go-on.ts';
import { cardsOf, factsAround } from './queries/facts.ts';
import { forget, historyPage, markSeen, markUnseen, putBack, type HistoryCursor } from './queries/history.ts';
import { shieldFor } from './shield.ts';
import { ofProfile, unwrittenOf, withUnwritten } from './unwritten.ts';

type Cursor = v.InferOutput<typeof HistoryCursor> | null;

/**
 * A page of what was watched. One round trip to D1, and beside it one call of the account's object, whose sittings stand on the first
 * page; a second one for their cards where there are any.
 */
export async function historyFor(asking: Asking, after: Cursor, limit: number): Promise<HistoryPage> {
  const { platform, actor } = asking;
  const { db } = platform;
  const [{ profile, found }, all] = await Promise.all([
    readAs(asking, (id) => [historyPage(db, id, visibleIn(asking, id), asking, { after, limit })]),
    unwrittenOf(platform, actor.userId),
  ]);
  const rows = found[0];
  const unwritten = ofProfile(all, profile.id);
  const now = withUnwritten(
    rows.map((row) => row.reached),
    unwritten,
  );
  const shield = shieldFor(profile.preferences.shield, now);
  const page = toPage(
    rows,
    limit,
    ({ episode, title, reached }) => ({
      title: titleCard(title),
      episode: shield(episodeCard(episode)),
      ...shown(now.get(reached.episodeId) ?? reached),
    }),
    ({ reached }) => [reached.at, reached.episodeId],
  );
  // What is being watched stands at the top, and nowhere else.
  const going = new Set<string>(unwritten.map(({ episodeId }) => episodeId));
  const rest = page.items.filter(({ episode }) => !going.has(episode.id));
  if (after !== null || going.size === 0) return { ...page, items: rest };
  const cards = await cardsOf(
    db,
    viewingAs(asking, profile),
    unwritten.map(({ episodeId }) => episodeId),
  );
  const top = cards
    .map(({ episode, title }) => ({
      title: titleCard(title),
      episode: shield(episodeCard(episode)),
      ...shown(now.get(episode.id)!),
    }))
    .sort((a, b) => b.at - a.at);
  return { ...page, items: [...top, ...rest] };
}

const shown = ({ position, duration, completed, at }: Reached) => ({ position, duration, completed, at });

/** Forgets some episodes, or all, wherever they are kept: first where they would be written from. */
export async function forgetFor(asking: Asking, ids: readonly Id<'episode'>[] | 'all'): Promise<void> {
  const { db } = asking.platform;
  const profile = await profileOf(asking);
  await forgetSittings(asking, profile.id, ids);
  await db.batch(forget(db, profile.id, ids));
}

const forgetSittings = (
  { platform, actor }: Asking,
  profileId: Id<'profile'>,
  episodeIds: readonly Id<'episode'>[] | 'all',
): Promise<void> => {
  const until = platform.now();
  const account = platform.streams.account(actor.userId);
  return answered(account.forgetWatched({ profileId, episodeIds, until }));
};

/**
 * Marks episodes, and says what they were. What a player says later of an earlier moment changes nothing of it: progress goes by time.
 * @throws Problem `not-found`
 */
export async function markFor(
  asking: Asking,
  { episodeId, watched, upTo }: v.InferOutput<typeof MarkWatched>,
): Promise<Marked> {
  const { platform, actor } = asking;
  const { db } = platform;
  const [{ profile, found }, all] = await Promise.all([
    readAs(asking, (id) => [factsAround(db, id, episodeId, visibleIn(asking, id))]),
    unwrittenOf(platform, actor.userId),
  ]);
  const [facts] = found[0];
  const order = facts ? orderOf(facts) : [];
  const here = order.findIndex(({ id }) => id === episodeId);
  if (!facts || here < 0) throw new Problem('not-found', 'There is no such episode.');
  const { titleId } = facts;
  const known = withUnwritten(facts.reached, ofProfile(all, profile.id));
  const changing = (upTo ? order.slice(0, here + 1) : [order[here]!])
    .map(({ id }) => id)
    .filter((id) => (watched ? !known.get(id)?.completed : known.has(id)));
  const before = changing.map((id) => {
    const was = known.get(id);
    return { episodeId: id, progress: was ? shown(was) : null };
  });
  if (changing.length === 0) return { changed: 0, before };
  const place = { profileId: profile.id, titleId };
  if (!watched) await forgetSittings(asking, profile.id, changing);
  const now = platform.now();
  await db.batch((watched ? markSeen : markUnseen)(db, place, changing, now));
  return { changed: changing.length, before };
}

/** Takes a mark back: of what is not in the catalogue any more nothing is kept. */
export async function undoFor(asking: Asking, before: Marked['before']): Promise<void> {
  const { db, now } = asking.platform;
  const profile = await profileOf(asking);
  const nothing = before.filter(({ progress }) => progress === null).map(({ episodeId }) => episodeId);
  if (nothing.length > 0) await forgetSittings(asking, profile.id, nothing);
  await db.batch(putBack(db, profile.id, before, now()));
}
