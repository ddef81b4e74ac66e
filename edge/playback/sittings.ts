import { and, eq, exists, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { users } from '../../schema/db/accounts.ts';
import { episodes } from '../../schema/db/catalog.ts';
import { plays, progress } from '../../schema/db/library.ts';
import { profiles } from '../../schema/db/profiles.ts';
import { listMoves } from '../library/list-moves.ts';
import { selectRow, type Db } from '../platform/db.ts';
import { secondsGiven, spokenIn, watched, type Stream } from './leases.ts';

/** The rest of an episode is its closing: whoever came so far has seen it. */
const SEEN = 0.95;

/** Whether a position is where an episode ends. */
export const isSeen = (position: number, duration: number): boolean => position >= duration * SEEN;

/** Seconds from which on it is worth going on there, rather than from the start. */
const BEGUN = 10;

/** Where to go on; null: at the start, since that is near, or since all of it has been seen. */
export const resumeAt = (position: number | null, duration: number): number | null =>
  position === null || position < BEGUN || isSeen(position, duration) ? null : position;

/** So many streams a round trip: what has gathered while D1 was away must not outgrow what one batch may hold. */
const AT_ONCE = 25;

/**
 * Writes what was watched, commonly in one round trip: a play's minutes, how far its profile is, and what that makes of its list. May be
 * repeated and may come late: minutes only grow, and an older position replaces no newer one. What has been deleted meanwhile is left out: minutes stay without the
 * account, nothing is kept of an episode or a profile that is not there.
 */
export async function writeSittings(db: Db, streams: readonly Stream[]): Promise<void> {
  for (let from = 0; from < streams.length; from += AT_ONCE) {
    const [first, ...rest] = streams
      .slice(from, from + AT_ONCE)
      .flatMap((stream) => [playOf(db, stream), ...progressOf(db, stream)]);
    if (first) await db.batch([first, ...rest]);
  }
}

function playOf(db: Db, stream: Stream) {
  const { sessionId: id, titleId, episodeId, licenceId, country, planId, startedAt, seenAt: lastAt } = stream;
  const userId = sql`(select ${users.id} from ${users} where ${users.id} = ${stream.userId})`;
  const row = {
    id,
    userId,
    titleId,
    episodeId,
    licenceId,
    country,
    planId,
    startedAt,
    lastAt,
    ...stream.paying,
    audio: spokenIn(stream),
  };
  const watchedRow = { ...row, periods: stream.given.length, seconds: secondsGiven(stream) };
  return db
    .insert(plays)
    .select(sql`${selectRow(plays, watchedRow)} where ${isThere(db, episodeId)}`)
    .onConflictDoUpdate({
      target: plays.id,
      set: {
        // What is known of more minutes knows better what was heard.
        audio: sql`iif(excluded.periods >= ${plays.periods}, excluded.audio, ${plays.audio})`,
        lastAt: sql`max(${plays.lastAt}, excluded.last_at)`,
        periods: sql`max(${plays.periods}, excluded.periods)`,
        seconds: sql`max(${plays.seconds}, excluded.seconds)`,
      },
    });
}

function progressOf(db: Db, stream: Stream): BatchItem<'sqlite'>[] {
  const { profileId, episodeId, titleId, duration, startedAt } = stream;
  const last = watched(stream);
  if (!profileId || !last) return [];
  const { position, at } = last;
  const completed = isSeen(position, duration);
  const row = { profileId, episodeId, titleId, position, duration, completed, at };
  const profile = db.select({ id: profiles.id }).from(profiles).where(eq(profiles.id, profileId));
  const written = db
    .insert(progress)
    .select(sql`${selectRow(progress, row)} where ${and(isThere(db, episodeId), exists(profile))}`)
    .onConflictDoUpdate({
      target: [progress.profileId, progress.episodeId],
      set: {
        position: sql`excluded.position`,
        duration: sql`excluded.duration`,
        completed: sql`${progress.completed} or excluded.completed`,
        at: sql`excluded.at`,
      },
      setWhere: sql`excluded.at >= ${progress.at}`,
    });
  // Whoever looked in for a moment has not started it.
  if (!completed && position < BEGUN) return [written];
  return [written, ...listMoves(db, { profileId, titleId }, { at, since: startedAt, completed })];
}

const isThere = (db: Db, episodeId: Stream['episodeId']) =>
  exists(db.select({ id: episodes.id }).from(episodes).where(eq(episodes.id, episodeId)));
