import type { Episode } from './episode.ts';
import type { Stage } from './stage.ts';

type Handlers = Partial<Record<MediaSessionAction, MediaSessionActionHandler | null>>;

/** Seconds, where the keyboard or the headset does not say. */
const STEP = 10;

/**
 * Tells the system what plays and lets its keys steer: lock screens, headsets, the keys on a keyboard (W3C Media Session).
 * @param go to the episode before or after; null where there is none
 */
export function tellSystem(
  { video, film, words: { t } }: Pick<Stage, 'video' | 'film' | 'words'>,
  { title, name, artwork }: Episode,
  go: { previous: (() => void) | null; next: (() => void) | null },
  signal: AbortSignal,
): void {
  const session = 'mediaSession' in navigator ? navigator.mediaSession : null;
  if (!session) return;
  const by = (seconds: number) => {
    const { currentTime, duration } = film;
    if (Number.isFinite(duration)) film.currentTime = Math.min(Math.max(0, currentTime + seconds), duration);
  };
  const seeks: Handlers = {
    seekbackward: ({ seekOffset }) => by(-(seekOffset ?? STEP)),
    seekforward: ({ seekOffset }) => by(seekOffset ?? STEP),
    seekto: ({ seekTime }) => seekTime !== undefined && (film.currentTime = seekTime),
  };
  const handlers: Handlers = {
    play: () => void video.play().catch(() => undefined),
    pause: () => video.pause(),
    ...seeks,
    previoustrack: go.previous,
    nexttrack: go.next,
  };
  for (const [action, handler] of Object.entries(handlers))
    handle(session, action as MediaSessionAction, handler);
  const stands = (away: boolean) => {
    session.metadata = new MediaMetadata({ title: away ? t('break.advert') : name, artist: title, artwork });
    // In a break the system's keys do not move it, and its clock has nothing to show.
    for (const [action, handler] of Object.entries(seeks))
      handle(session, action as MediaSessionAction, away ? null : handler);
    if (away) session.setPositionState();
    else place();
  };
  const place = () => {
    const { duration, playbackRate, currentTime } = film;
    if (!Number.isFinite(duration)) return;
    session.setPositionState({ duration, playbackRate, position: Math.min(currentTime, duration) });
  };
  stands(film.away);
  film.onAway(stands, signal);
  for (const event of ['loadedmetadata', 'seeked', 'ratechange', 'play', 'pause'] as const)
    film.addEventListener(event, place, { signal });
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
