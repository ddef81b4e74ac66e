import { useState } from 'preact/hooks';
import type { Licensor } from '../../../schema/api/rights.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useSave } from '../form.ts';
import type { Loaded } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { licensors as calls } from './calls.ts';
import { useSay } from './words.ts';

const NEW = 'new';

/** Whom it is licensed from; one that is not listed is added on the spot. */
export function LicensorField({
  value,
  list,
  problem,
  onChange,
}: {
  value: string;
  list: Loaded<{ items: Licensor[] }>;
  problem: string | undefined;
  onChange: (id: string) => void;
}) {
  const say = useSay();
  const [name, setName] = useState('');
  const [adding, setAdding] = useState(false);
  const save = useSave(
    () => calls.create(name.trim()),
    (made) => {
      void list.refresh();
      setAdding(false);
      setName('');
      onChange(made.id);
    },
  );
  return (
    <>
      <FieldFrame label={say('licences.licensor')} problem={problem}>
        {(tied) => (
          <select
            {...tied}
            name="/licensorId"
            value={adding ? NEW : value}
            onChange={({ currentTarget: { value: chosen } }) => {
              setAdding(chosen === NEW);
              onChange(chosen === NEW ? '' : chosen);
            }}
          >
            <option value="">{say('licences.noLicensor')}</option>
            {list.value?.items.map(({ id, name: known }) => (
              <option key={id} value={id}>
                {known}
              </option>
            ))}
            <option value={NEW}>{say('licences.newLicensor')}</option>
          </select>
        )}
      </FieldFrame>
      {adding && (
        <div class="form--row">
          <Field
            label={say('licences.licensorName')}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Button look="outline" disabled={!name.trim() || save.busy} onClick={() => void save.submit()}>
            {say('licences.newLicensor')}
          </Button>
          {save.failure && <FailureNotice failure={save.failure} />}
        </div>
      )}
    </>
  );
}
