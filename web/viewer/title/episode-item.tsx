import type { EpisodeCard, Title } from '../../../schema/api/catalog.ts';
import type { TitleForMe } from '../../../schema/api/library.ts';
import { to } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { coming, day, episodeName, languageList, minutes } from '../cards/words.ts';
import { useSiteWords } from '../site/words.ts';

type Reached = TitleForMe['progress'][number];

/** An episode on its title's page: its still, its words, and how far it was watched. A link where it plays. */
export function EpisodeItem({
  episode,
  backdrop,
  reached,
}: {
  episode: EpisodeCard;
  backdrop: Title['backdrop'];
  reached: Reached | null;
}) {
  const here = useHere();
  const { t } = here;
  const s = useSiteWords();
  const inside = (
    <>
      <span class="episode-item__frame">
        {episode.shielded ? (
          <span class="picture picture--backdrop episode-item__shield">
            <Icon name="eye" size={28} />
          </span>
        ) : (
          <Picture
            image={episode.still ?? (episode.playable ? backdrop : null)}
            shape="backdrop"
            name={String(episode.number)}
            sizes="(max-width: 46rem) 38vw, 15rem"
          />
        )}
        {episode.duration !== null && <span class="card__length">{minutes(here, episode.duration)}</span>}
        {reached && <Watched reached={reached} />}
      </span>
      <span class="episode-item__words">
        <span class="episode-item__name">
          <span class="episode-item__number">
            <span class="only-heard">{t('episode.number', { number: episode.number })}: </span>
            <span aria-hidden="true">{episode.number}</span>
          </span>{' '}
          {episodeName(here, episode)}
          {episode.flashing && <span class="tag">{t('episode.flashing')}</span>}
          {episode.kind !== 'story' && <span class="tag">{t(`episodeKind.${episode.kind}`)}</span>}
        </span>
        {episode.shielded && <span class="episode-item__soft">{s('title.shielded')}</span>}
        {episode.synopsis && <span class="episode-item__synopsis">{episode.synopsis}</span>}
        <span class="episode-item__soft">
          {episode.playable ? (
            <>
              {episode.airsAt !== null && `${day(here, episode.airsAt)} · `}
              <Languages episode={episode} />
            </>
          ) : (
            <>
              <Icon name="clock" size={15} /> {coming(here, episode)}
            </>
          )}
        </span>
      </span>
    </>
  );
  if (!episode.playable) return <div class="episode-item episode-item--coming">{inside}</div>;
  return (
    <a class="episode-item" href={to('watch', { episode: episode.id })}>
      {inside}
    </a>
  );
}

function Watched({ reached: { position, duration, completed } }: { reached: Reached }) {
  const s = useSiteWords();
  if (completed)
    return (
      <span class="episode-item__watched">
        <Icon name="check" size={16} />
        <span class="only-heard">{s('title.watched')}</span>
      </span>
    );
  return (
    <progress
      class="episode-item__reached"
      value={position}
      max={duration || 1}
      aria-label={s('title.part')}
    />
  );
}

/** Tracks whose language the source does not say are left out: their name would be no help. */
const said = (tags: readonly string[]) => tags.filter((tag) => tag !== 'und');

function Languages({ episode }: { episode: EpisodeCard }) {
  const here = useHere();
  const lists = [
    [here.t('episode.audio'), said(episode.audio)],
    [here.t('episode.subtitles'), said(episode.subtitles)],
  ] as const;
  return (
    <>
      {lists
        .filter(([, tags]) => tags.length > 0)
        .map(([name, tags]) => `${name}: ${languageList(here, tags)}`)
        .join(' · ')}
    </>
  );
}
