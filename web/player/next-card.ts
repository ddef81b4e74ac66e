import type { Episode } from './episode.ts';
import { make, makeButton } from './make.ts';
import { preferences } from './preferences.ts';
import type { Stage } from './stage.ts';

/** Seconds of the episode that the card counts where its ending is skipped by itself. */
const QUICK = 10;

export type NextTimes = {
  /** Seconds: when it is offered. */
  from: number;
  /** Whether an ending that starts then is skipped by itself, on a device that does. */
  quick: boolean;
};

/** Seconds at which the next episode begins by itself: the end, or soon where nobody is to sit through the ending. */
export const beginsAt = ({ from, quick }: NextTimes, duration: number, skips: boolean): number =>
  quick && skips ? Math.min(from + QUICK, duration) : duration;

/**
 * Offers the next episode when this one comes to its end, and begins it by itself unless the viewer says no, or told this device not to.
 * It counts by the episode's own time, so that a pause holds it and a step back takes it away.
 */
export function offerNext(
  { root, film, words: { t, language }, say }: Stage,
  next: NonNullable<Episode['next']>,
  times: NextTimes,
  go: () => void,
  signal: AbortSignal,
): void {
  const card = make('section', 'next-card');
  card.setAttribute('aria-label', t('next.title'));
  const count = make('span', 'next-card__count');
  const name = make('p', 'next-card__name', next.name);
  const begin = makeButton('button--primary', t('next.play'), go);
  const no = makeButton('button--outline', t('next.cancel'), () => {
    refused = true;
    const held = card.contains(document.activeElement);
    look();
    if (held) root.querySelector<HTMLElement>('media-controller')?.focus();
  });
  const words = make('div', 'next-card__words', make('h2', '', t('next.title')), name, count);
  if (next.still) {
    const picture = make('img', 'next-card__still');
    picture.src = next.still;
    picture.alt = '';
    card.append(picture);
  }
  card.append(words, make('div', 'next-card__ways', begin, no));

  let refused = false;
  const look = () => {
    const { currentTime: at, duration } = film;
    if (!Number.isFinite(duration) || at < times.from) {
      refused = false;
      card.remove();
      return;
    }
    if (refused) return card.remove();
    if (!card.isConnected) {
      root.append(card);
      say(`${t('next.title')}: ${next.name}`);
    }
    const byItself = preferences().next;
    const { next: _, skip } = preferences();
    const end = beginsAt(times, duration, skip);
    const left = Math.max(0, Math.ceil((end - at) / (film.playbackRate || 1)));
    no.hidden = !byItself;
    count.textContent = byItself ? t('next.in', { seconds: left.toLocaleString(language) }) : '';
    if (byItself && !film.paused && at >= end - 0.25 && end < duration) go();
  };
  const ended = () => !refused && preferences().next && go();
  for (const event of ['timeupdate', 'seeked', 'play', 'pause'] as const)
    film.addEventListener(event, look, { signal });
  film.addEventListener('ended', ended, { signal });
  signal.addEventListener('abort', () => card.remove());
}
