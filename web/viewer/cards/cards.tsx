import type { RecentEpisode, TitleCard } from '../../../schema/api/catalog.ts';
import { to } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { NativeName } from './names.tsx';
import { episodeName, minutes, season } from './words.ts';

/** A title in a row: its poster, its names, one line of facts. */
export function PosterCard({ title }: { title: TitleCard }) {
  const here = useHere();
  const { t } = here;
  const facts = [season(here, title), t(`kind.${title.kind}`)].filter(Boolean).join(' · ');
  return (
    <a class="card" href={to('title', { slug: title.slug })}>
      <span class="card__frame">
        <Picture image={title.poster} shape="poster" name={title.names.main} />
        {title.episodes === 0 && <span class="card__coming">{t('episode.coming')}</span>}
      </span>
      <span class="card__name">{title.names.main}</span>
      <NativeName title={title} class="card__native" />
      <span class="card__facts">{facts}</span>
    </a>
  );
}

/** A playable episode in a row. */
export function StillCard({ episode, title }: RecentEpisode) {
  const here = useHere();
  const { t } = here;
  const number = t('episode.short', { season: episode.season, number: episode.number });
  return (
    <a class="card card--still" href={to('watch', { episode: episode.id })}>
      <span class="card__frame">
        <Picture image={title.backdrop} shape="backdrop" name={title.names.main} />
        <span class="card__play">
          <Icon name="play" size={22} />
        </span>
        {episode.duration !== null && <span class="card__length">{minutes(here, episode.duration)}</span>}
      </span>
      <span class="card__facts">{title.names.main}</span>
      <span class="card__name">
        <span class="card__number">{number}</span> {episodeName(here, episode)}
      </span>
    </a>
  );
}
