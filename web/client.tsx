import './site.css';
import { hydrate } from 'preact';
import { catalogues, translator } from './i18n/i18n.ts';
import type { PageName } from './paths.ts';
import { loadPage } from './routes.ts';
import { Site } from './viewer/site/site.tsx';
import type { Island } from './server.tsx';

/** Takes over the document that the edge rendered, from the same data. */
async function takeOver<N extends PageName>({
  page,
  data,
  visit,
}: Extract<Island, { page: N }>): Promise<void> {
  const [{ default: Page }, messages] = await Promise.all([loadPage(page), catalogues[visit.language]()]);
  hydrate(
    <Site here={{ visit, t: translator(messages, visit.language) }} page={page}>
      <Page data={data} />
    </Site>,
    document.querySelector('#app')!,
  );
  document.documentElement.dataset['ready'] = ''; // journeys in a browser wait for it
}

const island = document.querySelector('#island')?.textContent;
if (island) await takeOver(JSON.parse(island) as Island);
