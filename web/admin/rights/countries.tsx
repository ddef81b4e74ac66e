import { useState } from 'preact/hooks';
import { countryCodes } from '../../../schema/countries.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import { listOf } from '../form.ts';
import { countryOf, groups, type Group } from './territories.ts';
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
  // What is typed becomes a country when its field is left, so that the form is not sent without it.
  const add = (field?: HTMLInputElement) => {
    const code = countryOf(typed, format);
    const text = code ? '' : typed.trim();
    setUnknown(text);
    field?.setCustomValidity(text && say('licences.unknownCountry', { text })); // nor in spite of it
    if (!code) return;
    setTyped('');
    onChange([...new Set([...chosen, code])].join(','));
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
          onBlur={({ currentTarget }) => add(currentTarget)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !typed.trim()) return;
            event.preventDefault(); // a country, not the whole form
            add(event.currentTarget);
          }}
        />
        <Button look="outline" onClick={() => add()}>
          {say('licences.addCountry')}
        </Button>
      </div>
      <div class="chips">
        {(Object.keys(groups) as Group[]).map((group) => (
          <button
            key={group}
            type="button"
            class="chip"
            onClick={() => onChange([...new Set([...chosen, ...groups[group].split(' ')])].join(','))}
          >
            <span class="only-heard">{say('licences.group')}: </span>+ {say(`group.${group}`)}
          </button>
        ))}
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
