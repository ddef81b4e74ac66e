import type { Title } from '../../../schema/api/catalog.ts';
import { useHere } from '../../visit.ts';
import { Icon } from '../../ui/icon.tsx';
import { Countdown } from '../calendar/airing.tsx';
import { useSiteWords } from '../site/words.ts';
import { nextToAir } from './go-on.ts';

/** When the next episode comes out, in the visitor's own time, and how long that is. */
export function NextAir({ title }: { title: Title }) {
  const { visit } = useHere();
  const s = useSiteWords();
  const next = nextToAir(title, visit.now);
  if (!next) return null;
  const moment = new Intl.DateTimeFormat(visit.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: visit.timeZone,
    timeZoneName: 'short',
  }).format(next.airsAt);
  return (
    <p class="next-air">
      <Icon name="calendar" />
      <span>
        {s('title.next', { number: next.number, moment })}{' '}
        <span class="next-air__left">
          <Countdown at={next.airsAt} />
        </span>
      </span>
    </p>
  );
}
