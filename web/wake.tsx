import { hydrate, type VNode } from 'preact';
import { loadWords } from './i18n/families.ts';
import { catalogues, translator } from './i18n/i18n.ts';
import { islands, type IslandModule } from './islands.ts';
import type { Wake } from './server.tsx';
import { HereContext } from './visit.ts';
import { wakingPages, type PageModule } from './waking.ts';

/** Takes over what the edge rendered, from the same data: a page as a whole, or the islands in one. */
export async function wakeUp({ visit, words: families, ...of }: Wake): Promise<void> {
  const { language } = visit;
  const texts = Promise.all([catalogues[language](), loadWords(language, families)]);
  const take = async (root: Element, draw: VNode | Promise<VNode>) => {
    const [drawn, [messages, words]] = await Promise.all([draw, texts]);
    const here = { visit, t: translator(messages, language), words };
    hydrate(<HereContext.Provider value={here}>{drawn}</HereContext.Provider>, root);
  };
  if (of.page !== null) return take(document.querySelector('#content')!, wholePage(of.page, of.data));
  const roots = [...document.querySelectorAll<HTMLElement>('[data-island]')];
  await Promise.all(roots.map((root) => take(root, island(root.dataset))));
}

// Both tables are checked entry by entry where they stand; through the index TypeScript does not follow.
async function wholePage(page: keyof typeof wakingPages, data: unknown): Promise<VNode> {
  const { default: Page } = (await wakingPages[page]()) as PageModule<unknown>;
  return <Page data={data} />;
}

async function island({ island: name = '', with: data = 'null' }: DOMStringMap): Promise<VNode> {
  const load = (islands as Record<string, () => Promise<IslandModule<unknown>>>)[name]!;
  const { default: Part } = await load();
  return <Part data={JSON.parse(data)} />;
}
