import { signOutPath } from '../display.ts';
import { SIGNING_OUT } from '../signing-out.ts';
import { countDown } from './countdown.ts';
import { loadMore } from './more.ts';
import { sendOnce } from './once.ts';
import { moveRows } from './rows.ts';
import { suggest } from './suggest.ts';

/**
 * What script adds to pages that work without it: each part is marked in the HTML, with the words it needs as attributes,
 * so that neither a framework nor a catalogue of words is loaded for it.
 * @param root the document, or what was added to it
 */
export function behave(root: ParentNode): void {
  root.querySelectorAll<HTMLElement>('[data-row]').forEach(moveRows);
  root.querySelectorAll<HTMLTimeElement>('time[data-countdown]').forEach(countDown);
  root.querySelectorAll<HTMLAnchorElement>('a[data-more]').forEach((link) => loadMore(link, behave));
  root.querySelectorAll<HTMLFormElement>('form[data-suggest]').forEach(suggest);
  root.querySelectorAll<HTMLFormElement>('form[data-once]').forEach(sendOnce);
  // What plays says goodbye while it still may (web/player/sitting.ts).
  for (const form of root.querySelectorAll(`form[action="${signOutPath}"]`))
    form.addEventListener('submit', () => dispatchEvent(new Event(SIGNING_OUT)));
}
