import type { RecentEpisode, TitleCard } from '../../../schema/api/catalog.ts';
import { to } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { NativeName } from './names.tsx';
import { episodeName, minutes, season } from './words.ts';

/** As `--card` of cards.css. */
const posterSizes = 'clamp(8.75rem, 6.5rem + 7.5vw, 14.5rem)';
const stillSizes = 'clamp(15rem, 11rem + 13vw, 25rem)';

/**
 * A title in a row: its poster, its names, one line of facts.
 * @param note why it stands here, where its names do not say so
 */
export function PosterCard({ title, note }: { title: TitleCard; note?: string | null }) {
  const here = useHere();
  const { t } = here;
  const facts = [season(here, title), t(`kind.${title.kind}`)].filter(Boolean).join(' · ');
  return (
    <a class="card" href={to('title', { slug: title.slug })}>
      <span class="card__frame">
        <Picture image={title.poster} shape="poster" name={title.names.main} sizes={posterSizes} />
        {title.episodes === 0 && <span class="card__coming">{t('episode.coming')}</span>}
      </span>
      <span class="card__name">{title.names.main}</span>
      <NativeName title={title} class="card__native" />
      <span class="card__facts">{facts}</span>
      {note && <span class="card__note">{note}</span>}
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
        <Picture
          image={episode.still ?? title.backdrop}
          shape="backdrop"
          name={title.names.main}
          sizes={stillSizes}
        />
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
