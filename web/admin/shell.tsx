import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { to } from '../paths.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../viewer/site/mark.tsx';
import { signOut } from './calls.ts';
import { useDesk } from './desk.ts';
import { at, type PlaceName } from './places.ts';
import { isBusy } from './uploader/queue.ts';
import { useUploads } from './uploads/use-uploads.ts';

const rooms = [
  { name: 'overview', word: 'overview.title', holds: ['overview'] },
  { name: 'titles', word: 'titles.title', holds: ['titles', 'new-title', 'title', 'episode'] },
  { name: 'uploads', word: 'uploads.title', holds: ['uploads'] },
  { name: 'jobs', word: 'jobs.title', holds: ['jobs', 'job'] },
] as const satisfies { name: PlaceName; word: string; holds: PlaceName[] }[];

/** What stands around every page of the dashboard. */
export function Shell({ place, children }: { place: PlaceName | null; children: ComponentChildren }) {
  const { t, visit } = useDesk();
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    await signOut();
    location.assign(to('home'));
  };
  return (
    <div class="desk">
      <a class="skip only-heard" href="#content">
        {t('nav.skip')}
      </a>
      <header class="desk__side">
        <a class="desk__mark" href={at('overview')}>
          <Mark size={24} />
          <span>
            {t('site.name')} <span class="faint">{t('desk.name')}</span>
          </span>
        </a>
        <nav aria-label={t('desk.nav')}>
          <ul>
            {rooms.map(({ name, word, holds }) => (
              <li key={name}>
                <a
                  href={at(name)}
                  {...(place && (holds as readonly PlaceName[]).includes(place)
                    ? { 'aria-current': name === place ? 'page' : 'true' }
                    : {})}
                >
                  {t(word)}
                  {name === 'uploads' && <Waiting />}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="desk__who">
          {visit.me && <p title={visit.me.email}>{visit.me.name}</p>}
          <a href={to('home')}>{t('desk.site')}</a>
          {visit.me && (
            <Button look="plain" small disabled={leaving} onClick={() => void leave()}>
              {t('nav.signOut')}
            </Button>
          )}
        </div>
      </header>
      <main id="content" class="desk__main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** How many uploads are under way, beside their link. */
function Waiting() {
  const { t } = useDesk();
  const items = useUploads();
  const count = items.filter((item) => isBusy([item])).length;
  if (count === 0) return null;
  return (
    <span class="desk__count">
      <span aria-hidden="true">{count}</span>
      <span class="only-heard">{t('uploads.count', { count })}</span>
    </span>
  );
}
