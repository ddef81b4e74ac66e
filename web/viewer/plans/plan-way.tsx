import type { OwnBilling, PlanPrice } from '../../../schema/api/billing.ts';
import { signInThen, to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { ActForm } from '../billing/act-form.tsx';
import { switchTo } from '../billing/addresses.ts';
import { standing } from '../billing/standing.ts';
import { each } from '../billing/words.ts';
import { paidFor, trialFor, type SoldPlan } from './sold.ts';

/**
 * The one way to a plan at a price, with what it costs beside it: subscribing, switching, or signing in first.
 * @param next where to go on after paying
 */
export function PlanWay({
  plan,
  price,
  mine,
  next,
  look = 'primary',
}: {
  plan: SoldPlan;
  price: PlanPrice;
  mine: OwnBilling | null;
  next: string;
  look?: 'primary' | 'outline';
}) {
  const here = useHere();
  const { visit, words } = here;
  const p = words('plans');
  const costs = each(here, price);
  const own = paidFor(here, mine);
  const free = trialFor(plan, mine);
  const id = `way-${price.id}`;
  const note = free > 0 && !own ? p('trial', { count: free, price: costs }) : p('plain');
  const label = free > 0 ? p('tryIt', { count: free }) : p('subscribe', { price: costs });
  return (
    <div class="plan-way">
      {!visit.me ? (
        <ButtonLink
          look={look}
          href={signInThen(visit.path)}
          aria-describedby={id}
          aria-label={`${p('signIn')}: ${plan.name}`}
        >
          {p('signIn')}
        </ButtonLink>
      ) : own ? (
        <OwnWay own={own} plan={plan} price={price} />
      ) : (
        <ActForm
          act="checkout"
          values={{ priceId: price.id, next }}
          look={look}
          label={label}
          described={id}
        />
      )}
      <p id={id} class="money__soft">
        {note}
      </p>
    </div>
  );
}

function OwnWay({
  own,
  plan,
  price,
}: {
  own: NonNullable<ReturnType<typeof paidFor>>;
  plan: SoldPlan;
  price: PlanPrice;
}) {
  const here = useHere();
  const p = here.words('plans');
  const same = own.planId === plan.id && own.paid?.price?.interval === price.interval;
  // What is owed, cancelled or paused is set right first.
  const switches = !same && standing(here, own).deals.includes('switch');
  return (
    <ButtonLink
      look="outline"
      href={switches ? switchTo(price.id) : to('billing')}
      aria-label={`${p(switches ? 'switch' : 'manage')}: ${plan.name}`}
    >
      {p(switches ? 'switch' : 'manage')}
    </ButtonLink>
  );
}
