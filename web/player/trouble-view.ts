import type { Trouble } from './trouble.ts';
import type { PlayerWords } from './words.ts';

const labels = { retry: 'retry', 'sign-in': 'signIn', back: 'back' } as const;

/** Lays the trouble over the video, with its one button or link; null takes it away. */
export function showTrouble(
  root: HTMLElement,
  trouble: Trouble | null,
  { t }: PlayerWords,
  way: string | (() => void) | null,
): void {
  root.querySelector('.trouble')?.remove();
  if (!trouble) return;
  const box = document.createElement('div');
  box.className = 'trouble';
  box.setAttribute('role', 'alert');
  const heading = document.createElement('h2');
  heading.textContent = trouble.title;
  const text = document.createElement('p');
  text.textContent = trouble.text;
  const control = document.createElement(typeof way === 'string' ? 'a' : 'button');
  control.className = 'button button--primary';
  control.textContent = t(labels[trouble.way]);
  if (control instanceof HTMLAnchorElement && typeof way === 'string') control.href = way;
  else if (typeof way === 'function') control.addEventListener('click', way, { once: true });
  box.append(heading, text, control);
  root.append(box);
}
