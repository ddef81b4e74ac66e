import { fromUnits } from '../../../schema/money.ts';
import { intervals, type Interval } from '../../../schema/plans.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { useToasts } from '../toasts.tsx';
import { plans as calls } from './calls.ts';
import type { AdminPlan } from './plans.tsx';
import { useSay } from './words.ts';

/** Asks a price from now on: made at Stripe, or one that is there. Whoever pays another goes on paying that. */
export function PriceForm({ plan, onDone }: { plan: AdminPlan; onDone: () => void }) {
  const say = useSay();
  const toasts = useToasts();
  const draft = useDraft(`engawa.draft.price.${plan.id}`, {
    '/currency': 'jpy',
    '/amount': '',
    '/interval': 'month',
    '/stripePriceId': '',
  });
  const of = draft.draft;
  const currency = (of['/currency'] ?? '').trim().toLowerCase();
  const save = useSave(
    () =>
      calls.price(plan.id, {
        currency,
        interval: of['/interval'] as Interval,
        amount: fromUnits(Number(of['/amount']), currency),
        ...(of['/stripePriceId'] ? { stripePriceId: of['/stripePriceId'].trim() } : {}),
      }),
    () => {
      draft.clear();
      toasts.say({ text: say('price.asked'), tone: 'good' });
      onDone();
    },
  );
  const tied = tie(draft);
  const problem = (pointer: string) => problemAt(save.failure?.problem, pointer);
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble failure={save.failure} fields={Object.keys(of)} />
      <p class="faint">{say('price.text')}</p>
      <div class="form__grid">
        <Field
          label={say('price.currency')}
          hint={say('price.currencyHint')}
          required
          maxLength={3}
          problem={problem('/currency')}
          {...tied('/currency')}
        />
        <Field
          label={say('price.amount')}
          hint={say('price.amountHint')}
          required
          inputMode="decimal"
          pattern="\d+(\.\d+)?"
          title={say('price.amountHint')}
          problem={problem('/amount')}
          {...tied('/amount')}
        />
        <FieldFrame label={say('price.interval')}>
          {(frame) => (
            <select {...frame} {...tied('/interval')}>
              {intervals.map((interval) => (
                <option key={interval} value={interval}>
                  {say(`interval.${interval}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <Field
          label={say('price.stripe')}
          hint={say('price.stripeHint')}
          problem={problem('/stripePriceId')}
          {...tied('/stripePriceId')}
        />
      </div>
      <div class="form__do">
        <Button type="submit" look="outline" disabled={save.busy}>
          {say('price.ask')}
        </Button>
      </div>
    </form>
  );
}
