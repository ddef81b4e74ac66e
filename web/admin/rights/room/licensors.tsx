import { useState } from 'preact/hooks';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { useDesk } from '../../desk.ts';
import { problemAt, useSave } from '../../form.ts';
import { useFresh } from '../../fresh-hook.ts';
import { go } from '../../navigation.ts';
import { Empty, FailureNotice, Heading, Shown } from '../../parts.tsx';
import { at } from '../../places.ts';
import { LongTable } from '../../table/long-table.tsx';
import { licensors as calls } from '../calls.ts';
import { useSay } from '../words.ts';
import { RightsTabs } from './tabs.tsx';
import { useRoom } from './words.ts';

/** Whom the pictures belong to. */
export function LicensorsPage() {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const list = useFresh('licensors', calls.list);
  const [name, setName] = useState('');
  const save = useSave(
    () => calls.create(name.trim()),
    (made) => go(at('licensor', { id: made.id })),
  );
  return (
    <>
      <Heading title={room('rights.title')} />
      <RightsTabs now="licensors" />
      <form ref={save.form} class="form--row" onSubmit={(event) => void save.submit(event)}>
        <Field
          label={say('licences.newLicensor')}
          name="/name"
          required
          maxLength={200}
          value={name}
          problem={problemAt(save.failure?.problem, '/name')}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" look="outline" disabled={save.busy}>
          {room('licensor.add')}
        </Button>
        {save.failure && <FailureNotice failure={save.failure} />}
      </form>
      <Shown of={list}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={room('licensor.none')}>
              <p>{room('licensor.noneText')}</p>
            </Empty>
          ) : (
            <LongTable
              label={room('tab.licensors')}
              rows={items}
              nameOf={(row) => row.name}
              columns={[
                {
                  key: 'name',
                  name: say('licences.licensorName'),
                  width: 'minmax(10rem, 1fr)',
                  names: true,
                  cell: (row) => <a href={at('licensor', { id: row.id })}>{row.name}</a>,
                },
                {
                  key: 'notes',
                  name: room('licensor.notes'),
                  width: 'minmax(10rem, 2fr)',
                  aside: true,
                  cell: (row) => <span class="clamp">{row.notes}</span>,
                },
                {
                  key: 'updated',
                  name: room('licensor.updated'),
                  width: '9rem',
                  cell: (row) => format.date(row.updatedAt),
                },
              ]}
            />
          )
        }
      </Shown>
    </>
  );
}
