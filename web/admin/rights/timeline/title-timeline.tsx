import type { AdminTitle } from '../../../../schema/api/editing.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { useFresh } from '../../fresh-hook.ts';
import { Section, Shown } from '../../parts.tsx';
import { at } from '../../places.ts';
import { holdbacks, licences, licensors } from '../calls.ts';
import { useAnewAfterChanges } from '../changes.ts';
import { useRoom } from '../room/words.ts';
import { Timeline } from './timeline.tsx';

/** What is licensed of a title when, and the way to where in the world. */
export function TitleTimeline({ title }: { title: AdminTitle }) {
  const room = useRoom();
  const rows = useFresh(`licences ${title.id}`, () => licences.list(title.id));
  const held = useFresh(`holdbacks ${title.id}`, () => holdbacks.list(title.id));
  const names = useFresh('licensors', licensors.list);
  useAnewAfterChanges(rows, held, names);
  return (
    <Section
      title={room('timeline.title')}
      aside={
        <ButtonLink small look="outline" href={`${at('world')}?title=${title.id}`}>
          {room('timeline.world')}
        </ButtonLink>
      }
    >
      <Shown of={rows}>
        {({ items }) => (
          <Timeline
            licences={items}
            holdbacks={held.value?.items ?? []}
            names={{ licensor: (id) => names.value?.items.find((one) => one.id === id)?.name }}
          />
        )}
      </Shown>
    </Section>
  );
}
