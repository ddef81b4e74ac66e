import type { Id } from '../../schema/ids.ts';
import type { BusinessModel, GivenBy } from '../../schema/plans.ts';
import type { LiveStream, StreamEnd } from '../../schema/problem.ts';
import type { LiveEntry } from '../platform/live-index.ts';

/**
 * The streams of one account, and which of them hold a lease: pure rules (ADR 0046). A stream is a play that was granted; it is live
 * while its lease lasts, and a lease lasts 2½ key periods from the last key request or heartbeat on.
 */

/** What a play asks its account for. */
export type Asked = {
  sessionId: Id<'playback'>;
  /** Whose object it is; the rows in D1 name it. */
  userId: string;
  /** The sign-in that it was begun with (`Actor.sessionId`), so that it ends with it; null: of another issuer, whose sessions we do not know. */
  signInId: string | null;
  /** Where it plays (`StartPlay.seat`); null: the player did not say. */
  seat: string | null;
  episodeId: Id<'episode'>;
  titleId: Id<'title'>;
  assetId: Id<'asset'>;
  /** Null: nobody in particular watches; there is no progress to keep. */
  profileId: Id<'profile'> | null;
  licenceId: Id<'licence'>;
  planId: string | null;
  country: string | null;
  /** What plays, and on what, in words. */
  title: string;
  device: string;
  /** How many streams the account may have at once: its plan's. */
  limit: number;
  /** Lines of the best picture that was granted; null: any. */
  maxHeight?: number | null;
  /** When the play was decided, and the end of its token, ms UTC. */
  startedAt: number;
  until: number;
  /** Seconds: of the episode, and of one key period. */
  duration: number;
  periodSeconds: number;
  /** A stream that ends for this one. */
  takeOver: Id<'playback'> | null;
  /** For the books; streams of before they were kept have none. */
  paying?: Paying;
  /** BCP 47: what it begins to be heard in (null: it is silent), and what else it may be heard in. */
  audio?: string | null;
  languages?: readonly string[];
};

/** How a play is paid for, what bought it, and whether that was given rather than paid for. */
export type Paying = { model: BusinessModel; purchaseId: Id<'purchase'> | null; given: GivenBy | null };

/** A heartbeat (schema/api/playback.ts). */
export type Beat = { position: number; number: number; stopped: boolean; audio?: string | undefined };

export type Stream = Omit<Asked, 'takeOver'> & {
  seenAt: number;
  /** Exclusive. */
  leasedUntil: number;
  /** Set once, for good; `endedWhy`: what staff said about it. */
  ended: StreamEnd | null;
  endedWhy?: string;
  /** Key periods given, each once, in order. */
  given: readonly number[];
  /** Seconds given while each language was heard. */
  heardIn?: Readonly<Record<string, number>>;
  /** The last heartbeat that counted. */
  heard: { number: number; position: number; at: number } | null;
  /** Since when there is something that D1 has not been told; null: it knows all of it. */
  unwrittenSince: number | null;
  /** The viewer had it forgotten where they were until then, ms UTC. */
  forgottenUntil?: number;
};

/** Where a profile was in an episode: seconds from its start, and when, ms UTC. */
export type Watched = { position: number; at: number };

const LEASE_PERIODS = 2.5;
/** A key period is about a minute; an episode of a few seconds has one that is shorter. */
const SHORTEST_LEASE_MS = 150_000;
const leaseFrom = ({ periodSeconds }: Pick<Stream, 'periodSeconds'>, now: number) =>
  now + Math.max(SHORTEST_LEASE_MS, LEASE_PERIODS * periodSeconds * 1000);

export const isLive = ({ ended, leasedUntil, until }: Stream, now: number): boolean =>
  ended === null && now < leasedUntil && now < until;

export const liveAmong = (streams: Iterable<Stream>, now: number): Stream[] =>
  [...streams].filter((stream) => isLive(stream, now)).sort((a, b) => b.startedAt - a.startedAt);

/** A stream as its viewer is told of it. */
export const described = ({ sessionId, title, device, startedAt, seenAt }: Stream): LiveStream => ({
  sessionId,
  title,
  device,
  startedAt,
  lastSeenAt: seenAt,
});

/** A stream as staff are told of it. */
export const announced = ({
  sessionId,
  userId,
  titleId,
  episodeId,
  title,
  device,
  country,
  planId,
  startedAt,
  maxHeight,
}: Stream): LiveEntry => ({
  sessionId,
  userId,
  titleId,
  episodeId,
  title,
  device,
  country,
  planId,
  startedAt,
  ...(maxHeight === undefined ? {} : { maxHeight }),
});

