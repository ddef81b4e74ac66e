import { at } from '../places.ts';
import { useSay } from './words.ts';

/** What is sold, and the codes that give it away. */
export function PlanTabs({ now }: { now: 'plans' | 'codes' }) {
  const say = useSay();
  return (
    <nav class="tabs" aria-label={say('tabs')}>
      <ul>
        {(['plans', 'codes'] as const).map((place) => (
          <li key={place}>
            <a href={at(place)} {...(place === now ? { 'aria-current': 'page' } : {})}>
              {say(`tab.${place}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
