import type { Title } from '../../../schema/api/catalog.ts';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { age, season } from '../cards/words.ts';

/** What a title is: its poster and its facts. */
export function About({ title }: { title: Title }) {
  const here = useHere();
  const { t } = here;
  const english = title.names.english === title.names.main ? null : title.names.english;
  const facts: [string, string | null][] = [
    [t('title.english'), english],
    [t('title.studio'), title.studio],
    [t('title.year'), season(here, title)],
    [t('title.status'), t(`status.${title.status}`)],
    [t('title.age'), age(here, title.ageRating)],
    [t('title.genres'), title.genres.join(', ') || null],
    [t('title.synonyms'), title.synonyms.join(', ') || null],
  ];
  return (
    <aside class="about" aria-label={t('title.facts')}>
      <Picture image={title.poster} shape="poster" name={title.names.main} />
      <dl>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </aside>
  );
}
