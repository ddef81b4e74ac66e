import type { RecentEpisode, Schedule, TitleCard } from '../../../schema/api/catalog.ts';
import type { Continue } from '../../../schema/api/library.ts';
import { dashboardPath, to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { listAddress } from '../browse/filter.ts';
import { Airing } from '../calendar/airing.tsx';
import { PosterCard, StillCard } from '../cards/cards.tsx';
import { Row } from '../cards/row.tsx';
import { ContinueRow } from '../list/continue-row.tsx';
import { useSiteWords } from '../site/words.ts';
import { Hero } from './hero.tsx';
import { byGenre, featured } from './shelves.ts';

export type HomeData = {
  recent: RecentEpisode[];
  /** As they were changed last. */
  titles: TitleCard[];
  trending: TitleCard[];
  /** What comes out on the visitor's day. */
  today: Schedule['items'];
  /** What to go on with; empty where nobody is signed in. */
  continuing: Continue['items'];
};

export default function Home({ data }: { data: HomeData }) {
  const { t, visit } = useHere();
  const s = useSiteWords();
  const hero = featured(data);
  if (!hero) return <Empty />;
  const all = (name: string, href: string) => ({ href, label: s('row.allOf', { name }) });
  const posters = (id: string, name: string, href: string, titles: readonly TitleCard[]) => (
    <Row key={id} id={id} name={name} shape="poster" all={all(name, href)}>
      {titles.map((title) => (
        <PosterCard key={title.id} title={title} />
      ))}
    </Row>
  );
  return (
    <>
      <Hero {...hero} />
      <div class="shelves">
        <ContinueRow items={data.continuing} />
        {data.recent.length > 0 ? (
          <Row id="new-episodes" name={t('home.new')} shape="still">
            {data.recent.map(({ episode, title }) => (
              <StillCard key={episode.id} episode={episode} title={title} />
            ))}
          </Row>
        ) : (
          <Notice>{t('home.preparing')}</Notice>
        )}
        {data.trending.length > 0 && posters('trending', s('home.trending'), to('browse'), data.trending)}
        {data.today.length > 0 && (
          <section class="today" aria-labelledby="today">
            <div class="row__head">
              <h2 id="today">{s('home.today')}</h2>
              <a class="row__all" href={to('calendar')} aria-label={s('calendar.title')}>
                <Icon name="on" size={18} />
              </a>
            </div>
            <ol class="today__list">
              {data.today.map((one) => (
                <li key={one.episode.id}>
                  <Airing {...one} timeZone={visit.timeZone} />
                </li>
              ))}
            </ol>
          </section>
        )}
        {posters(
          'all-titles',
          s('home.updated'),
          listAddress('browse', {}, { sort: 'updated' }),
          data.titles.slice(0, 24),
        )}
        {byGenre(data.titles).map(({ genre, titles }, i) =>
          posters(`genre-${i}`, genre, listAddress('browse', { genre }), titles),
        )}
      </div>
    </>
  );
}

function Empty() {
  const { visit, t } = useHere();
  const editor = visit.me?.role === 'editor' || visit.me?.role === 'admin';
  return (
    <div class="empty empty--page">
      <h1>{t('home.empty')}</h1>
      <p>{t('home.emptyText')}</p>
      {editor && (
        <>
          <p>{t('home.emptyEditor')}</p>
          <ButtonLink look="primary" href={dashboardPath}>
            {t('home.openDashboard')}
          </ButtonLink>
        </>
      )}
    </div>
  );
}
