import type { EpisodePage, Title } from '../../../schema/api/catalog.ts';
import { useState } from 'preact/hooks';
import { signInThen, to } from '../../paths.ts';
import type { AdsNote } from '../../player/player.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { EpisodeList } from '../cards/episodes.tsx';
import { NativeName } from '../cards/names.tsx';
import { day, episodeName, minutes } from '../cards/words.ts';
import { Screen } from './screen.tsx';
import { Reached, useReached } from './reached.tsx';
import { useEpisode } from './use-episode.ts';

export type WatchData = EpisodePage & {
  /** The seasons of its title, for the list beside the player. */
  seasons: Title['seasons'];
};

export default function Watch({ data: arrived }: { data: WatchData }) {
  const here = useHere();
  const { visit, t } = here;
  const { data, show } = useEpisode(arrived);
  const reached = useReached(data);
  const [ads, setAds] = useState<AdsNote | null>(null);
  const { episode, title } = data;
  const titlePath = to('title', { slug: title.slug });
  return (
    <>
      {episode.flashing && (
        <div class="watch__care">
          <Notice tone="warning" title={t('watch.flashing')}>
            <p>{t('watch.flashingText')}</p>
          </Notice>
        </div>
      )}
      <div class="watch__screen">
        {!episode.playable ? (
          <Curtain data={data} heading={t('watch.preparing')} text={t('watch.preparingText')}>
            <ButtonLink look="primary" href={titlePath}>
              {t('watch.all')}
            </ButtonLink>
          </Curtain>
        ) : visit.me ? (
          <Screen data={data} onEpisode={show} onAds={setAds} />
        ) : (
          <Curtain data={data} heading={t('watch.signIn')} text={t('watch.signInText')}>
            <ButtonLink look="primary" href={signInThen(visit.path)}>
              {t('nav.signIn')}
            </ButtonLink>
            <ButtonLink look="outline" href={signInThen(visit.path, 'sign-up')}>
              {t('nav.signUp')}
            </ButtonLink>
          </Curtain>
        )}
      </div>
      <div class="watch__body">
        <section class="watch__about">
          <p class="watch__title">
            <a href={titlePath}>{title.names.main}</a>
            <NativeName title={title} />
          </p>
          <h1>{episodeName(here, episode)}</h1>
          <ul class="facts">
            <li>{t('episode.short', { season: episode.season, number: episode.number })}</li>
            {episode.duration !== null && <li>{minutes(here, episode.duration)}</li>}
            {episode.airsAt !== null && <li>{day(here, episode.airsAt)}</li>}
          </ul>
          {ads && (
            <p class="watch__ads">
              {ads.text} <a href={to('plans')}>{ads.way}</a>
            </p>
          )}
          {episode.synopsis && <p class="watch__synopsis">{episode.synopsis}</p>}
          <Neighbours data={data} />
        </section>
        <section class="watch__more" aria-labelledby="more">
          <h2 id="more">{t('title.episodes')}</h2>
          {data.seasons.map((season) => (
            <EpisodeList
              key={season.number}
              episodes={season.episodes}
              current={episode.id}
              mark={({ id }) => <Reached of={reached.get(id)} />}
            />
          ))}
        </section>
      </div>
    </>
  );
}

/** What stands where the video would: why it does not play, over the title's picture. */
function Curtain({
  data: { title },
  heading,
  text,
  children,
}: {
  data: WatchData;
  heading: string;
  text: string;
  children: preact.ComponentChildren;
}) {
  return (
    <div class="curtain">
      <Picture image={title.backdrop} shape="backdrop" name="" first />
      <div class="curtain__words">
        <h2>{heading}</h2>
        <p>{text}</p>
        <div class="stage__ways">{children}</div>
      </div>
    </div>
  );
}

function Neighbours({ data: { previous, next } }: { data: WatchData }) {
  const here = useHere();
  const { t } = here;
  if (!previous?.playable && !next?.playable) return null;
  return (
    <nav class="neighbours" aria-label={t('title.episodes')}>
      {previous?.playable && (
        <a href={to('watch', { episode: previous.id })} rel="prev">
          <Icon name="back" />
          <span>
            <span class="neighbours__which">{t('watch.previous')}</span>
            {episodeName(here, previous)}
          </span>
        </a>
      )}
      {next?.playable && (
        <a class="neighbours__next" href={to('watch', { episode: next.id })} rel="next">
          <span>
            <span class="neighbours__which">{t('watch.next')}</span>
            {episodeName(here, next)}
          </span>
          <Icon name="on" />
        </a>
      )}
    </nav>
  );
}
