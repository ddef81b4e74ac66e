import { to, type PageName } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Here } from '../../visit.ts';
import { feedPath } from '../calendar/address.ts';
import { legalTexts } from '../legal/texts.ts';
import { Account } from './account.tsx';
import { Display } from './display.tsx';
import { Mark } from './mark.tsx';
import { SearchBox } from './search-box.tsx';

/**
 * What stands around every page: the ways through the site, who is here, and the foot. It stays HTML on every page; what wakes up
 * stands in `<main>`.
 * @param content HTML of the page
 */
export function Site({ here, page, content }: { here: Here; page: PageName; content: string }) {
  const { t } = here;
  const s = here.words('pages');
  const ways = [
    ['browse', to('browse'), s('browse')],
    ['calendar', to('calendar'), s('calendar')],
  ] as const;
  return (
    <>
      <a class="skip only-heard" href="#content">
        {t('nav.skip')}
      </a>
      <header class={`site-head site-head--${page}`}>
        <a class="site-head__home" href={to('home')}>
          <Mark />
          <span class="site-head__name">{t('site.name')}</span>
        </a>
        <nav class="site-head__ways" aria-label={t('nav.main')}>
          <ul>
            {ways.map(([name, href, label]) => (
              <li key={name}>
                <a href={href} {...(name === page ? { 'aria-current': 'page' as const } : {})}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {page !== 'search' && (
          <>
            <SearchBox id="search" />
            <a class="site-head__search" href={to('search')} aria-label={s('search')}>
              <Icon name="search" />
            </a>
          </>
        )}
        <Account page={page} />
      </header>
      <main
        id="content"
        class={`page page--${page}`}
        tabIndex={-1}
        dangerouslySetInnerHTML={{ __html: content }}
      />
      <footer class="site-foot">
        <div class="site-foot__words">
          <p>{t('footer.about')}</p>
          <ul class="site-foot__ways" aria-label={s('footer')}>
            <li>
              <a href={to('plans')}>{here.words('plans')('title')}</a>
            </li>
            {legalTexts.map((text) => (
              <li key={text}>
                <a href={to('legal', { text })}>{s(`legal.${text}`)}</a>
              </li>
            ))}
            <li>
              <a href={feedPath}>{s('feed')}</a>
            </li>
          </ul>
          <Display />
        </div>
        <p class="site-foot__native" lang="ja" aria-hidden="true">
          縁側
        </p>
      </footer>
    </>
  );
}
