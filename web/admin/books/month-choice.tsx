import { FieldFrame } from '../../ui/field.tsx';
import { useSay } from './words.ts';
import { monthsBack, useWritten } from './written.ts';

/** Three years back: what is older is had by its address. */
const MONTHS = 36;

/** One of the last months, in words: a native field for months is not one in every browser. */
export function MonthChoice({
  month,
  onMonth,
  any,
}: {
  month: string;
  onMonth: (month: string) => void;
  /** The word for all of them, where that can be had. */
  any?: string;
}) {
  const say = useSay();
  const w = useWritten();
  const months = monthsBack(Date.now(), MONTHS);
  return (
    <FieldFrame label={say('money.month')}>
      {(tied) => (
        <select
          {...tied}
          name="month"
          value={month}
          onChange={({ currentTarget }) => onMonth(currentTarget.value)}
        >
          {any && <option value="">{any}</option>}
          {[...new Set([...(month ? [month] : []), ...months])]
            .sort()
            .toReversed()
            .map((one) => (
              <option key={one} value={one}>
                {w.month(one)}
              </option>
            ))}
        </select>
      )}
    </FieldFrame>
  );
}
