import { useEffect, useState } from 'preact/hooks';
import type { EpisodePage } from '../../../schema/api/catalog.ts';
import { api } from '../../api.ts';
import { to } from '../../paths.ts';
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
  const change = async (id: string, remember: boolean) => {
    const path = to('watch', { episode: id });
    const answer = await api.get<EpisodePage>(`/api/episodes/${id}`);
    if (!answer.ok && !answer.problem) return; // no network: the page that stands is worth more than none
    // Of another title there are other episodes beside it.
    if (!answer.ok || answer.value.title.id !== arrived.title.id) return location.assign(path);
    const next = { ...answer.value, seasons: arrived.seasons };
    if (remember) history.pushState(null, '', path);
    document.title = head(next, here).title;
    setData(next);
  };
  useEffect(() => {
    const back = () => void change(idIn(location.pathname), false);
    globalThis.addEventListener('popstate', back);
    return () => globalThis.removeEventListener('popstate', back);
  }, []);
  return { data, show: (id) => void change(id, true) };
}
