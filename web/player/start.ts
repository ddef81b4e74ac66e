import type { Play } from '../../schema/api/playback.ts';
import { api } from '../api.ts';
import { SIGNING_OUT } from '../signing-out.ts';
import type { Begun } from './player.ts';
import { seat } from './seat.ts';
import { canFeed, feed } from './start-feed.ts';

export type Beginning = {
  /** Where the picture is to be. */
  root: HTMLElement;
  episodeId: string;
  /** The page is left. */
  signal: AbortSignal;
};

/**
 * Begins a play before the player is there (ADR 0053): asks for it, and feeds a video by itself from what comes with the answer. Some 3 kB
 * that stand in the page, for the 260 kB of the player and hls.js, which then take over what plays.
 * @returns once there is room on the line for those. Null: there is no play; the player asks again, and explains why
 */
export async function beginPlay({ root, episodeId, signal }: Beginning): Promise<Begun | null> {
  if (!('MediaSource' in globalThis || 'ManagedMediaSource' in globalThis)) return null;
  const asked = api.post<Play>(`/api/episodes/${episodeId}/hls`, {
    cookies: true,
    start: true,
    ...seat(),
  });
  const video = document.createElement('video');
  video.className = 'player__first';
  video.playsInline = true;
  root.append(video);
  // Now, in the task of the click that allows it; it plays when there is something.
  video.play().catch(() => undefined); // a browser that wants a click first shows the first picture
  const answer = await asked;
  if (!answer.ok) {
    video.remove();
    return null;
  }
  const { value: play } = answer;
  const { start } = play;
  const position = start?.position ?? play.resumeAt ?? 0;
  const sat = goodbye(play, () => video.currentTime || position, signal);
  if (signal.aborted) return null; // nobody is there to be fed
  if (!start || !canFeed(start)) return { play, video, position, sat, handOver: null };
  const feeding = feed(video, start, play.duration);
  signal.addEventListener('abort', feeding.stop, { once: true });
  await feeding.settled;
  return { play, video, position, sat, handOver: feeding.handOver };
}

/** Who leaves before the player stands says so here: else the play would hold its place for minutes. @returns what ends that */
function goodbye({ sessionId }: Play, position: () => number, left: AbortSignal): () => void {
  const over = new AbortController();
  const { signal } = over;
  const leave = () => {
    const beat = { position: position(), number: 0, stopped: true };
    void api.post<null>(`/api/playback/${sessionId}/heartbeat`, beat, { keepalive: true });
  };
  if (left.aborted) leave();
  left.addEventListener('abort', leave, { signal });
  for (const event of ['pagehide', SIGNING_OUT]) globalThis.addEventListener(event, leave, { signal });
  return () => over.abort();
}
