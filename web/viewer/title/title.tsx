import type { Title } from '../../../schema/api/catalog.ts';
import { signInThen, to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';
import { Facts } from '../cards/facts.tsx';
import { Stage } from '../cards/stage.tsx';
import { About } from './about.tsx';
import { Seasons } from './seasons.tsx';

export type TitleData = { title: Title };

export default function TitlePage({ data: { title } }: { data: TitleData }) {
  const { visit, t } = useHere();
  const first = firstPlayable(title);
  return (
    <>
      <Stage title={title}>
        <Facts title={title} />
        {title.synopsis && <p class="stage__synopsis">{title.synopsis}</p>}
        {first ? (
          <div class="stage__ways">
            <ButtonLink look="primary" href={to('watch', { episode: first.id })}>
              <Icon name="play" />
              {title.kind === 'movie'
                ? t('home.watchMovie')
                : t('title.watchFirst', { number: first.number })}
            </ButtonLink>
            {!visit.me && (
              <p class="stage__hint">
                {t('title.signInHint')} <a href={signInThen(visit.path)}>{t('nav.signIn')}</a>
              </p>
            )}
          </div>
        ) : (
          <p class="stage__hint">
            <Icon name="clock" /> {t('title.preparing')}
          </p>
        )}
      </Stage>
      <div class="title-body">
        <Seasons title={title} />
        <About title={title} />
      </div>
    </>
  );
}

const firstPlayable = (title: Title) =>
  title.seasons.flatMap(({ episodes }) => episodes).find(({ playable }) => playable);
