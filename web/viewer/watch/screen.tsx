import { useEffect, useRef } from 'preact/hooks';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { episodeName } from '../cards/words.ts';
import type { WatchData } from './watch.tsx';

/** Effects run in browsers only; saying so keeps the player and hls.js (260 kB gzipped) out of the Worker. */
const load = import.meta.env.SSR
  ? () => Promise.reject(new Error('the player runs in browsers'))
  : () => import('../../player/player.ts').then(({ mountPlayer }) => mountPlayer);

/** The place of the player. Its code is fetched after the page stands; until then the title's picture holds the place. */
export function Screen({ data: { episode, title } }: { data: WatchData }) {
  const here = useHere();
  const { t } = here;
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const player = load().then((mountPlayer) =>
      mountPlayer(root.current!, {
        episodeId: episode.id,
        name: `${title.names.main}: ${episodeName(here, episode)}`,
        titleSlug: title.slug,
        here,
      }),
    );
    return () => void player.then((leave) => leave());
  }, [episode.id]);
  return (
    <div class="player" data-state="idle" ref={root}>
      <Picture image={title.backdrop} shape="backdrop" name="" first />
      <noscript>
        <p class="notice notice--warning">{t('watch.needsScript')}</p>
      </noscript>
    </div>
  );
}
