import type { Schedule } from '../../../schema/api/catalog.ts';
import { to } from '../../paths.ts';
import { timeLeft } from '../../time-left.ts';
import { Picture } from '../../ui/picture.tsx';
import { useHere } from '../../visit.ts';
import { episodeName } from '../cards/words.ts';
import { useSiteWords } from '../site/words.ts';

/** One episode in the calendar: when, what, and how long until then. */
export function Airing({
  airsAt,
  episode,
  title,
  timeZone,
}: Schedule['items'][number] & { timeZone: string }) {
  const here = useHere();
  const { visit, t } = here;
  const s = useSiteWords();
  const clock = new Intl.DateTimeFormat(visit.language, { hour: 'numeric', minute: '2-digit', timeZone });
  const number = t('episode.short', { season: episode.season, number: episode.number });
  const href = episode.playable ? to('watch', { episode: episode.id }) : to('title', { slug: title.slug });
  return (
    <a class="airing" href={href}>
      <Picture image={title.poster} shape="poster" name="" sizes="56px" />
      <span class="airing__words">
        <time class="airing__time" datetime={new Date(airsAt).toISOString()}>
          {clock.format(airsAt)}
        </time>
        <span class="airing__title">{title.names.main}</span>
        <span class="airing__episode">
          {number} · {episodeName(here, episode)}
        </span>
        <span class="airing__left">
          {episode.playable ? (
            <span class="airing__out">{s('calendar.out')}</span>
          ) : (
            <Countdown at={airsAt} />
          )}
        </span>
      </span>
    </a>
  );
}

/** How long until a moment, kept right while the page stands open; nothing once it has come. */
export function Countdown({ at }: { at: number }) {
  const { visit } = useHere();
  const left = timeLeft(visit.language, at - visit.now);
  return left === null ? null : (
    <time datetime={new Date(at).toISOString()} data-countdown>
      {left}
    </time>
  );
}
