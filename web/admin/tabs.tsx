import { at, type PlaceName } from './places.ts';

/** The pages of a room that has several. @param name what they are together, for who hears the page */
export function Tabs<P extends PlaceName>({
  name,
  tabs,
  now,
}: {
  name: string;
  tabs: readonly { place: P; text: string }[];
  now: P;
}) {
  return (
    <nav class="tabs" aria-label={name}>
      <ul>
        {tabs.map(({ place, text }) => (
          <li key={place}>
            <a href={at(place)} {...(place === now ? { 'aria-current': 'page' } : {})}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