/** What changes when a stream is asked for: it, and what ends for it. */
export type Admission =
  | { admitted: true; changed: Stream[] }
  | { admitted: false; live: Stream[] }
  | { admitted: false; ended: StreamEnd };

/**
 * Whether a play gets a lease. The same session again is the same stream, so that a call whose answer was lost can be repeated.
 * Nothing changes where it gets none: what it would have taken over plays on.
 */
export function admit(streams: readonly Stream[], asked: Asked, now: number): Admission {
  const { takeOver, ...play } = asked;
  const known = streams.find(({ sessionId }) => sessionId === play.sessionId);
  if (known?.ended) return { admitted: false, ended: known.ended };
  // Two pages of one tab, of which the one that was left is heard later.
  if (streams.some((other) => !other.ended && isInSeat(other, play) && other.startedAt > play.startedAt))
    return { admitted: false, ended: 'taken-over' };
  const left = streams.filter(
    (stream) => stream !== known && (stream.sessionId === takeOver || isInSeat(stream, play)),
  );
  const others = liveAmong(streams, now).filter((stream) => stream !== known && !left.includes(stream));
  if (others.length >= play.limit) return { admitted: false, live: liveAmong(streams, now) };
  const fresh = { ...play, ended: null, given: [], heard: null, unwrittenSince: null };
  const leased = { ...(known ?? fresh), seenAt: now, leasedUntil: leaseFrom(play, now) };
  const over = left.filter(({ ended }) => !ended).map((stream) => end(stream, 'taken-over'));
  return { admitted: true, changed: [...over, leased] };
}

/** A page that is left before its player stands says no goodbye: its next play in the same seat does. */
const isInSeat = (stream: Stream, { seat, signInId }: Pick<Asked, 'seat' | 'signInId'>): boolean =>
  seat !== null && stream.seat === seat && stream.signInId === signInId;

/**
 * A sign of life. Who was silent for too long goes on where no other took the place, however long the pause; the number of places is
 * that of the latest play, since plans change.
 * @returns the stream as it is then, or why it gets nothing more
 */
export function touch(streams: readonly Stream[], stream: Stream, now: number): Stream | StreamEnd {
  if (stream.ended) return stream.ended;
  if (now >= stream.until) return 'expired';
  if (!isLive(stream, now)) {
    const { limit } = streams.reduce((latest, other) =>
      other.startedAt > latest.startedAt ? other : latest,
    );
    if (liveAmong(streams, now).length >= limit) return 'expired';
  }
  return { ...stream, seenAt: now, leasedUntil: leaseFrom(stream, now) };
}

/** @param why what staff say about it, in words */
export const end = (stream: Stream, because: StreamEnd, why?: string): Stream =>
  stream.ended ? stream : { ...stream, ended: because, ...(why ? { endedWhy: why } : {}) };

/** A key of this period is given. */
export const give = (stream: Stream, period: number, now: number): Stream =>
  stream.given.includes(period)
    ? stream
    : {
        ...stream,
        given: [...stream.given, period].sort((a, b) => a - b),
        ...(stream.audio ? { heardIn: added(stream, stream.audio, secondsOf(stream, period)) } : {}),
        unwrittenSince: stream.unwrittenSince ?? now,
      };

const added = ({ heardIn = {} }: Stream, language: string, seconds: number) => ({
  ...heardIn,
  [language]: (heardIn[language] ?? 0) + seconds,
});

/** Whose minutes they are: the language that was heard for the longest; of equal ones, and before anything was, the one heard now. */
export function spokenIn({ audio = null, heardIn = {} }: Stream): string | null {
  const most = Math.max(0, ...Object.values(heardIn));
  const longest = Object.keys(heardIn).filter((language) => heardIn[language] === most);
  return audio === null || longest.length === 0 || longest.includes(audio)
    ? audio
    : (longest.toSorted()[0] ?? audio);
}

/** Whether a heartbeat is news: one that is late or repeated changes nothing. */
export const isNews = ({ heard }: Stream, { number }: Beat): boolean => number > (heard?.number ?? -1);

