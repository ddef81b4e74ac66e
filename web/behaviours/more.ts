/**
 * The link to the next part of a list brings it in place: the next page's own HTML, of which the list's items and the link after
 * them are taken. Whatever goes wrong, it is a link again, and goes there.
 * @param started what to do with what was added
 */
export function loadMore(link: HTMLAnchorElement, started: (added: ParentNode) => void): void {
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void bring(link, started).catch(() => location.assign(link.href));
  });
}

async function bring(link: HTMLAnchorElement, started: (added: ParentNode) => void): Promise<void> {
  const list = document.querySelector(link.dataset['more']!)!;
  if (link.hasAttribute('aria-busy')) return;
  link.setAttribute('aria-busy', 'true');
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const items = [...page.querySelector(link.dataset['more']!)!.children];
  const next = page.querySelector('a[data-more]');
  const added = document.createDocumentFragment();
  added.append(...items);
  started(added);
  list.append(added);
  // Who came by keyboard goes on with the first of what came; a screen reader reads it.
  items[0]?.querySelector('a')?.focus({ preventScroll: true });
  if (next) {
    link.replaceWith(next);
    if (next.parentElement) started(next.parentElement);
  } else link.remove();
}
