import type { ComponentChildren } from 'preact';
import { to, type PageName } from '../../paths.ts';
import { HereContext, type Here } from '../../visit.ts';
import { Account } from './account.tsx';
import { Mark } from './mark.tsx';

/** What stands around every page: the way in, who is here, and the foot. */
export function Site({ here, page, children }: { here: Here; page: PageName; children: ComponentChildren }) {
  const { t } = here;
  return (
    <HereContext.Provider value={here}>
      <a class="skip only-heard" href="#content">
        {t('nav.skip')}
      </a>
      <header class={`site-head site-head--${page}`}>
        <a class="site-head__home" href={to('home')}>
          <Mark />
          <span class="site-head__name">{t('site.name')}</span>
          <span class="site-head__native" lang="ja">
            縁側
          </span>
        </a>
        <nav aria-label={t('nav.main')}>
          <Account page={page} />
        </nav>
      </header>
      <main id="content" class={`page page--${page}`} tabIndex={-1}>
        {children}
      </main>
      <footer class="site-foot">
        <p>{t('footer.about')}</p>
        <p class="site-foot__native" lang="ja" aria-hidden="true">
          縁側
        </p>
      </footer>
    </HereContext.Provider>
  );
}
