import { useState } from 'preact/hooks';
import { countryCodes } from '../../../schema/countries.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import { listOf } from '../form.ts';
import { codesOf, countriesIn, groups, isWhole, type Group } from './territories.ts';
import { useSay } from './words.ts';

/** Countries one by one, by name or code; the browser's own list helps with the names. */
export function Countries({
  value,
  problem,
  onChange,
}: {
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}) {
  const { format } = useDesk();
  const say = useSay();
  const [typed, setTyped] = useState('');
  const [unknown, setUnknown] = useState('');
  const chosen = listOf(value);
  const put = (codes: readonly string[]) => onChange([...new Set(codes)].join(','));
  // What is typed becomes a country when its field is left, so that the form is not sent without it; a pasted list becomes all of them.
  const add = (text: string, field?: HTMLInputElement) => {
    const { known, unknown: none } = countriesIn(text, format);
    const left = none.join(', ');
    setUnknown(left);
    setTyped(left);
    field?.setCustomValidity(left && say('licences.unknownCountry', { text: left })); // nor in spite of it
    if (known.length > 0) put([...chosen, ...known]);
  };
  return (
    <div class="countries">
      <div class="form--row">
        <Field
          label={say('licences.countries')}
          hint={say('licences.countriesHint')}
          problem={unknown ? say('licences.unknownCountry', { text: unknown }) : problem}
          name="/territories/countries"
          list="countries"
          autocomplete="off"
          value={typed}
          onInput={({ currentTarget }) => {
            currentTarget.setCustomValidity('');
            setTyped(currentTarget.value);
          }}
          onBlur={({ currentTarget }) => add(typed, currentTarget)}
          onPaste={(event) => {
            const text = event.clipboardData?.getData('text/plain') ?? '';
            if (countriesIn(text, format).known.length === 0) return;
            event.preventDefault();
            add(text, event.currentTarget);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !typed.trim()) return;
            event.preventDefault(); // a country, not the whole form
            add(typed, event.currentTarget);
          }}
        />
        <Button look="outline" onClick={() => add(typed)}>
          {say('licences.addCountry')}
        </Button>
      </div>
      <div class="chips">
        {(Object.keys(groups) as Group[]).map((group) => {
          const whole = isWhole(group, chosen);
          const codes = codesOf(group);
          return (
            <button
              key={group}
              type="button"
              class="chip"
              aria-pressed={whole}
              onClick={() =>
                put(whole ? chosen.filter((code) => !codes.includes(code)) : [...chosen, ...codes])
              }
            >
              <span class="only-heard">{say('licences.group')}: </span>
              <span aria-hidden="true">{whole ? '−' : '+'}</span> {say(`group.${group}`)}
            </button>
          );
        })}
        <button
          type="button"
          class="chip"
          onClick={() => put(countryCodes.filter((code) => !chosen.includes(code)))}
        >
          {say('licences.invert')}
        </button>
        {chosen.length > 0 && (
          <button type="button" class="chip" onClick={() => put([])}>
            {say('licences.noCountry')}
          </button>
        )}
      </div>
      <datalist id="countries">
        {countryCodes.map((code) => (
          <option key={code}>{format.country(code)}</option>
        ))}
      </datalist>
      {chosen.length > 0 && (
        <ul class="chips" aria-label={say('licences.chosen')}>
          {chosen.map((code) => (
            <li key={code}>
              <button
                type="button"
                class="chip"
                onClick={() => onChange(chosen.filter((other) => other !== code).join(','))}
              >
                <span class="only-heard">
                  {say('licences.removeCountry', { country: format.country(code) })}
                </span>
                <span aria-hidden="true">{format.country(code)}</span>
                <Icon name="cross" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
