import type { PlaceName } from '../places.ts';
import { Tabs } from '../tabs.tsx';
import { useSay } from './words.ts';

const tabs = [
  { place: 'books', word: 'tab.books' },
  { place: 'usage', word: 'tab.usage' },
  { place: 'statements', word: 'tab.statements' },
  { place: 'ledger', word: 'tab.ledger' },
] as const satisfies { place: PlaceName; word: string }[];

/** The pages of the books. */
export function BookTabs({ now }: { now: (typeof tabs)[number]['place'] }) {
  const say = useSay();
  return (
    <Tabs
      name={say('tab.nav')}
      tabs={tabs.map(({ place, word }) => ({ place, text: say(word) }))}
      now={now}
    />
  );
}
