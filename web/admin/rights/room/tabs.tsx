import { at, type PlaceName } from '../../places.ts';
import { useRoom } from './words.ts';

const tabs = [
  { place: 'rights', word: 'tab.attention' },
  { place: 'licences', word: 'tab.licences' },
  { place: 'licensors', word: 'tab.licensors' },
  { place: 'world', word: 'tab.world' },
  { place: 'ask', word: 'tab.ask' },
] as const satisfies { place: PlaceName; word: string }[];

/** The pages of the rights room. */
export function RightsTabs({ now }: { now: (typeof tabs)[number]['place'] }) {
  const say = useRoom();
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
