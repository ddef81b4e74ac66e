import { at, type PlaceName } from '../places.ts';
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
    <nav class="tabs" aria-label={say('tab.nav')}>
      <ul>
        {tabs.map(({ place, word }) => (
          <li key={place}>
            <a href={at(place)} {...(place === now ? { 'aria-current': 'page' } : {})}>
              {say(word)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
