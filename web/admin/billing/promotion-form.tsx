import { fromUnits } from '../../../schema/money.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import { fromLocal } from '../local-time.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { promotions as calls } from './calls.ts';
import { useSay } from './words.ts';

/** What is sent of what is typed into one field. */
const OFF = ['/percentOff', '/amountOff', '/currency'];

/** What is taken off, as it is typed: `30 %` or `usd 5`. */
function offOf(text: string): { percentOff: number } | { amountOff: number; currency: string } | object {
  const [, currency, units] = /^([a-z]{3})\s+(\d+(?:\.\d+)?)$/i.exec(text.trim()) ?? [];
  if (currency && units) {
    const code = currency.toLowerCase();
    return { amountOff: fromUnits(Number(units), code), currency: code };
  }
  const [, percent] = /^(\d+(?:\.\d+)?)\s*%?$/.exec(text.trim()) ?? [];
  return percent ? { percentOff: Number(percent) } : {};
}

/** Makes a promotion code at Stripe. */
export function PromotionForm({ onMade }: { onMade: () => void }) {
  const say = useSay();
  const draft = useDraft('engawa.draft.promotion', {
    '/code': '',
    '/off': '',
    '/months': '0',
    '/maxRedemptions': '',
    '/expiresAt': '',
  });
  const of = draft.draft;
  const save = useSave(
    () =>
      calls.make({
        code: of['/code'] ?? '',
        ...offOf(of['/off'] ?? ''),
        months: of['/months'] === '' ? null : Number(of['/months']),
        maxRedemptions: of['/maxRedemptions'] ? Number(of['/maxRedemptions']) : null,
        expiresAt: fromLocal(of['/expiresAt'] ?? ''),
      }),
    () => {
      draft.clear();
      onMade();
    },
  );
  const tied = tie(draft);
  const field = (pointer: string, label: string, more: object = {}) => (
    <Field label={label} problem={problemAt(save.failure?.problem, pointer)} {...more} {...tied(pointer)} />
  );
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble failure={save.failure} fields={[...Object.keys(of), ...OFF]} />
      <div class="form__grid">
        {field('/code', say('gifts.code'), { required: true, maxLength: 40 })}
        {field('/off', say('promotions.off'), {
          required: true,
          pattern: String.raw`\s*(\d+(\.\d+)?\s*%?|[A-Za-z]{3}\s+\d+(\.\d+)?)\s*`,
          title: say('promotions.offHint'),
          hint: say('promotions.offHint'),
          problem: OFF.map((pointer) => problemAt(save.failure?.problem, pointer)).find(Boolean),
        })}
        {field('/months', say('promotions.monthsOf'), {
          type: 'number',
          min: 0,
          max: 36,
          hint: say('promotions.monthsHint'),
        })}
        {field('/maxRedemptions', say('promotions.most'), { type: 'number', min: 1 })}
        {field('/expiresAt', say('promotions.until'), { type: 'datetime-local' })}
      </div>
      <div class="form__do">
        <Button type="submit" look="outline" disabled={save.busy}>
          {say('promotions.make')}
        </Button>
      </div>
    </form>
  );
}
