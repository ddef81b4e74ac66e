import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
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
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const player = load()
      .then((mountPlayer) =>
        mountPlayer(root.current!, {
          episodeId: episode.id,
          name: `${title.names.main}: ${episodeName(here, episode)}`,
          titleSlug: title.slug,
          here,
          patient: episode.flashing,
        }),
      )
      .catch(() => setLost(true)); // the network went while the player's own code was on its way
    return () => void player.then((leave) => leave?.());
  }, [episode.id]);
  return (
    <div class="player" data-state="idle" ref={root}>
      <Picture image={title.backdrop} shape="backdrop" name="" first />
      {lost && (
        <div class="trouble" role="alert">
          <p>{t('watch.lost')}</p>
          <Button onClick={() => location.reload()}>{t('problem.retry')}</Button>
        </div>
      )}
      <noscript>
        <div class="trouble">
          <p>{t('watch.needsScript')}</p>
        </div>
      </noscript>
    </div>
  );
}
