import type { ComponentChildren } from 'preact';
import type { EpisodeCard } from '../../../schema/api/catalog.ts';
import { to } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';
import { coming, episodeName, languageList, minutes } from './words.ts';

/** Episodes as a list: links where they play, with what is known where they don't yet. */
export const EpisodeList = ({
  episodes,
  current,
  mark,
}: {
  episodes: readonly EpisodeCard[];
  current?: string;
  /** What is known of the viewer and an episode. */
  mark?: (episode: EpisodeCard) => ComponentChildren;
}) => (
  <ol class="episodes">
    {episodes.map((episode) => (
      <li key={episode.id}>
        <Episode episode={episode} current={episode.id === current} mark={mark?.(episode)} />
      </li>
    ))}
  </ol>
);

function Episode({
  episode,
  current,
  mark,
}: {
  episode: EpisodeCard;
  current: boolean;
  mark: ComponentChildren;
}) {
  const here = useHere();
  const { t } = here;
  const inside = (
    <>
      <span class="episode__number" aria-hidden="true">
        {episode.number}
      </span>
      <span class="episode__words">
        <span class="episode__name">
          <span class="only-heard">{t('episode.number', { number: episode.number })}: </span>
          {episodeName(here, episode)}
          {episode.flashing && <span class="tag">{t('episode.flashing')}</span>}
          {episode.kind !== 'story' && <span class="tag">{t(`episodeKind.${episode.kind}`)}</span>}
        </span>
        {episode.synopsis && <span class="episode__synopsis">{episode.synopsis}</span>}
        {episode.playable && <Languages episode={episode} />}
        {mark}
      </span>
      <span class="episode__state">
        {episode.playable ? (
          <>
            {episode.duration !== null && minutes(here, episode.duration)}
            <Icon name="play" />
          </>
        ) : (
          <>
            {coming(here, episode)}
            <Icon name="clock" />
          </>
        )}
      </span>
    </>
  );
  if (!episode.playable) return <div class="episode episode--coming">{inside}</div>;
  return (
    <a
      class="episode"
      href={to('watch', { episode: episode.id })}
      {...(current ? { 'aria-current': 'page' as const } : {})}
    >
      {inside}
    </a>
  );
}

/** Tracks whose language the source does not say are left out: their name would be no help. */
const said = (tags: readonly string[]) => tags.filter((tag) => tag !== 'und');

function Languages({ episode }: { episode: EpisodeCard }) {
  const here = useHere();
  const { t } = here;
  const lists = [
    [t('episode.audio'), said(episode.audio)],
    [t('episode.subtitles'), said(episode.subtitles)],
  ] as const;
  const words = lists
    .filter(([, tags]) => tags.length > 0)
    .map(([name, tags]) => `${name}: ${languageList(here, tags)}`);
  return words.length > 0 ? <span class="episode__languages">{words.join(' · ')}</span> : null;
}
