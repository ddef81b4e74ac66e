import { useEffect, useRef } from 'preact/hooks';
import { ButtonLink } from '../../ui/button.tsx';
import { api, ask, titles } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { Heading, Shown } from '../parts.tsx';
import { at, placeAt } from '../places.ts';
import { roomOf, roomsOf } from '../rooms.ts';
import { Most } from './most.tsx';
import { Needs } from './needs.tsx';
import { Numbers } from './numbers.tsx';
import { saying, useSay } from './words.ts';

/** How often it is asked anew while somebody looks, and how soon after news of jobs, which come many a second, ms. */
const EVERY_MS = 60_000;
const AFTER_NEWS_MS = 5_000;

/** Asks anew each minute while the page is seen, and soon after news of a job: one question for all news of a few seconds. */
function useLive(refresh: () => Promise<void>) {
  const { news } = useDesk();
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      if (!document.hidden) void latest.current();
    };
    const timer = setInterval(look, EVERY_MS);
    const silence = news.subscribe(() => {
      soon ??= setTimeout(() => {
        soon = undefined;
        look();
      }, AFTER_NEWS_MS);
    });
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      clearTimeout(soon);
      silence();
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}

/** What needs somebody now, and the numbers of the day. */
function OverviewPage() {
  const { t, visit } = useDesk();
  const overview = useFresh('overview', () => ask(() => api.admin.overview.$get()));
  useLive(overview.refresh);
  const room = roomOf(placeAt(at('titles'))?.name ?? 'titles');
  const edits = room !== undefined && roomsOf(visit.me?.role).includes(room);
  return (
    <>
      <Heading title={t('room.overview')}>
        {edits && (
          <ButtonLink look="primary" href={at('new-title')}>
            {t('titles.new')}
          </ButtonLink>
        )}
      </Heading>
      {edits && <FirstSteps />}
      <Shown of={overview}>
        {(value) => (
          <>
            <Needs needs={value.needs} now={value.at} />
            <Numbers overview={value} />
            <Most overview={value} links={edits} />
          </>
        )}
      </Shown>
    </>
  );
}
export const overviewPage = saying(OverviewPage);

/** An empty system says what to do. */
function FirstSteps() {
  const say = useSay();
  const any = useFresh('any title', () => titles.list({ limit: '1' }));
  if (any.value?.items.length !== 0) return null;
  return (
    <div class="panel steps">
      <h2>{say('first.title')}</h2>
      <p>{say('first.text')}</p>
      <ol>
        <li>{say('first.step1')}</li>
        <li>{say('first.step2')}</li>
        <li>{say('first.step3')}</li>
        <li>{say('first.step4')}</li>
      </ol>
      <p>
        <ButtonLink look="primary" href={at('new-title')}>
          {say('first.start')}
        </ButtonLink>
      </p>
    </div>
  );
}
