import type { ComponentChildren } from 'preact';
import type { Title } from '../../../schema/api/catalog.ts';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { listAddress, type FilterKey } from '../browse/filter.ts';
import { age, languageList, season } from '../cards/words.ts';
import { useSiteWords } from '../site/words.ts';

/** What a title is: its poster and its facts. */
export function About({ title }: { title: Title }) {
  const here = useHere();
  const { t } = here;
  const s = useSiteWords();
  const { names } = title;
  const other = (name: string | null) => (name === names.main ? null : name);
  const facts: [string, ComponentChildren][] = [
    [s('title.local'), other(names.local) === names.english ? null : other(names.local)],
    [t('title.english'), other(names.english)],
    [t('title.studio'), title.studio && <Narrowed by="studio" values={[title.studio]} />],
    [t('title.year'), season(here, title)],
    [t('title.status'), t(`status.${title.status}`)],
    [t('title.age'), age(here, title.ageRating)],
    [t('title.genres'), title.genres.length > 0 && <Narrowed by="genre" values={title.genres} />],
    [s('title.heard'), languageList(here, title.audio.filter(known))],
    [s('title.read'), languageList(here, title.subtitles.filter(known))],
    [s('title.tags'), title.tags.length > 0 && <Narrowed by="tag" values={title.tags} />],
    [t('title.synonyms'), title.synonyms.join(', ')],
  ];
  return (
    <aside class="about" aria-label={t('title.facts')}>
      <Picture
        image={title.poster}
        shape="poster"
        name={names.main}
        sizes="(max-width: 60rem) 11rem, 19rem"
      />
      <div class="about__facts">
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
        {title.people.length > 0 && <People people={title.people} />}
      </div>
    </aside>
  );
}

const known = (tag: string) => tag !== 'und';

/** Values that lead to everything else that has them. */
const Narrowed = ({ by, values }: { by: FilterKey; values: readonly string[] }) => (
  <ul class="about__values">
    {values.map((value) => (
      <li key={value}>
        <a href={listAddress('browse', { [by]: value })}>{value}</a>
      </li>
    ))}
  </ul>
);

function People({ people }: Pick<Title, 'people'>) {
  const s = useSiteWords();
  return (
    <>
      <h2>{s('title.people')}</h2>
      <dl>
        {people.map(({ name, native, role }) => (
          <div key={`${name} ${role}`}>
            <dt>{role}</dt>
            <dd>
              <a href={listAddress('search', {}, { q: name })}>{name}</a>
              {native && native !== name && (
                <span class="names__native about__native" lang="ja">
                  {native}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
