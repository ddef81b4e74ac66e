import type { Suggestions } from '../../schema/api/search.ts';
import { answer } from '../api.ts';
import { choose, typed, type Combo } from './combobox.ts';

const PAUSE_MS = 150;

/**
 * Suggestions as one types, by the combobox pattern of the ARIA Authoring Practices (editable, list autocomplete, manual selection:
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Focus stays in the field; without script it is a search form.
 */
export function suggest(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('input[type=search]')!;
  const list = form.querySelector<HTMLUListElement>('ul')!;
  const said = form.querySelector<HTMLElement>('output')!;
  let combo: Combo = { items: 0, at: null };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  list.setAttribute('role', 'listbox');
  field.setAttribute('role', 'combobox');
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-expanded', 'false');
  field.setAttribute('aria-controls', list.id);

  const show = (now: Combo) => {
    combo = now;
    list.hidden = now.items === 0;
    field.setAttribute('aria-expanded', String(now.items > 0));
    const options = list.querySelectorAll('a');
    options.forEach((option, i) => option.setAttribute('aria-selected', String(i === now.at)));
    const active = now.at === null ? null : options[now.at];
    if (active) field.setAttribute('aria-activedescendant', active.id);
    else field.removeAttribute('aria-activedescendant');
    active?.scrollIntoView({ block: 'nearest' });
  };
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    show({ items: 0, at: null });
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const q = field.value.trim();
    if (!q) return close();
    const given = await answer<Suggestions>(() =>
      fetch(`/api/search/suggest?${new URLSearchParams({ q })}`, { signal }),
    );
    if (signal.aborted || !given.ok) return;
    const { items } = given.value;
    list.replaceChildren(...items.map((item, i) => option(`${list.id}-${i}`, item)));
    show({ items: items.length, at: null });
    said.textContent =
      items.length > 0 ? (said.dataset['count'] ?? '').replace('{count}', String(items.length)) : '';
  };

  field.addEventListener('input', (event: InputEvent) => {
    clearTimeout(timer);
    // Half a kana is no query: the input method says when a word is done (UI Events §4.3.4, isComposing).
    if (!event.isComposing) timer = setTimeout(() => void ask(), PAUSE_MS);
  });
  field.addEventListener('compositionend', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), PAUSE_MS);
  });
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const move = typed(combo, event.key, event.altKey);
    if (move === null) return;
    event.preventDefault();
    if (move === 'ask') void ask();
    else if (move === 'close') close();
    else if (move === 'go') list.querySelectorAll('a')[combo.at!]!.click();
    else show(choose(combo, move));
  });
  // A press inside the list must not take the focus out of the field before its click has come.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (!form.contains(relatedTarget as Node | null)) close();
  });
}

/** A suggestion: the name, what was typed of it where that is another one, and the year. All of it is text. */
function option(
  id: string,
  { slug, names, matched, year, poster }: Suggestions['items'][number],
): HTMLLIElement {
  const item = document.createElement('li');
  item.setAttribute('role', 'presentation');
  // The link is the option, not in one: what is inside an option is not there for screen readers (ARIA 1.2 §5.2.8).
  const link = document.createElement('a');
  link.id = id;
  link.setAttribute('role', 'option');
  link.setAttribute('aria-selected', 'false');
  link.href = `/titles/${encodeURIComponent(slug)}`;
  link.tabIndex = -1;
  const picture = document.createElement(poster ? 'img' : 'span');
  picture.className = 'suggestion__picture';
  if (poster && picture instanceof HTMLImageElement)
    Object.assign(picture, { src: poster.src, alt: '', width: 40, height: 60 });
  const words = document.createElement('span');
  words.append(names.main);
  const more = [matched ?? names.native ?? names.english, year].filter(
    (part) => part !== null && part !== names.main,
  );
  const soft = document.createElement('small');
  soft.append(more.join(' · '));
  words.append(soft);
  link.append(picture, words);
  item.append(link);
  return item;
}
