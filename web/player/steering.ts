import type { MediaController } from 'media-chrome/media-controller.js';
import { commandOf, takesKey, type Command } from './shortcuts.ts';
import type { Stage } from './stage.ts';

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];
/** Seconds. Pictures of film and of nearly all anime stand this long. */
const FRAME = 1 / 24;
const LOUDER = 0.05;

/** What the player does that the media element does not. */
export type Also = Record<'subtitles' | 'next' | 'previous' | 'skip' | 'why' | 'help', () => void>;

/** Turns keys into what they ask for, wherever on the page the focus is, unless it wants them itself. */
export function steerByKeys(
  { video, film, words: { t, language }, say }: Stage,
  element: MediaController,
  also: Also,
  signal: AbortSignal,
): void {
  /** Advertising runs at its own pace, and to its end; where a plan lets its viewers skip it there is a button. */
  const held = () => {
    if (film.away) say(t('break.held'));
    return film.away;
  };
  const to = (seconds: number) =>
    !held() && (film.currentTime = Math.min(Math.max(0, seconds), film.duration || 0));
  const by = (seconds: number) => to(film.currentTime + seconds);
  const ask = (type: string) => element.mediaStore.dispatch({ type });
  const percent = (share: number) => new Intl.NumberFormat(language, { style: 'percent' }).format(share);
  const loud = (change: number) => {
    video.muted = false;
    video.volume = Math.min(1, Math.max(0, video.volume + change));
    say(t('said.volume', { percent: percent(video.volume) }));
  };
  const speed = (step: number) => {
    if (held()) return;
    const now = RATES.findIndex((rate) => rate >= video.playbackRate);
    video.playbackRate =
      RATES[Math.min(Math.max(0, (now === -1 ? RATES.length - 1 : now) + step), RATES.length - 1)]!;
    say(t('said.speed', { rate: video.playbackRate.toLocaleString(language) }));
  };
  const frame = (step: number) => video.paused && by(step * FRAME);
  const commands: Record<Exclude<Command, 'tenth'>, () => unknown> = {
    play: () => (video.paused ? video.play().catch(() => undefined) : video.pause()),
    back: () => by(-10),
    forward: () => by(10),
    'little-back': () => by(-5),
    'little-forward': () => by(5),
    start: () => to(0),
    end: () => to(film.duration),
    louder: () => loud(LOUDER),
    quieter: () => loud(-LOUDER),
    mute: () => {
      video.muted = !video.muted;
      say(video.muted ? t('said.muted') : t('said.volume', { percent: percent(video.volume) }));
    },
    fullscreen: () =>
      ask(document.fullscreenElement ? 'mediaexitfullscreenrequest' : 'mediaenterfullscreenrequest'),
    picture: () => ask(document.pictureInPictureElement ? 'mediaexitpiprequest' : 'mediaenterpiprequest'),
    slower: () => speed(-1),
    faster: () => speed(1),
    'frame-back': () => frame(-1),
    'frame-forward': () => frame(1),
    ...also,
  };
  const press = (event: KeyboardEvent) => {
    const command = commandOf(event);
    if (!command || event.defaultPrevented || takesKey(event.composedPath(), event.key)) return;
    event.preventDefault(); // space would scroll the page, too
    if (command === 'tenth') to((film.duration * Number(event.key)) / 10);
    else void commands[command]();
  };
  document.addEventListener('keydown', press, { signal });
}
