import type { Title } from '../../../schema/api/catalog.ts';
import type { TitleForMe } from '../../../schema/api/library.ts';
import { Island } from '../../island.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';
import MarkWatched from '../list/mark-watched.tsx';
import { useSiteWords } from '../site/words.ts';
import { EpisodeItem } from './episode-item.tsx';

/** Every season with its episodes; the heading of the only season is left out. */
export function Seasons({
  title,
  progress,
}: {
  title: Pick<Title, 'seasons' | 'backdrop'>;
  /** Of the profile that is here; null where nobody is. */
  progress: TitleForMe['progress'] | null;
}) {
  const { t } = useHere();
  const s = useSiteWords();
  const seasons = title.seasons.filter(({ episodes }) => episodes.length > 0);
  const reached = new Map(progress?.map((of) => [of.episodeId, of]));
  const shielded = seasons.some(({ episodes }) => episodes.some((episode) => episode.shielded));
  const nameOf = ({ number, name }: Title['seasons'][number]) => name ?? t('title.season', { number });
  return (
    <section class="seasons" aria-labelledby="episodes">
      <h2 id="episodes">{t('title.episodes')}</h2>
      {shielded && (
        <p class="seasons__shield">
          <Icon name="eye" /> {s('title.shieldNote')}
        </p>
      )}
      {seasons.length > 2 && (
        <nav class="seasons__nav" aria-label={s('title.seasonsNav')}>
          {seasons.map((season) => (
            <a key={season.number} href={`#season-${season.number}`}>
              {nameOf(season)}
            </a>
          ))}
        </nav>
      )}
      {seasons.length === 0 && <p class="seasons__none">{t('title.noEpisodes')}</p>}
      {seasons.map((season) => (
        <div key={season.number} id={`season-${season.number}`} class="seasons__one">
          {(seasons.length > 1 || season.name) && <h3>{nameOf(season)}</h3>}
          <ol class="episode-list">
            {season.episodes.map((episode, i) => (
              <li key={episode.id} class="episode-list__one">
                <EpisodeItem
                  episode={episode}
                  backdrop={title.backdrop}
                  reached={reached.get(episode.id) ?? null}
                />
                {progress && episode.playable && (
                  <Island
                    name="mark-watched"
                    part={MarkWatched}
                    data={{
                      episodeId: episode.id,
                      number: episode.number,
                      completed: reached.get(episode.id)?.completed ?? false,
                      upTo: i > 0,
                    }}
                  />
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
