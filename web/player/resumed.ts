import type { PlayerWords } from './words.ts';

/** Long enough to be read and reached for, ms. */
const SHOWN_MS = 12_000;

/** Says over the video that it goes on where the viewer was, with the way to the beginning; goes by itself. */
export function showResumed(root: HTMLElement, at: number, { t }: PlayerWords, startOver: () => void): void {
  const note = document.createElement('div');
  note.className = 'resumed';
  note.setAttribute('role', 'status');
  const text = document.createElement('span');
  text.textContent = t('resumed', { time: clock(at) });
  const button = document.createElement('button');
  button.className = 'button button--outline';
  button.textContent = t('startOver');
  button.addEventListener('click', () => {
    startOver();
    note.remove();
  });
  note.append(text, button);
  root.querySelector('.resumed')?.remove();
  root.append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** `1:02:03`, `2:03`. */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
