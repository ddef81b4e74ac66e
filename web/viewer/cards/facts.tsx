import type { TitleCard } from '../../../schema/api/catalog.ts';
import { useHere } from '../../visit.ts';
import { age, season } from './words.ts';

/** One line: season, kind, age, genres. */
export function Facts({ title }: { title: TitleCard }) {
  const here = useHere();
  const { t } = here;
  const facts = [
    season(here, title),
    t(`kind.${title.kind}`),
    title.episodes > 0 && t('title.playable', { count: title.episodes }),
    ...title.genres.slice(0, 3),
  ].filter((fact) => fact !== null && fact !== false);
  return (
    <ul class="facts">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
      <li>
        <span class="tag">{age(here, title.ageRating)}</span>
      </li>
    </ul>
  );
}
