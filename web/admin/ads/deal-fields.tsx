import { Field, FieldFrame } from '../../ui/field.tsx';
import { problemAt, tie } from '../form.ts';
import type { DealProps } from './target-fields.tsx';
import { useSay } from './words.ts';

/** When, how often, and what it pays. */
export function DealFields({ draft, problem }: DealProps) {
  const say = useSay();
  const field = (name: string) => ({ ...tie(draft)(name), problem: problemAt(problem, name) });
  return (
    <fieldset class="campaign__part">
      <legend>{say('deal.title')}</legend>
      <div class="form__grid">
        <Field
          label={say('deal.from')}
          hint={say('deal.fromHint')}
          type="datetime-local"
          {...field('/startsAt')}
        />
        <Field
          label={say('deal.until')}
          hint={say('deal.untilHint')}
          type="datetime-local"
          {...field('/endsAt')}
        />
        <Field
          label={say('deal.goal')}
          hint={say('deal.goalHint')}
          type="number"
          min={1}
          {...field('/goal')}
        />
        <FieldFrame
          label={say('deal.pacing')}
          hint={say('deal.pacingHint')}
          problem={problemAt(problem, '/pacing')}
        >
          {(tied) => (
            <select {...tied} {...tie(draft)('/pacing')}>
              <option value="even">{say('pacing.even')}</option>
              <option value="asap">{say('pacing.asap')}</option>
            </select>
          )}
        </FieldFrame>
        <Field
          label={say('deal.priority')}
          hint={say('deal.priorityHint')}
          type="number"
          min={1}
          max={10}
          required
          {...field('/priority')}
        />
        <Field
          label={say('deal.cap')}
          hint={say('deal.capHint')}
          type="number"
          min={1}
          {...field('/capPerDay')}
        />
        <Field
          label={say('deal.cpm')}
          hint={say('deal.cpmHint')}
          type="number"
          min={0}
          step="any"
          {...field('/cpm')}
        />
        <Field
          label={say('deal.currency')}
          hint={say('deal.currencyHint')}
          maxLength={3}
          {...field('/currency')}
        />
      </div>
    </fieldset>
  );
}
