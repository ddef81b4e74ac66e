import { SIGNING_OUT } from '../signing-out.ts';
import type { ProblemDocument, StreamEnd } from '../../schema/problem.ts';
import type { Play } from '../../schema/api/playback.ts';
import { api } from '../api.ts';
import type { Film } from './film.ts';

export type Sitting = {
  /** Says where the viewer is. @returns the problem, if the answer is that this may not go on */
  tell(): Promise<ProblemDocument | null>;
  /** The viewer leaves: the place among the account's streams is free, and the position written, once this is settled. */
  leave(): Promise<unknown>;
};

/** There is a picture; before it, `currentTime` is 0 wherever it will begin (HTML, `readyState`). */
const HAVE_CURRENT_DATA = 2;

/**
 * Heartbeats of one play (`POST /api/playback/:session/heartbeat`): every so often while it plays, when it is paused or goes on, and
 * when the page is hidden or left. A viewer who pauses falls silent, so that another device may take the place.
 * @param startAt seconds: where it begins, once there is a picture
 * @param heard the language of what sounds; null: the player does not know, and it is what it began with
 * @param refused told when the answer to a heartbeat is that this may not go on
 */
export function beginSitting(
  film: Film,
  { sessionId, heartbeatSeconds }: Pick<Play, 'sessionId' | 'heartbeatSeconds'>,
  startAt: number,
  refused: (problem: ProblemDocument) => void,
  heard: () => string | null = () => null,
): Sitting {
  const over = new AbortController();
  const { signal } = over;
  let number = 0;
  const send = async (stopped: boolean) => {
    const path = `/api/playback/${sessionId}/heartbeat` as const;
    // While it looks for another place there is no picture, but it is known where the viewer wants to be.
    const known = film.readyState >= HAVE_CURRENT_DATA || film.seeking;
    const position = known ? film.currentTime : startAt;
    const audio = heard();
    const beat = { position, number: number++, stopped, ...(audio ? { audio } : {}) };
    const answer = await api.post<null>(path, beat, { keepalive: true }); // outlives the page that sends it
    return answer.ok || !answer.problem || !saysNo(answer.problem) ? null : answer.problem;
  };
  const tell = () => send(false);
  const beat = () =>
    void tell().then((problem) => {
      if (!signal.aborted && problem) refused(problem);
    });
  const away = () => send(true);

  const timer = setInterval(() => !film.paused && beat(), heartbeatSeconds * 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
  for (const event of ['play', 'pause'] as const) film.addEventListener(event, beat, { signal });
  film.addEventListener('ended', () => void away(), { signal });
  // A page that is put aside on a phone may never be told that it is closed (Page Lifecycle). One that is left is hidden after its
  // goodbye (HTML, "unload a document"), which is to be the last word; it may come back, from the back/forward cache.
  let left = false;
  document.addEventListener('visibilitychange', () => document.hidden && !left && beat(), { signal });
  globalThis.addEventListener('pagehide', () => ((left = true), void away()), { signal });
  globalThis.addEventListener('pageshow', () => (left = false), { signal });
  let goodbye: Promise<unknown> | undefined;
  const leave = () => {
    if (goodbye) return goodbye;
    goodbye = away();
    over.abort();
    return goodbye;
  };
  globalThis.addEventListener(SIGNING_OUT, () => void leave(), { signal });
  return { tell, leave };
}

/** Whether a heartbeat's answer is about the viewer's right to go on, rather than about a request that went wrong. */
const saysNo = ({ code }: ProblemDocument): boolean => code === 'stream-ended' || code === 'not-signed-in';

/** What one can do about a stream that has ended. */
export const wayOn: Record<StreamEnd, 'retry' | 'here' | 'sign-in' | 'back'> = {
  'taken-over': 'here',
  ended: 'here',
  expired: 'here',
  stopped: 'retry',
  'rights-changed': 'retry',
  'signed-out': 'sign-in',
  'taken-down': 'back',
  'payment-failed': 'back',
  'by-staff': 'back',
};
