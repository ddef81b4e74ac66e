import { useEffect, useRef, useState } from 'preact/hooks';
import type { Episode } from '../../player/episode.ts';
import type { AdsNote, Player } from '../../player/player.ts';
import { beginPlay } from '../../player/start.ts';
import { playsByItself } from '../../player/start-by-itself.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { episodeName } from '../cards/words.ts';
import type { WatchData } from './watch.tsx';

/** Effects run in browsers only; saying so keeps the player and hls.js (260 kB gzipped) out of the Worker. */
const load = import.meta.env.SSR
  ? () => Promise.reject(new Error('the player runs in browsers'))
  : () => import('../../player/player.ts').then(({ mountPlayer }) => mountPlayer);

/**
 * The place of the player. The title's picture holds it until there is a picture of the film: that begins by itself where the browser
 * allows it, else with a click, and the player's code follows once the film runs (ADR 0053).
 * @param onEpisode the player goes on to another episode
 * @param onAds what is to be said of advertising beside it
 */
export function Screen({
  data,
  onEpisode,
  onAds,
}: {
  data: WatchData;
  onEpisode: (id: string) => void;
  onAds: (note: AdsNote | null) => void;
}) {
  const here = useHere();
  const { t } = here;
  const root = useRef<HTMLDivElement>(null);
  const player = useRef<Promise<Player | undefined> | null>(null);
  const left = useRef(new AbortController());
  const [waits, setWaits] = useState(false);
  const [lost, setLost] = useState(false);
  const episode = asPlayed(data, episodeName(here, data.episode), data.next && episodeName(here, data.next));

  const begin = () => {
    setWaits(false);
    const { signal } = left.current;
    const begun = beginPlay({ root: root.current!, episodeId: episode.id, signal });
    player.current = begun
      .then(async (already) => {
        const mountPlayer = await load();
        if (signal.aborted) return undefined;
        return mountPlayer(root.current!, {
          episode,
          here,
          onEpisode,
          onAds,
          begun: Promise.resolve(already),
        });
      })
      .catch(() => {
        setLost(true); // the network went while the player's own code was on its way
        return undefined;
      });
  };
  useEffect(() => {
    const { signal } = left.current;
    void (episode.patient ? Promise.resolve(false) : playsByItself(signal)).then(
      (may) => !signal.aborted && (may ? begin() : setWaits(true)),
    );
    return () => {
      left.current.abort();
      void player.current?.then((playing) => playing?.leave());
    };
  }, []);
  useEffect(() => void player.current?.then((playing) => playing?.show(episode)), [episode.id]);

  return (
    <div class="player" data-state="idle" ref={root}>
      {/* The episode's own only where it is looked at: else it would be in the way of the film's first picture. */}
      <Picture
        image={data.title.backdrop ?? (waits ? data.episode.still : null)}
        shape="backdrop"
        name=""
        first
      />
      {waits && (
        <button class="player__begin" type="button" onClick={begin}>
          <Icon name="play" />
          <span class="only-heard">{t('watch.play', { name: episode.name })}</span>
        </button>
      )}
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

/** What the player is told of an episode: only those that can be played are gone on to. */
function asPlayed(
  { episode, title, previous, next }: WatchData,
  name: string,
  nextName: string | null,
): Episode {
  const pictures = [episode.still, title.backdrop, title.poster].filter((image) => image !== null);
  return {
    id: episode.id,
    titleId: title.id,
    titleSlug: title.slug,
    title: title.names.main,
    name,
    artwork: pictures.map(({ src, width, height }) => ({ src, sizes: `${width}x${height}` })),
    patient: episode.flashing,
    previous: previous?.playable ? { id: previous.id } : null,
    next:
      next?.playable && nextName !== null
        ? { id: next.id, name: nextName, still: next.still?.src ?? null }
        : null,
  };
}
