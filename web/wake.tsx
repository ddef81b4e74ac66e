import { hydrate, type VNode } from 'preact';
import { loadWords } from './i18n/families.ts';
import type { Translate } from './i18n/i18n.ts';
import { islands, type IslandModule } from './islands.ts';
import type { Wake } from './server.tsx';
import { HereContext } from './visit.ts';

/** Takes over a part that the edge rendered, from the same data. */
export async function take(
  root: Element,
  draw: Promise<VNode>,
  { visit, words: families }: Wake,
  site: Promise<Translate>,
): Promise<void> {
  const [drawn, words, t] = await Promise.all([draw, loadWords(visit.language, families), site]);
  hydrate(<HereContext.Provider value={{ visit, t, words }}>{drawn}</HereContext.Provider>, root);
}

/** Wakes up the islands in a page. They have the words of their families only: the site's are more than all of their code. */
export const wakeIslands = (wake: Wake): Promise<unknown> =>
  Promise.all(
    [...document.querySelectorAll<HTMLElement>('[data-island]')].map((root) =>
      take(root, island(root.dataset), wake, Promise.resolve(wordless)),
    ),
  );

const wordless = (): never => {
  throw new Error('an island has the words that i18n/needed.ts names for it, and not the site’s own');
};

async function island({ island: name = '', with: data = 'null' }: DOMStringMap): Promise<VNode> {
  // The table is checked entry by entry where it stands; through the index TypeScript does not follow.
  const load = (islands as Record<string, () => Promise<IslandModule<unknown>>>)[name]!;
  const { default: Part } = await load();
  return <Part data={JSON.parse(data)} />;
}
