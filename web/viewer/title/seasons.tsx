import type { Title } from '../../../schema/api/catalog.ts';
import { useHere } from '../../visit.ts';
import { EpisodeList } from '../cards/episodes.tsx';

/** Every season with its episodes; the heading of the only season is left out. */
export function Seasons({ title }: { title: Pick<Title, 'seasons'> }) {
  const { t } = useHere();
  const seasons = title.seasons.filter(({ episodes }) => episodes.length > 0);
  return (
    <section class="seasons" aria-labelledby="episodes">
      <h2 id="episodes">{t('title.episodes')}</h2>
      {seasons.length === 0 && <p class="seasons__none">{t('title.noEpisodes')}</p>}
      {seasons.map((season) => (
        <div key={season.number} class="seasons__one">
          {(seasons.length > 1 || season.name) && (
            <h3>{season.name ?? t('title.season', { number: season.number })}</h3>
          )}
          <EpisodeList episodes={season.episodes} />
        </div>
      ))}
    </section>
  );
}
