import type { VNode } from 'preact';
import { catalogues, translator } from './i18n/i18n.ts';
import type { Wake } from './server.tsx';
import { take } from './wake.tsx';
import { wakingPages, type PageModule, type WakingPage } from './waking.ts';

/** Takes over a page as a whole, from the data that the edge rendered it from. */
export function wakePage(wake: Extract<Wake, { page: WakingPage }>): Promise<void> {
  const { language } = wake.visit;
  const site = catalogues[language]().then((messages) => translator(messages, language));
  return take(document.querySelector('#content')!, drawn(wake.page, wake.data), wake, site);
}

async function drawn(page: WakingPage, data: unknown): Promise<VNode> {
  // The table is checked entry by entry where it stands; through the index TypeScript does not follow.
  const { default: Page } = (await wakingPages[page]()) as PageModule<unknown>;
  return <Page data={data} />;
}
