import { Field } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { fromLocal, toLocal } from '../local-time.ts';
import { useSay } from './words.ts';

/** A time as the editor's own clock shows it; below it the zone, and what it is in UTC. */
export function MomentField({
  label,
  value,
  onChange,
  problem,
  required = true,
}: {
  label: string;
  /** As a `datetime-local` field has it. */
  value: string;
  onChange: (value: string) => void;
  problem?: string | undefined;
  required?: boolean;
}) {
  const { visit } = useDesk();
  const say = useSay();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = fromLocal(value);
  const utc = at === null ? null : inUtc(at, visit.language);
  return (
    <Field
      label={label}
      hint={utc === null ? say('moment.zone', { zone }) : say('moment.both', { zone, utc })}
      type="datetime-local"
      required={required}
      value={value}
      problem={problem}
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

export const inUtc = (at: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at);

const HOUR = 3_600_000;
/** The next full hour but one, as a `datetime-local` field has it: time enough to look at things once more. */
export const soon = (): string => toLocal(Math.ceil(Date.now() / HOUR) * HOUR + HOUR);
