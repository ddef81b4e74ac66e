import type { OwnSubscription } from '../../../schema/api/billing.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { ActForm } from './act-form.tsx';
import { standing, type Deal } from './standing.ts';
import { useBillingWords } from './words.ts';

/** One plan that somebody is on: where it stands, and what can be done about it. */
export function Subscription({ of }: { of: OwnSubscription }) {
  const here = useHere();
  const { text, deals, tone } = standing(here, of);
  return (
    <article class="money-plan">
      <h3>{of.planName}</h3>
      {tone === 'danger' ? <Notice tone="danger">{text}</Notice> : <p>{text}</p>}
      {deals.length > 0 && (
        <div class="money__ways">
          {deals.map((deal) => (
            <DealButton key={deal} deal={deal} />
          ))}
        </div>
      )}
    </article>
  );
}

const pauses = [1, 2, 3];

function DealButton({ deal }: { deal: Deal }) {
  const b = useBillingWords();
  if (deal === 'switch')
    return (
      <ButtonLink look="outline" href={to('plans')}>
        {b('plan.switch')}
      </ButtonLink>
    );
  // As plain a button as the others: leaving is as easy as it was to come.
  if (deal === 'cancel')
    return (
      <ButtonLink look="outline" href={to('cancel-plan')}>
        {b('plan.cancel')}
      </ButtonLink>
    );
  if (deal === 'mend')
    return <ActForm act="portal" values={{ next: to('billing') }} label={b('plan.mend')} />;
  if (deal !== 'pause') return <ActForm act={deal} label={b(`plan.${deal}`)} />;
  return (
    <details class="money__pause">
      <summary class="button button--outline">{b('plan.pause')}</summary>
      <p>{b('plan.pauseText')}</p>
      <ActForm act="pause" look="outline" label={b('plan.pause')}>
        <label>
          <span>{b('plan.months')}</span>
          <select name="months">
            {pauses.map((count) => (
              <option key={count} value={count}>
                {b('plan.month', { count })}
              </option>
            ))}
          </select>
        </label>
      </ActForm>
    </details>
  );
}
