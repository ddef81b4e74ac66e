import { useEffect, useState } from 'preact/hooks';
import { dashboardPath } from '../paths.ts';

const MOVED = 'engawa:moved';

/** Goes to another page of the dashboard without a new document, so that uploads go on. */
export function go(address: string, { replace = false } = {}): void {
  const before = location.pathname;
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  if (location.pathname !== before) scrollTo(0, 0); // back and forward are the browser's to scroll
  dispatchEvent(new Event(MOVED));
}

/**
 * Whether this page was reached from another one of the dashboard. The first page's focus and scroll position are the
 * browser's business; those of the others are ours.
 */
export const hasMoved = (): boolean => document.documentElement.dataset['moved'] !== undefined;

/** Where we are, as it changes. */
export function useAddress(): URL {
  const [href, setHref] = useState(location.href);
  useEffect(() => {
    const look = () => {
      document.documentElement.dataset['moved'] = '';
      setHref(location.href);
    };
    addEventListener('popstate', look);
    addEventListener(MOVED, look);
    return () => {
      removeEventListener('popstate', look);
      removeEventListener(MOVED, look);
    };
  }, []);
  return new URL(href);
}

/** Plain links stay plain `<a href>`: this takes over the clicks that a browser would answer with a dashboard document. */
export function followLinks(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.hasAttribute('download'))
    return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  const ours = url.pathname === dashboardPath || url.pathname.startsWith(`${dashboardPath}/`);
  if (url.origin !== location.origin || !ours) return;
  if (url.hash && url.pathname === location.pathname) return; // to a part of this page
  event.preventDefault();
  if (url.href !== location.href) go(url.href);
}
