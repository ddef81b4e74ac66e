import { Field } from '../../../ui/field.tsx';
import { fromZone, toZone } from '../../../zoned-time.ts';
import { useDesk } from '../../desk.ts';
import { useRoom } from '../room/words.ts';
import { useSay } from '../words.ts';
import type { Change, Params } from './viewer-fields.tsx';

/** The moment, by the reader's clock, with what it is in UTC; and whether what is not published counts as if it were. */
export function MomentFields({ params, change }: { params: Params; change: Change }) {
  const { visit, format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const at = params['at'] ? Number(params['at']) : null;
  return (
    <div class="form__grid">
      <Field
        label={say('decision.at')}
        hint={
          at === null
            ? say('decision.atHint')
            : say('licences.inUtc', {
                utc: new Date(at).toISOString().slice(0, 16).replace('T', ' '),
                here: format.dateTime(at),
              })
        }
        type="datetime-local"
        name="at"
        value={toZone(at, visit.timeZone)}
        onChange={({ currentTarget }) => {
          const next = fromZone(currentTarget.value, visit.timeZone);
          change({ at: next === null ? '' : String(next) });
        }}
      />
      <label class="tick">
        <input
          type="checkbox"
          name="asIfPublished"
          checked={params['asIfPublished'] === 'yes'}
          onChange={({ currentTarget: { checked } }) => change({ asIfPublished: checked ? 'yes' : '' })}
        />
        <span>{room('ask.asIfPublished')}</span>
      </label>
    </div>
  );
}
