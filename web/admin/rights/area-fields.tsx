import type { Draft } from '../form.ts';
import { listOf, problemAt, tie } from '../form.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { businessModels } from '../../../schema/plans.ts';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { fromZone } from '../../zoned-time.ts';
import { Countries } from './countries.tsx';
import { useSay } from './words.ts';

const choices = ['world', 'include', 'exclude'] as const;

/** Which episodes, where, when and how paid for: the fields that licences and holdbacks share. */
export function AreaFields({
  draft,
  set,
  problem,
}: {
  draft: Draft;
  set: (name: string, value: string) => void;
  problem: ProblemDocument | null | undefined;
}) {
  const say = useSay();
  const field = (name: string) => ({ ...tie({ draft, set })(name), problem: problemAt(problem, name) });
  const mode = draft['/territories/mode'];
  const models = listOf(draft['/models'] ?? '');
  return (
    <>
      <fieldset class="choice">
        <legend>{say('licences.where')}</legend>
        {choices.map((choice) => (
          <label key={choice} class="tick">
            <input
              type="radio"
              value={choice}
              checked={mode === choice}
              onChange={() => set('/territories/mode', choice)}
            />
            <span>{say(`licences.${choice}`)}</span>
          </label>
        ))}
      </fieldset>
      {mode !== 'world' && (
        <Countries
          value={draft['/territories/countries'] ?? ''}
          problem={problemAt(problem, '/territories')}
          onChange={(value) => set('/territories/countries', value)}
        />
      )}
      <fieldset class="choice">
        <legend>{say('licences.models')}</legend>
        {businessModels.map((model) => (
          <label key={model} class="tick">
            <input
              type="checkbox"
              name="/models"
              checked={models.includes(model)}
              onChange={({ currentTarget: { checked } }) =>
                set('/models', (checked ? [...models, model] : models.filter((m) => m !== model)).join())
              }
            />
            <span>{say(`model.${model}`)}</span>
          </label>
        ))}
        {problemAt(problem, '/models') && <p class="field__problem">{problemAt(problem, '/models')}</p>}
      </fieldset>
      <Window draft={draft} set={set} problem={problem} />
      <div class="form__grid">
        <Field
          label={say('licences.season')}
          hint={say('licences.seasonHint')}
          type="number"
          min={0}
          {...field('/season')}
        />
        <Field label={say('licences.episodeFrom')} type="number" min={0} {...field('/episodeFrom')} />
        <Field label={say('licences.episodeTo')} type="number" min={0} {...field('/episodeTo')} />
      </div>
    </>
  );
}

/** From when until when, by the clock of any zone; what that is in UTC and here is shown beneath. */
function Window({ draft, set, problem }: Parameters<typeof AreaFields>[0]) {
  const { format, visit } = useDesk();
  const say = useSay();
  const zone = draft['zone'] ?? 'UTC';
  const time = (name: '/startsAt' | '/endsAt', label: string, empty: string) => {
    const at = fromZone(draft[name] ?? '', zone);
    const hint =
      at === null
        ? empty
        : say('licences.inUtc', {
            utc: new Date(at).toISOString().slice(0, 16).replace('T', ' '),
            here: format.dateTime(at),
          });
    return (
      <Field
        label={label}
        hint={hint}
        problem={problemAt(problem, name)}
        type="datetime-local"
        {...tie({ draft, set })(name)}
      />
    );
  };
  const zones = [...new Set([zone, 'UTC', visit.timeZone, ...Intl.supportedValuesOf('timeZone')])];
  return (
    <div class="form__grid">
      {time('/startsAt', say('licences.from'), say('licences.openFrom'))}
      {time('/endsAt', say('licences.until'), say('licences.openUntil'))}
      <FieldFrame label={say('licences.zone')}>
        {(tied) => (
          <select {...tied} {...tie({ draft, set })('zone')}>
            {zones.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </FieldFrame>
    </div>
  );
}
