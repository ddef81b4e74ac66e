import type { Plan } from '../../../schema/api/plans.ts';
import type { Licence, Licensor } from '../../../schema/api/rights.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import type { Loaded } from '../fresh-hook.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { AreaFields } from './area-fields.tsx';
import { licences as calls } from './calls.ts';
import { blankLicence, earlyOf, earlyText, licenceDraft, newLicence } from './licence-draft.ts';
import { LicensorField } from './licensor-field.tsx';
import { useSay } from './words.ts';

const heights = [480, 720, 1080, 1440, 2160];

/** Adds a licence, or amends one: then the fields begin with what it says, and a reason is asked for. */
export function LicenceForm({
  titleId,
  amends,
  licensors,
  plans,
  onSaved,
  onCancel,
}: {
  titleId: Id<'title'>;
  amends?: Licence;
  licensors: Loaded<{ items: Licensor[] }>;
  plans: readonly Plan[];
  onSaved: (made: Licence) => void;
  onCancel?: () => void;
}) {
  const { t, visit } = useDesk();
  const say = useSay();
  const draft = useDraft(
    `engawa.draft.${amends?.id ?? titleId}.licence`,
    amends ? licenceDraft(amends, visit.timeZone) : blankLicence(visit.timeZone),
  );
  const save = useSave(
    () =>
      amends
        ? calls.amend(amends.id, draft.draft['reason'] ?? '', newLicence(draft.draft))
        : calls.create(titleId, newLicence(draft.draft)),
    (made) => {
      draft.clear();
      onSaved(made);
    },
  );
  // An amendment's problems point into `/licence`.
  const problem = save.failure?.problem && {
    ...save.failure.problem,
    errors: (save.failure.problem.errors ?? []).map((e) => ({
      ...e,
      pointer: e.pointer.replace(/^\/licence(?=\/)/, ''),
    })),
  };
  const field = (name: string) => ({ ...tie(draft)(name), problem: problemAt(problem, name) });
  const early = earlyOf(draft.draft['/earlyAccess'] ?? '');
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble
        failure={save.failure && (problem ? { ...save.failure, problem } : save.failure)}
        fields={[...Object.keys(draft.draft), '/territories']}
      />
      <AreaFields draft={draft.draft} set={draft.set} problem={problem} />
      <details class="more">
        <summary>{t('desk.details')}</summary>
        <div class="form__grid">
          <LicensorField
            value={draft.draft['/licensorId'] ?? ''}
            list={licensors}
            problem={problemAt(problem, '/licensorId')}
            onChange={(id) => draft.set('/licensorId', id)}
          />
          <FieldFrame label={say('licences.maxHeight')} problem={problemAt(problem, '/maxHeight')}>
            {(tied) => (
              <select {...tied} {...tie(draft)('/maxHeight')}>
                <option value="">{say('licences.anyHeight')}</option>
                {[...new Set([...heights, ...(amends?.maxHeight ? [amends.maxHeight] : [])])].map(
                  (height) => (
                    <option key={height} value={String(height)}>
                      {height}p
                    </option>
                  ),
                )}
              </select>
            )}
          </FieldFrame>
          <Field
            label={say('licences.audio')}
            hint={say('licences.languagesHint')}
            {...field('/audioLanguages')}
          />
          <Field
            label={say('licences.subtitles')}
            hint={say('licences.languagesHint')}
            {...field('/subtitleLanguages')}
          />
        </div>
        {plans.length > 0 && (
          <fieldset class="choice">
            <legend>{say('licences.early')}</legend>
            <div class="form__grid">
              {plans.map(({ id, name }) => (
                <Field
                  key={id}
                  label={name}
                  type="number"
                  min={0}
                  step="any"
                  value={early[id] ?? ''}
                  onInput={({ currentTarget }) =>
                    draft.set('/earlyAccess', earlyText({ ...early, [id]: currentTarget.value }))
                  }
                />
              ))}
            </div>
          </fieldset>
        )}
        <label class="tick">
          <input
            type="checkbox"
            checked={draft.draft['/downloads'] === 'yes'}
            onChange={({ currentTarget }) => draft.set('/downloads', currentTarget.checked ? 'yes' : '')}
          />
          <span>{say('licences.downloads')}</span>
        </label>
      </details>
      {amends && (
        <Field
          label={say('licences.reason')}
          hint={say('licences.reasonHint')}
          required
          minLength={3}
          maxLength={500}
          {...tie(draft)('reason')}
          problem={problemAt(problem, '/reason')}
        />
      )}
      <div class="form__do">
        {onCancel && (
          <Button look="plain" onClick={onCancel}>
            {t('desk.cancel')}
          </Button>
        )}
        <Button type="submit" look="outline" disabled={save.busy}>
          {say(save.busy ? 'licences.adding' : amends ? 'licences.saveAmendment' : 'licences.add')}
        </Button>
      </div>
    </form>
  );
}
