import type { OwnSubscription } from '../../../schema/api/billing.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { ActForm } from '../billing/act-form.tsx';
import { date, useBillingWords } from '../billing/words.ts';

export type CancelPlanData = { subscription: OwnSubscription };

/** Asks once whether to cancel, and says until when the plan holds. Nothing is offered in its place: whoever comes here has decided. */
export default function CancelPlan({ data: { subscription } }: { data: CancelPlanData }) {
  const here = useHere();
  const b = useBillingWords();
  const { planName, paid, until } = subscription;
  // What was not paid holds as long as the grace does, and no longer.
  const isPaid = paid !== null && paid.pastDueSince === null;
  const end = isPaid ? (paid.state === 'trialing' ? paid.trialEnd : paid.periodEnd) : until;
  const holds = end !== null && end > here.visit.now;
  return (
    <div class="money money--small">
      <h1>{b('cancel.title', { plan: planName })}</h1>
      <p>{holds ? b('cancel.until', { date: date(here, end) }) : b('cancel.now')}</p>
      <p class="money__soft">{b('cancel.stays')}</p>
      <div class="money__ways">
        <ActForm act="cancel" label={b('cancel.do')} />
        <ButtonLink look="outline" href={to('billing')}>
          {b('cancel.not')}
        </ButtonLink>
      </div>
    </div>
  );
}
