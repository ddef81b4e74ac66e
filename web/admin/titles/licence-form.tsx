import { useState } from 'preact/hooks';
import type { Licence } from '../../../schema/api/rights.ts';
import { countryCodes } from '../../../schema/countries.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { licences as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { listOf, problemAt, tie, useDraft, useSave } from '../form.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { blankLicence, newLicence } from './licence-draft.ts';
import { countryOf } from './territories.ts';

const choices = ['world', 'include', 'exclude'] as const;

/** Where, and from when until when; finer limits under `details`. */
export function LicenceForm({
  titleId,
  onAdded,
}: {
  titleId: Id<'title'>;
  onAdded: (licence: Licence) => void;
}) {
  const { t } = useDesk();
  const draft = useDraft(`engawa.draft.${titleId}.licence`, blankLicence);
  const save = useSave(
    () => calls.create(titleId, newLicence(draft.draft)),
    (saved) => {
      draft.clear();
      onAdded(saved);
    },
  );
  const problem = save.failure?.problem;
  const field = (name: string) => ({ ...tie(draft)(name), problem: problemAt(problem, name) });
  const mode = draft.draft['/territories/mode'];
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble failure={save.failure} fields={[...Object.keys(blankLicence), '/territories']} />
      <fieldset class="choice">
        <legend>{t('licences.where')}</legend>
        {choices.map((choice) => (
          <label key={choice} class="tick">
            <input
              type="radio"
              name="mode"
              value={choice}
              checked={mode === choice}
              onChange={() => draft.set('/territories/mode', choice)}
            />
            <span>{t(`licences.${choice}`)}</span>
          </label>
        ))}
      </fieldset>
      {mode !== 'world' && (
        <Countries
          value={draft.draft['/territories/countries'] ?? ''}
          problem={problemAt(problem, '/territories')}
          onChange={(value) => draft.set('/territories/countries', value)}
        />
      )}
      <div class="form__grid">
        <Field
          label={t('licences.from')}
          hint={t('licences.openFrom')}
          type="datetime-local"
          {...field('/startsAt')}
        />
        <Field
          label={t('licences.until')}
          hint={t('licences.openUntil')}
          type="datetime-local"
          {...field('/endsAt')}
          min={draft.draft['/startsAt']}
        />
      </div>
      <details class="more">
        <summary>{t('desk.details')}</summary>
        <div class="form__grid">
          <Field
            label={t('licences.maxHeight')}
            hint={t('licences.maxHeightHint')}
            type="number"
            min={1}
            {...field('/maxHeight')}
          />
          <Field
            label={t('licences.audio')}
            hint={t('licences.languagesHint')}
            {...field('/audioLanguages')}
          />
          <Field
            label={t('licences.subtitles')}
            hint={t('licences.languagesHint')}
            {...field('/subtitleLanguages')}
          />
        </div>
      </details>
      <div class="form__do">
        <Button type="submit" look="outline" disabled={save.busy}>
          {t(save.busy ? 'licences.adding' : 'licences.add')}
        </Button>
      </div>
    </form>
  );
}

/** Countries one by one, by name or code; the browser's own list helps with the names. */
function Countries({
  value,
  problem,
  onChange,
}: {
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}) {
  const { t, format } = useDesk();
  const [typed, setTyped] = useState('');
  const [unknown, setUnknown] = useState('');
  const chosen = listOf(value);
  // What is typed becomes a country when its field is left, so that the form is not sent without it.
  const add = (field?: HTMLInputElement) => {
    const code = countryOf(typed, format);
    const text = code ? '' : typed.trim();
    setUnknown(text);
    field?.setCustomValidity(text && t('licences.unknownCountry', { text })); // nor in spite of it
    if (!code) return;
    setTyped('');
    onChange([...new Set([...chosen, code])].join(','));
  };
  return (
    <div class="countries">
      <div class="form--row">
        <Field
          label={t('licences.countries')}
          hint={t('licences.countriesHint')}
          problem={unknown ? t('licences.unknownCountry', { text: unknown }) : problem}
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
          {t('licences.addCountry')}
        </Button>
      </div>
      <datalist id="countries">
        {countryCodes.map((code) => (
          <option key={code}>{format.country(code)}</option>
        ))}
      </datalist>
      {chosen.length > 0 && (
        <ul class="chips" aria-label={t('licences.chosen')}>
          {chosen.map((code) => (
            <li key={code}>
              <button
                type="button"
                class="chip"
                onClick={() => onChange(chosen.filter((other) => other !== code).join(','))}
              >
                <span class="only-heard">
                  {t('licences.removeCountry', { country: format.country(code) })}
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
