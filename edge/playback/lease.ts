import type { Id } from '../../schema/ids.ts';
import type { StreamEnd } from '../../schema/problem.ts';
import { Problem } from '../http/problem.ts';
import type { Streams, Touched, Watching } from '../platform/streams.ts';
import { takeBack } from './given.ts';
import type { Asked, Beat, Watched } from './leases.ts';
import { complain } from '../platform/log.ts';

// What an account's object says of a stream (edge/platform/viewer-account.ts), as answers or as problems.

/**
 * A lease for a play; asking again for the same session changes nothing.
 * @returns where this profile was in the episode, if that is newer than what D1 knows
 * @throws Problem `too-many-streams` with what plays now, `stream-ended` where rights were taken back this very moment,
 *   `too-many-requests` at the end of the day's allowance, `unavailable`
 */
export async function takeLease(streams: Streams, asked: Asked): Promise<Watched | null> {
  const begun = await reached(streams.account(asked.userId).begin(asked));
  if (begun.outcome === 'live') {
    if (asked.takeOver) takeBack(asked.takeOver);
    return begun.watched;
  }
  if (begun.outcome !== 'too-many') return refused(begun);
  const places = asked.limit === 1 ? 'one stream' : `${asked.limit} streams`;
  const detail = `This account may play ${places} at once. End one, or name it as takeOver to play here instead.`;
  throw new Problem('too-many-streams', { detail, streams: begun.streams });
}

/** A lease that nobody will use: its place is free again. */
export async function dropLease(streams: Streams, { userId, sessionId, startedAt }: Asked): Promise<void> {
  await reached(streams.account(userId).revoke({ sessionId, because: 'stopped', before: startedAt }));
}

/**
 * A key is about to be given: the lease is touched, and the minute counted.
 * @throws Problem `stream-ended`, `too-many-requests`, `unavailable`
 */
export async function touchForKey(
  streams: Streams,
  { accountId, sessionId }: { accountId: string; sessionId: Id<'playback'> },
  period: number,
): Promise<void> {
  const touched = await reached(streams.account(accountId).key(sessionId, period));
  // A token of ours whose stream is not known: the account was deleted, or its token is older than its object.
  if (touched.outcome === 'unknown') throw ended('expired');
  if (touched.outcome !== 'live') refused(touched);
}

/**
 * What is asked for beside the video of a play that goes on: its lease is touched, and nothing counted.
 * @returns what is watched
 * @throws Problem `stream-ended`, `unavailable`
 */
export async function touchAside(
  streams: Streams,
  { accountId, sessionId }: { accountId: string; sessionId: Id<'playback'> },
): Promise<Watching> {
  const touched = await reached(streams.account(accountId).aside(sessionId));
  if (touched.outcome === 'unknown') throw ended('expired');
  return touched.outcome === 'live' ? touched : refused(touched);
}

/** @throws Problem `stream-ended`, `not-found` for somebody else's or no session, `unavailable` */
export async function touchForHeartbeat(
  streams: Streams,
  userId: string,
  sessionId: Id<'playback'>,
  beat: Beat,
): Promise<void> {
  const touched = await reached(streams.account(userId).heartbeat(sessionId, beat));
  if (touched.outcome === 'unknown') throw new Problem('not-found', 'This account has no such stream.');
  if (touched.outcome !== 'live') refused(touched);
}

/** @throws Problem `unavailable` where the object does not answer, so that players try again */
export async function reached<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    complain({ event: 'account’s streams do not answer', error });
    throw new Problem(
      'unavailable',
      'Who watches what cannot be looked up right now. Try again in a moment.',
    );
  }
}

function refused(answer: Extract<Touched, { outcome: 'ended' | 'spent' }>): never {
  if (answer.outcome === 'ended') throw ended(answer.because, answer.why);
  throw new Problem('too-many-requests', {
    detail: 'This account has asked for more today than anybody can watch. It goes on tomorrow (UTC).',
    retryAt: answer.retryAt,
  });
}

const words: Record<StreamEnd, string> = {
  'taken-over': 'Another device of this account plays instead of this one.',
  ended: 'It was ended from another device of this account.',
  stopped: 'It was stopped. Start the episode again to go on.',
  expired: 'Nothing was heard of it for a while, and other devices of this account play now.',
  'signed-out': 'This device was signed out. Sign in and start the episode again.',
  'taken-down': 'This was taken down, and cannot be watched any more.',
  'rights-changed':
    'What may be shown where has changed. Start the episode again: it plays on where it still may.',
  'payment-failed': 'The subscription could not be paid. Mend that, then start the episode again.',
  'by-staff': 'It was ended by the people who run this site.',
};
const ended = (because: StreamEnd, why?: string) =>
  new Problem('stream-ended', {
    detail: why ? `${words[because]} They say: ${why}` : words[because],
    because,
    ...(why ? { why } : {}),
  });
