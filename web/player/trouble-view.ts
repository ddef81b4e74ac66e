import type { LiveStream } from '../../schema/problem.ts';
import type { Trouble } from './trouble.ts';
import type { PlayerWords } from './words.ts';

const labels = {
  retry: 'retry',
  here: 'playHere',
  begin: 'rentalBegin',
  'sign-in': 'signIn',
  profiles: 'profiles',
  plans: 'plans',
  back: 'back',
} as const;

/**
 * Lays the trouble over the video, with its one button or link; null takes it away.
 * @param takeOver plays here instead of one of the streams that it names
 */
export function showTrouble(
  root: HTMLElement,
  trouble: Trouble | null,
  { t }: PlayerWords,
  way: string | (() => void) | null,
  takeOver: (stream: LiveStream) => void = () => undefined,
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
  control.className = trouble.streams ? 'button button--outline' : 'button button--primary';
  control.textContent = t(labels[trouble.way]);
  if (control instanceof HTMLAnchorElement && typeof way === 'string') control.href = way;
  else if (typeof way === 'function') control.addEventListener('click', way, { once: true });
  box.append(heading, text);
  if (trouble.streams) {
    const list = document.createElement('ul');
    list.append(...trouble.streams.map((stream) => streamRow(stream, t('playHere'), takeOver)));
    box.append(list);
  }
  box.append(control);
  root.append(box);
}

/** What plays where, and the button that plays here instead. */
function streamRow(stream: LiveStream, label: string, takeOver: (stream: LiveStream) => void): HTMLElement {
  const row = document.createElement('li');
  const words = document.createElement('span');
  words.textContent = `${stream.device}: ${stream.title}`;
  const button = document.createElement('button');
  button.className = 'button button--primary';
  button.textContent = label;
  button.setAttribute('aria-label', `${label} (${words.textContent})`);
  button.addEventListener('click', () => takeOver(stream), { once: true });
  row.append(words, button);
  return row;
}
