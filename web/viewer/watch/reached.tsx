import { useEffect, useState } from 'preact/hooks';
import type { TitleForMe } from '../../../schema/api/library.ts';
import { api } from '../../api.ts';
import { useHere } from '../../visit.ts';
import type { WatchData } from './watch.tsx';

type Progress = TitleForMe['progress'][number];

/** How far the profile is in each episode of the title; looked up once the page stands, and again when it goes on to another episode. */
export function useReached({ title, episode }: WatchData): ReadonlyMap<string, Progress> {
  const { me } = useHere().visit;
  const [reached, setReached] = useState<ReadonlyMap<string, Progress>>(new Map());
  useEffect(() => {
    if (!me) return undefined;
    let gone = false;
    void api.get<TitleForMe>(`/api/me/titles/${title.id}`).then((answer) => {
      if (answer.ok && !gone) setReached(new Map(answer.value.progress.map((one) => [one.episodeId, one])));
    });
    return () => void (gone = true);
  }, [title.id, episode.id]);
  return reached;
}

/** A mark in a list of episodes: watched, or how far. */
export function Reached({ of }: { of: Progress | undefined }) {
  const { t, visit } = useHere();
  if (!of) return null;
  if (of.completed) return <span class="tag">{t('watch.seen')}</span>;
  const share = Math.min(1, of.position / of.duration);
  if (!(share > 0)) return null;
  const percent = new Intl.NumberFormat(visit.language, { style: 'percent' }).format(share);
  return <meter class="reached" min={0} max={1} value={share} aria-label={t('watch.reached', { percent })} />;
}
