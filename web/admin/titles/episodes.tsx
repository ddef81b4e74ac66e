import { useState } from 'preact/hooks';
import { useDesk } from '../desk.ts';
import { useAddress } from '../navigation.ts';
import { Heard, Section } from '../parts.tsx';
import { NewEpisodeForm } from '../episodes/new-episode-form.tsx';
import { AddWeekly } from './add-weekly.tsx';
import { Import } from './import.tsx';
import { Orders } from './orders.tsx';
import { SeasonTable } from './season-table.tsx';
import { partAt, type PartOf } from './title-parts.ts';
import { useSay } from './words.ts';

/** A title's episodes, a season at a time; its address says which (`?season=2`). */
export function Episodes({ title, loaded }: PartOf) {
  const { t } = useDesk();
  const say = useSay();
  const address = useAddress();
  const [said, setSaid] = useState('');
  const list = title.episodeList;
  const numbers = [
    ...new Set([...list.map(({ season }) => season), ...title.seasonList.map(({ number }) => number)]),
  ].sort((a, b) => a - b);
  const asked = address.searchParams.get('season');
  const newest = numbers.at(-1) ?? 1;
  const season = asked === null ? newest : Number(asked);
  const shown = list.filter((episode) => episode.season === season);
  const next = 1 + Math.max(0, ...shown.map(({ number }) => number));
  const nameOf = (number: number) => {
    const name = title.seasonList.find((one) => one.number === number)?.name;
    const usual = number === 0 ? t('episodes.specials') : t('episodes.season', { number });
    return name ? `${usual}: ${name}` : usual;
  };
  return (
    <>
      <Section title={t('episodes.title')}>
        <Heard text={said} />
        {numbers.length > 1 && (
          <nav class="seasons" aria-label={say('season.nav')}>
            <ul>
              {numbers.map((number) => (
                <li key={number}>
                  <a
                    href={`${partAt(title.id, 'episodes')}?season=${number}`}
                    {...(number === season ? { 'aria-current': 'page' } : {})}
                  >
                    {nameOf(number)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        {list.length === 0 && <p class="faint">{t('episodes.none')}</p>}
        {numbers.includes(season) && (
          <SeasonTable
            key={season}
            title={title}
            loaded={loaded}
            season={season}
            name={nameOf(season)}
            episodes={shown}
          />
        )}
        <NewEpisodeForm
          key={`${season} ${next}`}
          titleId={title.id}
          next={{ season, number: next }}
          taken={(season, number) => list.some((e) => e.season === season && e.number === number)}
          onAdded={(added) => {
            setSaid(t('episodes.added', { season: added.season, number: added.number }));
            void loaded.refresh();
          }}
        />
        <AddWeekly title={title} loaded={loaded} season={season} next={next} />
      </Section>
      <Import title={title} loaded={loaded} />
      <Orders title={title} loaded={loaded} />
    </>
  );
}
