import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { to } from '../paths.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../viewer/site/mark.tsx';
import { signOut } from './calls.ts';
import { openCommand } from './commands/commands.tsx';
import { useDesk } from './desk.ts';
import { DisplayChoice } from './display-choice.tsx';
import { at, type PlaceName } from './places.ts';
import { roomOf, roomsOf } from './rooms.ts';
import { isBusy } from './uploader/queue.ts';
import { useUploads } from './uploads/use-uploads.ts';

/**
 * What stands around every page of the dashboard. On narrow windows the navigation is a drawer: a native popover, so that Escape and a
 * click beside it close it and the button says whether it is open.
 */
export function Shell({ place, children }: { place: PlaceName | null; children: ComponentChildren }) {
  const { t, visit } = useDesk();
  const room = place && roomOf(place);
  const drawer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (drawer.current?.matches(':popover-open')) drawer.current.hidePopover();
  }, [place]);
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
        <button
          type="button"
          class="button button--outline desk__find"
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => openCommand('palette')}
        >
          {t('desk.find')} <kbd>Ctrl K</kbd>
        </button>
        <button type="button" class="button button--outline desk__open" popovertarget="desk-drawer">
          {t('desk.menu')}
          <Waiting />
        </button>
        <div ref={drawer} id="desk-drawer" class="desk__drawer" popover="auto">
          <nav aria-label={t('desk.nav')}>
            <ul>
              {roomsOf(visit.me?.role).map((listed) => (
                <li key={listed.name}>
                  <a
                    href={at(listed.name)}
                    {...(listed === room ? { 'aria-current': listed.name === place ? 'page' : 'true' } : {})}
                  >
                    {t(`room.${listed.name}`)}
                    {listed.name === 'uploads' && <Waiting />}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <Who />
        </div>
      </header>
      <main id="content" class="desk__main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function Who() {
  const { t, visit } = useDesk();
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    await signOut();
    location.assign(to('home'));
  };
  return (
    <div class="desk__who">
      <DisplayChoice />
      {visit.me && <p title={visit.me.email}>{visit.me.name}</p>}
      <a href={to('home')}>{t('desk.site')}</a>
      {visit.me && (
        <Button look="plain" small disabled={leaving} onClick={() => void leave()}>
          {t('nav.signOut')}
        </Button>
      )}
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
