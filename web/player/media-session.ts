import type { Episode } from './episode.ts';

/** Seconds, where the keyboard or the headset does not say. */
const STEP = 10;

/**
 * Tells the system what plays and lets its keys steer: lock screens, headsets, the keys on a keyboard (W3C Media Session).
 * @param go to the episode before or after; null where there is none
 */
export function tellSystem(
  video: HTMLVideoElement,
  { title, name, artwork }: Episode,
  go: { previous: (() => void) | null; next: (() => void) | null },
  signal: AbortSignal,
): void {
  const session = 'mediaSession' in navigator ? navigator.mediaSession : null;
  if (!session) return;
  session.metadata = new MediaMetadata({ title: name, artist: title, artwork });
  const by = (seconds: number) =>
    (video.currentTime = Math.min(Math.max(0, video.currentTime + seconds), video.duration));
  const handlers: Partial<Record<MediaSessionAction, MediaSessionActionHandler | null>> = {
    play: () => void video.play().catch(() => undefined),
    pause: () => video.pause(),
    seekbackward: ({ seekOffset }) => by(-(seekOffset ?? STEP)),
    seekforward: ({ seekOffset }) => by(seekOffset ?? STEP),
    seekto: ({ seekTime }) => seekTime !== undefined && (video.currentTime = seekTime),
    previoustrack: go.previous,
    nexttrack: go.next,
  };
  for (const [action, handler] of Object.entries(handlers))
    handle(session, action as MediaSessionAction, handler);
  const place = () => {
    const { duration, playbackRate, currentTime } = video;
    if (!Number.isFinite(duration)) return;
    session.setPositionState({ duration, playbackRate, position: Math.min(currentTime, duration) });
  };
  for (const event of ['loadedmetadata', 'seeked', 'ratechange', 'play', 'pause'])
    video.addEventListener(event, place, { signal });
  for (const event of ['play', 'pause'])
    video.addEventListener(event, () => (session.playbackState = video.paused ? 'paused' : 'playing'), {
      signal,
    });
  signal.addEventListener('abort', () => {
    session.metadata = null;
    session.playbackState = 'none';
    for (const action of Object.keys(handlers)) handle(session, action as MediaSessionAction, null);
  });
}

/** A browser that does not know an action throws (Media Session §5.1). */
function handle(
  session: MediaSession,
  action: MediaSessionAction,
  handler: MediaSessionActionHandler | null,
): void {
  try {
    session.setActionHandler(action, handler);
  } catch {
    // then its system has no key for it
  }
}
