import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { airTimes } from './weekly.ts';
import { useSay } from './words.ts';

/** When a series is broadcast: the first time, by the clock of a zone, and how many days apart. */
export type Broadcast = { from: string; zone: string; days: string };
/** A weekly broadcast, by the clock of whoever plans it. */
export const weekly = (): Broadcast => ({
  from: '',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  days: '7',
});
const MAX_DAYS = 366;

export const timesOf = ({ from, zone, days }: Broadcast, count: number): number[] =>
  airTimes(from, zone, { count, days: Number(days) });

export function ScheduleFields({
  value,
  count,
  onChange,
}: {
  value: Broadcast;
  /** Of episodes: so that the last of the times can be shown. */
  count: number;
  onChange: (value: Broadcast) => void;
}) {
  const { format } = useDesk();
  const say = useSay();
  const zones = [...new Set([value.zone, 'Asia/Tokyo', 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  const times = timesOf(value, Math.max(1, count));
  const [first, last] = [times[0], times.at(-1)];
  return (
    <>
      <Field
        label={say('schedule.first')}
        type="datetime-local"
        value={value.from}
        hint={
          first === undefined || last === undefined
            ? say('schedule.none')
            : say('schedule.here', { first: format.dateTime(first), last: format.dateTime(last) })
        }
        onInput={({ currentTarget }) => onChange({ ...value, from: currentTarget.value })}
      />
      <FieldFrame label={say('schedule.zone')}>
        {(tied) => (
          <select
            {...tied}
            value={value.zone}
            onChange={({ currentTarget }) => onChange({ ...value, zone: currentTarget.value })}
          >
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <Field
        label={say('schedule.days')}
        type="number"
        min={0}
        max={MAX_DAYS}
        required
        value={value.days}
        onInput={({ currentTarget }) => onChange({ ...value, days: currentTarget.value })}
      />
    </>
  );
}
