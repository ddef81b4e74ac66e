import type { RecentEpisode, TitleCard } from '../../../schema/api/catalog.ts';
import { dashboardPath } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { PosterCard, StillCard } from '../cards/cards.tsx';
import { Row } from '../cards/row.tsx';
import { Hero } from './hero.tsx';
import { byGenre, featured } from './shelves.ts';

export type HomeData = { recent: RecentEpisode[]; titles: TitleCard[] };

export default function Home({ data }: { data: HomeData }) {
  const { t } = useHere();
  const hero = featured(data);
  if (!hero) return <Empty />;
  return (
    <>
      <Hero {...hero} />
      <div class="shelves">
        {data.recent.length > 0 ? (
          <Row name={t('home.new')} shape="still">
            {data.recent.map(({ episode, title }) => (
              <StillCard key={episode.id} episode={episode} title={title} />
            ))}
          </Row>
        ) : (
          <Notice>{t('home.preparing')}</Notice>
        )}
        <Row name={t('home.all')} shape="poster">
          {data.titles.map((title) => (
            <PosterCard key={title.id} title={title} />
          ))}
        </Row>
        {byGenre(data.titles).map(({ genre, titles }) => (
          <Row key={genre} name={genre} shape="poster">
            {titles.map((title) => (
              <PosterCard key={title.id} title={title} />
            ))}
          </Row>
        ))}
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
