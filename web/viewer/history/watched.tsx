import type { HistoryPage } from '../../../schema/api/library.ts';
import { to } from '../../paths.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { episodeName } from '../cards/words.ts';
import { useListWords } from '../list/words.ts';
import { clock } from './days.ts';

/** One episode of the history: on with it, or forget it. */
export function Watched({
  item: { title, episode, position, duration, completed },
  forget,
}: {
  item: HistoryPage['items'][number];
  forget: (name: string) => void;
}) {
  const here = useHere();
  const { t } = here;
  const l = useListWords();
  const number = t('episode.short', { season: episode.season, number: episode.number });
  const name = `${title.names.main}, ${number}`;
  return (
    <article class="watched">
      <div class="watched__still">
        <Picture image={episode.still ?? title.backdrop} shape="backdrop" name="" />
        {!completed && duration > 0 && (
          <progress class="progress watched__bar" value={position} max={duration} aria-hidden="true" />
        )}
      </div>
      <div class="watched__words">
        <a class="watched__title" href={to('title', { slug: title.slug })}>
          {title.names.main}
        </a>
        <h3 class="watched__name">
          <a href={to('watch', { episode: episode.id })}>
            <span class="card__number">{number}</span> {episodeName(here, episode)}
          </a>
        </h3>
        <p class="watched__how">
          {completed
            ? l('history.completed')
            : l('history.reached', { at: clock(position), of: clock(duration) })}
        </p>
      </div>
      <Button
        look="plain"
        small
        aria-label={l('history.forgetOf', { name })}
        title={l('history.forget')}
        onClick={() => forget(name)}
      >
        <Icon name="cross" />
      </Button>
    </article>
  );
}
