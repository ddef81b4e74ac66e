import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Document } from './document.tsx';
import { heads } from './heads.ts';
import { allFamilies, fileOf, loadWords, siteFileOf, type Family } from './i18n/families.ts';
import { catalogues, translator, type UiLanguage } from './i18n/i18n.ts';
import { familiesOf } from './i18n/needed.ts';
import { islandModules, type IslandName } from './islands.ts';
import type { PageName } from './paths.ts';
import { loadPage, moduleOf, type PageData } from './routes.ts';
import { Site } from './viewer/site/site.tsx';
import { HereContext, type Here, type Visit } from './visit.ts';
import { wakes, type WakingPage } from './waking.ts';

export { displayPath, signOutPath, themes, type Theme } from './display.ts';
export { isLanguage, languages, pickLanguage, type UiLanguage } from './i18n/i18n.ts';
export { safeNext } from './next.ts';
export { dashboardPath, paths, signInThen, type PageName } from './paths.ts';
export type { PageData } from './routes.ts';
export { chosenBy } from './viewer/list/query.ts';
export { dateAt, isDate, isZone, weekOf } from './viewer/calendar/week.ts';
export { feedPath, icalPath, versions, type Version } from './viewer/calendar/address.ts';
export { defaultSort, filterOf, sorts, type Sort } from './viewer/browse/filter.ts';
export { billingActions, isDeed, switchTo, type Deed } from './viewer/billing/addresses.ts';
export { isLegalText } from './viewer/legal/texts.ts';
export { noticeIn, noticeValues } from './viewer/legal/notice.ts';
export type { Visit } from './visit.ts';

/** What the client reads to wake up what is to wake: the page as a whole, or the islands in it. */
export type Wake =
  | { [N in WakingPage]: { page: N; data: PageData<N>; visit: Visit; words: Family[] } }[WakingPage]
  | { page: null; visit: Visit; words: Family[] };

/** A viewer's page as a whole document: readable before any script runs. What wakes up comes with the data it was made from. */
export async function renderPage<N extends PageName>(
  page: N,
  data: PageData<N>,
  visit: Visit,
): Promise<string> {
  const [{ default: Page }, here] = await Promise.all([loadPage(page), arrive(visit)]);
  const around = (children: VNode) =>
    renderToString(<HereContext.Provider value={here}>{children}</HereContext.Provider>);
  // A root of its own, as in the browser: `useId()` counts alike.
  const content = around(<Page data={data} />);
  const { wake, modules } = waking(page, data, visit, content);
  return html(
    <Document
      here={here}
      head={heads[page](data, here)}
      mood="cinema"
      modules={['web/client.ts', ...modules]}
      wake={wake}
      content={around(<Site here={here} page={page} content={content} />)}
    />,
  );
}

/** What the browser has to be sent so that what wakes up in a page can; nothing for plain HTML. */
function waking<N extends PageName>(
  page: N,
  data: PageData<N>,
  visit: Visit,
  content: string,
): { wake: unknown; modules: string[] } {
  // Attributes are escaped, so no text can look like one.
  const found = [...content.matchAll(/ data-island="([a-z-]+)"/g)].map(([, name]) => name as IslandName);
  const names = wakes(page) ? [page] : [...new Set(found)];
  if (names.length === 0) return { wake: null, modules: [] };
  const words = familiesOf(names);
  const { language } = visit;
  const modules = [
    wakes(page) ? 'web/wake-page.tsx' : 'web/wake.tsx',
    'web/waking.css',
    ...(wakes(page) ? [siteFileOf(language)] : []),
    ...words.map((family) => fileOf(family, language)),
    ...names.map((name) => (wakes(name) ? moduleOf(name) : islandModules[name])),
  ];
  return { wake: wakes(page) ? { page, data, visit, words } : { page: null, visit, words }, modules };
}

/** The dashboard's document: it draws itself in the browser, for people who have a role there. */
export async function renderDashboard(visit: Visit): Promise<string> {
  // It speaks these two (web/admin/desk.ts).
  const here = await arrive({ ...visit, language: visit.language === 'ja' ? 'ja' : 'en' });
  const head = { title: `${here.t('nav.dashboard')} · ${here.t('site.name')}` };
  return html(
    <Document
      here={here}
      head={head}
      mood="desk"
      modules={['web/admin/app.tsx']}
      wake={{ visit: here.visit }}
    />,
  );
}

/** Every word in a language, for pages and for feeds. */
export async function wordsFor(language: UiLanguage): Promise<Pick<Here, 't' | 'words'>> {
  const [messages, words] = await Promise.all([catalogues[language](), loadWords(language, allFamilies)]);
  return { t: translator(messages, language), words };
}
const arrive = async (visit: Visit): Promise<Here> => ({ visit, ...(await wordsFor(visit.language)) });
const html = (document: VNode) => `<!doctype html>${renderToString(document)}`;
