import { Tabs } from '../tabs.tsx';
import { useSay } from './words.ts';

const places = ['plans', 'codes'] as const;

/** What is sold, and the codes that give it away. */
export function PlanTabs({ now }: { now: (typeof places)[number] }) {
  const say = useSay();
  return (
    <Tabs name={say('tabs')} tabs={places.map((place) => ({ place, text: say(`tab.${place}`) }))} now={now} />
  );
}
