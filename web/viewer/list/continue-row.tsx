import type { Continue } from '../../../schema/api/library.ts';
import { to } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { Row } from '../cards/row.tsx';
import { episodeName } from '../cards/words.ts';
import { useListWords } from './words.ts';

/** The row of what to go on with, for the home page; nothing where there is nothing. Plain HTML. */
export function ContinueRow({ items }: Continue) {
  const l = useListWords();
  if (items.length === 0) return null;
  return (
    <Row id="continue" name={l('continue.title')} shape="still">
      {items.map((item) => (
        <ContinueCard key={item.title.id} {...item} />
      ))}
    </Row>
  );
}

function ContinueCard({ title, episode, why, position }: Continue['items'][number]) {
  const here = useHere();
  const { t } = here;
  const l = useListWords();
  const duration = episode.duration ?? 0;
  const left = Math.max(1, Math.ceil((duration - (position ?? 0)) / 60));
  const words =
    why === 'resume' && duration > 0
      ? l('continue.left', { count: left })
      : l(why === 'new' ? 'continue.new' : 'continue.next');
  return (
    <a class="card card--still" href={to('watch', { episode: episode.id })}>
      <span class="card__frame">
        <Picture image={episode.still ?? title.backdrop} shape="backdrop" name={title.names.main} />
        <span class="card__play">
          <Icon name="play" size={22} />
        </span>
        <span class="card__length">{words}</span>
        {position !== null && duration > 0 && (
          <progress class="progress card__progress" value={position} max={duration} aria-hidden="true" />
        )}
      </span>
      <span class="card__facts">{title.names.main}</span>
      <span class="card__name">
        <span class="card__number">
          {t('episode.short', { season: episode.season, number: episode.number })}
        </span>{' '}
        {episodeName(here, episode)}
      </span>
    </a>
  );
}
