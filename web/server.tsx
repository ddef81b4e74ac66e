import { renderToString } from 'preact-render-to-string';
import { Document } from './document.tsx';
import { heads } from './heads.ts';
import { catalogues, translator } from './i18n/i18n.ts';
import type { PageName } from './paths.ts';
import { loadPage, moduleOf, type PageData } from './routes.ts';
import { Site } from './viewer/site/site.tsx';
import type { Here, Visit } from './visit.ts';

export { pickLanguage } from './i18n/i18n.ts';
export { safeNext } from './next.ts';
export { dashboardPath, paths, signInThen, type PageName } from './paths.ts';
export type { PageData } from './routes.ts';
export type { Visit } from './visit.ts';

/** What the client reads to take over the page. */
export type Island = { [N in PageName]: { page: N; data: PageData<N>; visit: Visit } }[PageName];

/** A viewer's page as a whole document: readable before any script runs, with the data it was made from. */
export async function renderPage<N extends PageName>(
  page: N,
  data: PageData<N>,
  visit: Visit,
): Promise<string> {
  const [{ default: Page }, here] = await Promise.all([loadPage(page), arrive(visit)]);
  const modules = ['web/client.tsx', moduleOf(page), `web/i18n/${visit.language}.ts`];
  return html(
    <Document
      here={here}
      head={heads[page](data, here)}
      mood="cinema"
      modules={modules}
      island={{ page, data, visit }}
    >
      <Site here={here} page={page}>
        <Page data={data} />
      </Site>
    </Document>,
  );
}

/** The dashboard's document: it draws itself in the browser, for people who have a role there. */
export async function renderDashboard(visit: Visit): Promise<string> {
  const here = await arrive(visit);
  const head = { title: `${here.t('nav.dashboard')} · ${here.t('site.name')}` };
  return html(
    <Document here={here} head={head} mood="desk" modules={['web/admin/app.tsx']} island={{ visit }} />,
  );
}

async function arrive(visit: Visit): Promise<Here> {
  return { visit, t: translator(await catalogues[visit.language](), visit.language) };
}
const html = (document: Parameters<typeof renderToString>[0]) => `<!doctype html>${renderToString(document)}`;
