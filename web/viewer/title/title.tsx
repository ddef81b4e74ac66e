import type { OffersOfTitle } from '../../../schema/api/billing.ts';
import type { Title, TitleCard } from '../../../schema/api/catalog.ts';
import type { TitleForMe } from '../../../schema/api/library.ts';
import { Island } from '../../island.tsx';
import { signInThen, to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';
import { PosterCard } from '../cards/cards.tsx';
import { Facts } from '../cards/facts.tsx';
import { Row } from '../cards/row.tsx';
import { Stage } from '../cards/stage.tsx';
import ListButton from '../list/list-button.tsx';
import { useSiteWords } from '../site/words.ts';
import { About } from './about.tsx';
import { Offers } from './offers.tsx';
import { NextAir } from './next-air.tsx';
import { Related } from './related.tsx';
import { Seasons } from './seasons.tsx';
import { goOn } from './go-on.ts';

export type TitleData = {
  title: Title;
  similar: TitleCard[];
  /** Of the profile that is here; null where nobody is. */
  mine: TitleForMe | null;
  /** What of it can be rented or bought; null where that is not known. */
  offers: OffersOfTitle | null;
};

export default function TitlePage({ data: { title, similar, mine, offers } }: { data: TitleData }) {
  const s = useSiteWords();
  return (
    <>
      <Stage title={title}>
        <Facts title={title} />
        {title.synopsis && <p class="stage__synopsis">{title.synopsis}</p>}
        <Ways title={title} mine={mine} />
        <NextAir title={title} />
      </Stage>
      <div class="title-body">
        <div class="title-body__main">
          {offers && <Offers title={title} offers={offers} />}
          <Seasons title={title} progress={mine?.progress ?? null} />
        </div>
        <About title={title} />
      </div>
      <div class="shelves">
        <Related title={title} />
        {similar.length > 0 && (
          <Row id="similar" name={s('title.similar')} shape="poster">
            {similar.map((other) => (
              <PosterCard key={other.id} title={other} />
            ))}
          </Row>
        )}
      </div>
    </>
  );
}

/** The one thing to do here: watch, or go on watching. */
function Ways({ title, mine }: { title: Title; mine: TitleForMe | null }) {
  const { visit, t } = useHere();
  const s = useSiteWords();
  const next = goOn(title, mine?.next ?? null);
  const onList = visit.me && mine && (
    <Island
      name="list-button"
      part={ListButton}
      data={{ titleId: title.id, name: title.names.main, entry: mine.entry }}
    />
  );
  if (!next)
    return (
      <>
        <p class="stage__hint">
          <Icon name="clock" /> {t('title.preparing')}
        </p>
        {onList && <div class="stage__ways">{onList}</div>}
      </>
    );
  const { episode, resumes, first } = next;
  const movie = title.kind === 'movie';
  const words = resumes
    ? movie
      ? s('title.resumeMovie')
      : s('title.resume', { number: episode.number })
    : movie
      ? t('home.watchMovie')
      : s('title.watchNext', { number: episode.number });
  return (
    <div class="stage__ways">
      <ButtonLink look="primary" href={to('watch', { episode: episode.id })}>
        <Icon name="play" />
        {first && !resumes && !movie ? t('title.watchFirst', { number: episode.number }) : words}
      </ButtonLink>
      {onList}
      {!visit.me && (
        <p class="stage__hint">
          {t('title.signInHint')} <a href={signInThen(visit.path)}>{t('nav.signIn')}</a>
        </p>
      )}
    </div>
  );
}
