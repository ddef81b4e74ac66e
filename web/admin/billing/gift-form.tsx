import type { MadeGifts } from '../../../schema/api/billing-admin.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import { useFresh } from '../fresh-hook.ts';
import { fromLocal } from '../local-time.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { gifts as calls, plans } from './calls.ts';
import { useSay } from './words.ts';

/** Makes gift codes, many at once. */
export function GiftForm({ onMade }: { onMade: (made: MadeGifts) => void }) {
  const say = useSay();
  const list = useFresh('admin plans', plans.list);
  const draft = useDraft('engawa.draft.gifts', {
    '/planId': '',
    '/days': '30',
    '/count': '1',
    '/uses': '1',
    '/redeemBy': '',
    '/reason': '',
  });
  const of = draft.draft;
  const planId = of['/planId'] || (list.value?.items[0]?.id ?? '');
  const save = useSave(
    () =>
      calls.make({
        planId,
        days: Number(of['/days']),
        count: Number(of['/count']),
        uses: Number(of['/uses']),
        redeemBy: fromLocal(of['/redeemBy'] ?? ''),
        reason: of['/reason'] ?? '',
      }),
    (made) => {
      draft.clear();
      onMade(made);
    },
  );
  const tied = tie(draft);
  const field = (pointer: string, label: string, more: object = {}) => (
    <Field
      label={label}
      required
      problem={problemAt(save.failure?.problem, pointer)}
      {...more}
      {...tied(pointer)}
    />
  );
  const whole = { type: 'number', min: 1 };
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble failure={save.failure} fields={Object.keys(of)} />
      <div class="form__grid">
        <FieldFrame label={say('gifts.plan')}>
          {(frame) => (
            <select {...frame} {...tied('/planId')} value={planId}>
              {list.value?.items.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        {field('/days', say('gifts.days'), whole)}
        {field('/count', say('gifts.count'), { ...whole, max: 500 })}
        {field('/uses', say('gifts.uses'), { ...whole, hint: say('gifts.usesHint') })}
        {field('/redeemBy', say('gifts.redeemBy'), { type: 'datetime-local', required: false })}
        {field('/reason', say('gifts.reason'), { maxLength: 500 })}
      </div>
      <div class="form__do">
        <Button type="submit" look="outline" disabled={save.busy}>
          {say('gifts.make')}
        </Button>
      </div>
    </form>
  );
}
