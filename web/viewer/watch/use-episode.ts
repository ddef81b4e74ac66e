import { useEffect, useRef, useState } from 'preact/hooks';
import type { EpisodePage } from '../../../schema/api/catalog.ts';
import { api } from '../../api.ts';
import { to } from '../../paths.ts';
import { lookAt, untilBack } from '../../player/until-back.ts';
import { useHere } from '../../visit.ts';
import { head } from './head.ts';
import type { WatchData } from './watch.tsx';

const idIn = (path: string) => path.split('/').at(-1) ?? '';

/**
 * The episode that the page shows. Going on to another one changes page and address in place, so that full screen stays; back and
 * forward go between them. Where that cannot be had, the browser goes to the other page.
 */
export function useEpisode(arrived: WatchData): { data: WatchData; show: (id: string) => void } {
  const here = useHere();
  const [data, setData] = useState(arrived);
  /** Where it is, or on its way to: asked for twice, it goes once. */
  const bound = useRef<string>(arrived.episode.id);
  const left = useRef(new AbortController());
  const change = async (id: string, remember: boolean): Promise<void> => {
    const path = to('watch', { episode: id });
    const answer = await api.get<EpisodePage>(`/api/episodes/${id}`);
    // No network: the page that stands is worth more than none. It goes on when there is one again.
    if (!answer.ok && !answer.problem) {
      const found = await untilBack(() => lookAt(`/api/episodes/${id}`), left.current.signal);
      return found === null || bound.current !== id ? undefined : change(id, remember);
    }
    if (bound.current !== id) return undefined; // meanwhile to another one
    // Of another title there are other episodes beside it.
    if (!answer.ok || answer.value.title.id !== arrived.title.id) return location.assign(path);
    const next = { ...answer.value, seasons: arrived.seasons };
    if (remember) history.pushState(null, '', path);
    document.title = head(next, here).title;
    comeBackTo(path);
    setData(next);
    return undefined;
  };
  const go = (id: string, remember: boolean) => {
    if (bound.current === id) return;
    bound.current = id;
    void change(id, remember);
  };
  useEffect(() => {
    const back = () => go(idIn(location.pathname), false);
    globalThis.addEventListener('popstate', back);
    return () => {
      globalThis.removeEventListener('popstate', back);
      left.current.abort();
    };
  }, []);
  return { data, show: (id) => go(id, true) };
}

/** What stands around the page comes back to it from elsewhere: the choice of language, of who watches, signing out. */
function comeBackTo(path: string): void {
  for (const field of document.querySelectorAll<HTMLInputElement>('form input[name=next]'))
    field.value = path;
  for (const link of document.querySelectorAll<HTMLAnchorElement>(`a[href^="${to('profiles')}?"]`))
    link.href = `${to('profiles')}?next=${encodeURIComponent(path)}`;
}
