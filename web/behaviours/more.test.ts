import { afterEach, expect, it, vi } from 'vitest';
import { loadMore } from './more.ts';

const page = (items: string, next: string) => `<ul id="found">${items}</ul><p>${next}</p>`;
const more = (href: string) => `<a href="${href}" data-more="#found">More</a>`;
afterEach(() => vi.unstubAllGlobals());

it('brings the next part into the list, moves the focus to its first item, and goes on to the part after it', async () => {
  document.body.innerHTML = page('<li><a href="/1">1</a></li>', more('/browse?cursor=b'));
  vi.stubGlobal('fetch', () =>
    Promise.resolve(new Response(page('<li><a href="/2">2</a></li>', more('/browse?cursor=c')))),
  );
  const started = vi.fn<(element: ParentNode) => void>();
  const link = document.querySelector<HTMLAnchorElement>('a[data-more]')!;
  loadMore(link, started);
  link.click();
  await vi.waitFor(() => expect(document.querySelectorAll('#found > li')).toHaveLength(2));
  expect(document.activeElement?.textContent).toBe('2');
  expect(document.querySelector('a[data-more]')!.getAttribute('href')).toBe('/browse?cursor=c');
  expect(started).toHaveBeenCalledTimes(2);
});

it('is a link again where that fails', async () => {
  document.body.innerHTML = page('', more('/browse?cursor=b'));
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 500 })));
  const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined);
  const link = document.querySelector<HTMLAnchorElement>('a[data-more]')!;
  loadMore(link, () => undefined);
  link.click();
  await vi.waitFor(() => expect(assign).toHaveBeenCalledOnce());
  expect(String(assign.mock.calls[0]![0])).toContain('/browse?cursor=b');
  assign.mockRestore();
});
