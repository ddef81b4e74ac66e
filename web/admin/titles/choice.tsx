import { FieldFrame } from '../../ui/field.tsx';

/** A select that narrows a list; its first option is everything. */
export function Choice<T extends string>({
  label,
  any,
  options,
  value,
  word,
  onChange,
}: {
  label: string;
  /** The word for everything. */
  any: string;
  options: readonly T[];
  value: T | undefined;
  word: (option: T) => string;
  onChange: (option: T | undefined) => void;
}) {
  return (
    <FieldFrame label={label}>
      {(tied) => (
        <select
          {...tied}
          value={value ?? ''}
          onChange={({ currentTarget }) => onChange(options.find((one) => one === currentTarget.value))}
        >
          <option value="">{any}</option>
          {options.map((option) => (
            <option key={option} value={option}>
              {word(option)}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
