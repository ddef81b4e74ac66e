import type { EpisodeCard, TitleCard } from '../../../schema/api/catalog.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';
import { Facts } from '../cards/facts.tsx';
import { Stage } from '../cards/stage.tsx';

/** The first thing seen: one title, its picture across the page, its name in both scripts. */
export function Hero({ title, episode }: { title: TitleCard; episode: EpisodeCard | null }) {
  const { t } = useHere();
  return (
    <Stage title={title} kicker={episode ? t('home.latest') : t('title.coming')}>
      <Facts title={title} />
      <div class="stage__ways">
        {episode && (
          <ButtonLink look="primary" href={to('watch', { episode: episode.id })}>
            <Icon name="play" />
            {title.kind === 'movie' ? t('home.watchMovie') : t('home.watch', { number: episode.number })}
          </ButtonLink>
        )}
        <ButtonLink look="outline" href={to('title', { slug: title.slug })}>
          {t('home.details')}
        </ButtonLink>
      </div>
    </Stage>
  );
}
