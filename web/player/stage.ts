import type { Film } from './film.ts';
import { make } from './make.ts';
import type { PlayerWords } from './words.ts';

/** What the parts of the player share: where they stand, what they look at, and how long. */
export type Stage = {
  /** Around picture and controls; what is shown in full screen. */
  root: HTMLElement;
  video: HTMLVideoElement;
  /** What is in it, by the episode's own time: what to steer by. */
  film: Film;
  words: PlayerWords;
  /** Says something in passing, over the picture and to who listens: what a key did. */
  say: (text: string) => void;
};

/** Long enough to be read, ms. */
const SAID_MS = 1_600;

/** A line over the picture that says what happened, and goes. */
export function makeHint(root: HTMLElement): Stage['say'] {
  const hint = make('p', 'hint');
  hint.setAttribute('role', 'status');
  root.append(hint);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    clearTimeout(timer);
    hint.textContent = text;
    timer = setTimeout(() => (hint.textContent = ''), SAID_MS);
  };
}