/** A heartbeat of a stream that has been touched. A viewer who stops gives the lease back, and may take it again. */
export const hear = (stream: Stream, { position, number, stopped, audio }: Beat, now: number): Stream => ({
  ...stream,
  // Only what this play may be heard in: the rest is made up.
  ...(audio !== undefined && stream.languages?.includes(audio) ? { audio } : {}),
  heard: { number, position: Math.min(position, stream.duration), at: now },
  unwrittenSince: stream.unwrittenSince ?? now,
  ...(stopped ? { leasedUntil: now } : {}),
});

/** Where the viewer is: by the heartbeats; for players that send none, at the start of the furthest key period they asked for. */
export function watched({
  heard,
  given,
  periodSeconds,
  seenAt,
  forgottenUntil = -1,
}: Stream): Watched | null {
  const furthest = given.at(-1);
  const last = heard
    ? { position: heard.position, at: heard.at }
    : furthest === undefined
      ? null
      : { position: furthest * periodSeconds, at: seenAt };
  return last && last.at > forgottenUntil ? last : null;
}

/** How far a profile has come in an episode, which D1 has not been told yet. `since`: when the sitting began. Times are ms UTC. */
export type Unwritten = Watched &
  Pick<Stream, 'episodeId' | 'titleId' | 'duration'> & { profileId: Id<'profile'>; since: number };

/** What D1 does not know of where people are: of each profile and episode, what is newest. */
export function unwrittenAmong(streams: Iterable<Stream>): Unwritten[] {
  const newest = new Map<string, Unwritten>();
  for (const stream of streams) {
    const { profileId, episodeId, titleId, duration, startedAt: since } = stream;
    const last = stream.unwrittenSince === null ? null : watched(stream);
    if (!last || !profileId) continue;
    const key = `${profileId} ${episodeId}`;
    if ((newest.get(key)?.at ?? -1) < last.at)
      newest.set(key, { ...last, profileId, episodeId, titleId, duration, since });
  }
  return [...newest.values()];
}

/** Which of a profile's progress is forgotten: of some episodes, or all of it; what was watched until `until`, ms UTC. */
export type Forgotten = {
  profileId: Id<'profile'>;
  episodeIds: readonly Id<'episode'>[] | 'all';
  until: number;
};
export const isForgotten = ({ profileId, episodeId }: Stream, forgotten: Forgotten): boolean =>
  profileId === forgotten.profileId &&
  (forgotten.episodeIds === 'all' || forgotten.episodeIds.includes(episodeId));

/** Seconds of the episode that a period covers: all the same, but the last one. */
export const secondsOf = (
  { duration, periodSeconds }: Pick<Stream, 'duration' | 'periodSeconds'>,
  period: number,
): number => Math.max(0, Math.min(periodSeconds, duration - period * periodSeconds));

/** Minutes watched, as seconds: by the keys that were given. */
export const secondsGiven = (stream: Stream): number =>
  stream.given.reduce((sum, period) => sum + secondsOf(stream, period), 0);

/** Somebody who watches for longer is written of every half hour: a film is there on the viewer's other devices before it ends. */
const WRITE_EVERY_MS = 30 * 60_000;

/** When D1 is to be told of a stream, ms UTC: a sitting is over with its lease. Null: there is nothing to tell. */
export function dueAt(stream: Stream, now: number): number | null {
  if (stream.unwrittenSince === null) return null;
  if (!isLive(stream, now)) return now;
  return Math.min(stream.leasedUntil, stream.until, stream.unwrittenSince + WRITE_EVERY_MS);
}

/** When the account has something to do about a stream, ms UTC: to write, to say that it plays no more, to drop it. */
export const wakesAt = (stream: Stream, now: number): number =>
  dueAt(stream, now) ?? (isLive(stream, now) ? stream.leasedUntil : stream.until);

/** Nothing of it can happen any more, and D1 knows all of it. */
export const isOver = (stream: Stream, now: number): boolean =>
  now >= stream.until && stream.unwrittenSince === null;

/** Workers' clocks differ by less, ms. */
const SKEW_MS = 2_000;
/** Whether a stream was decided before its rights were taken back, by clocks that may differ: better one too many. */
export const begunBefore = ({ startedAt }: Stream, moment: number): boolean => startedAt <= moment + SKEW_MS;
/**
 * Whether a play that only begins was decided before that. Between what it read and the word of the revocation lies the write that it
 * did not see, longer than clocks differ; and who asks anew right after it is to be let in.
 */
export const decidedBefore = (decidedAt: number, moment: number): boolean => decidedAt < moment;
