import type { OwnSubscription, Preview } from '../../../schema/api/billing.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { ActForm } from '../billing/act-form.tsx';
import { cost, date, each, useBillingWords } from '../billing/words.ts';

export type SwitchPlanData = {
  now: Pick<OwnSubscription, 'planName' | 'paid'>;
  preview: Preview;
  /** Of the plan that it goes to. */
  planName: string;
  /** The reckoning before was too old to be charged. */
  stale: boolean;
};

/** What another plan costs now and then: what is said here is what is charged. */
export default function SwitchPlan({ data: { now, preview, planName, stale } }: { data: SwitchPlanData }) {
  const here = useHere();
  const b = useBillingWords();
  const { price, dueNow, currency, nextAmount, nextAt, prorationAt } = preview;
  const due = { amount: Math.abs(dueNow), currency };
  return (
    <div class="money money--small">
      <h1>{b('switch.title')}</h1>
      {stale && <Notice tone="warning">{b('switch.stale')}</Notice>}
      <dl class="money__sums">
        <div>
          <dt>{b('switch.from')}</dt>
          <dd>
            {now.planName}
            {now.paid?.price && <span class="money__soft">{each(here, now.paid.price)}</span>}
          </dd>
        </div>
        <div>
          <dt>{b('switch.to')}</dt>
          <dd>
            {planName}
            <span class="money__soft">{each(here, price)}</span>
          </dd>
        </div>
        <div class="money__due">
          <dt>{dueNow < 0 ? b('switch.credited') : b('switch.dueNow')}</dt>
          <dd>{dueNow === 0 ? b('switch.nothing') : cost(here, due)}</dd>
        </div>
        <div>
          <dt>{b('switch.next', { date: date(here, nextAt) })}</dt>
          <dd>{each(here, { ...price, amount: nextAmount })}</dd>
        </div>
      </dl>
      <p id="switch-terms" class="money__soft">
        {b('switch.dueText')} {b('tax')}
      </p>
      <div class="money__ways">
        <ActForm
          act="switch"
          values={{ priceId: price.id, prorationAt: String(prorationAt) }}
          label={dueNow > 0 ? b('switch.do', { amount: cost(here, due) }) : b('switch.doFree')}
          described="switch-terms"
        />
        <ButtonLink look="outline" href={to('plans')}>
          {b('cancel.not')}
        </ButtonLink>
      </div>
    </div>
  );
}
