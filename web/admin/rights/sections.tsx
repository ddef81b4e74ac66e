import { useMemo, useState } from 'preact/hooks';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { RightsChanges } from './changes.ts';
import { Decision } from './decision.tsx';
import { Holdbacks } from './holdbacks.tsx';
import { Licences } from './licences.tsx';
import { saying } from './room/words.ts';
import { Takedown } from './takedown.tsx';
import { TitleTimeline } from './timeline/title-timeline.tsx';

/** What belongs to the rights of a title. */
export const sections = saying(({ title }: { title: AdminTitleDetail }) => {
  const [count, setCount] = useState(0);
  const changes = useMemo(() => ({ count, changed: () => setCount((before) => before + 1) }), [count]);
  return (
    <RightsChanges.Provider value={changes}>
      <TitleTimeline title={title} />
      <Licences title={title} />
      <Holdbacks title={title} />
      <Decision title={title} />
      <Takedown title={title} />
    </RightsChanges.Provider>
  );
});
