import type { PlaceName } from '../../places.ts';
import { Tabs } from '../../tabs.tsx';
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
    <Tabs
      name={say('tab.nav')}
      tabs={tabs.map(({ place, word }) => ({ place, text: say(word) }))}
      now={now}
    />
  );
}
