import { useState } from 'preact/hooks';
import type { AdminPlans } from '../../../schema/api/billing-admin.ts';
import { writtenMoney } from '../../../schema/written-money.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { Empty, FailureNotice, Heading, Section, Shown, State } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { plans as calls } from './calls.ts';
import { PlanForm } from './plan-form.tsx';
import { PriceForm } from './price-form.tsx';
import { PlanTabs } from './tabs.tsx';
import { useSay } from './words.ts';

export type AdminPlan = AdminPlans['items'][number];

/** What can be subscribed to, what it costs, and how many are on it. */
export function PlansPage() {
  const say = useSay();
  const list = useFresh('admin plans', calls.list);
  const again = () => void list.refresh();
  return (
    <>
      <Heading title={say('plans.title')} />
      <PlanTabs now="plans" />
      <p class="faint">{say('plans.text')}</p>
      <Shown of={list}>
        {({ items }) => (
          <>
            {items.length === 0 && (
              <Empty title={say('plans.none')}>
                <p>{say('plans.noneText')}</p>
              </Empty>
            )}
            {items.map((plan) => (
              <One key={plan.id} plan={plan} onDone={again} />
            ))}
            <Section title={say('plan.new')}>
              <PlanForm key={items.length} plan={null} taken={items.map(({ id }) => id)} onDone={again} />
            </Section>
          </>
        )}
      </Shown>
    </>
  );
}

function One({ plan, onDone }: { plan: AdminPlan; onDone: () => void }) {
  const say = useSay();
  const people = say('plan.people', { count: plan.people });
  return (
    <Section
      title={plan.name}
      aside={
        <State tone={plan.sold ? 'good' : 'quiet'}>{say(plan.sold ? 'plan.isSold' : 'plan.notSold')}</State>
      }
    >
      <p class="faint">
        {[
          <code key="id">{plan.id}</code>,
          ` · ${plan.morePeople ? say('plan.morePeople', { count: plan.people }) : people} · `,
          say('plan.facts', {
            count: plan.streams,
            picture:
              plan.maxHeight === null ? say('plan.anyPicture') : say('plan.upTo', { height: plan.maxHeight }),
            rank: plan.rank,
          }),
          plan.trialDays > 0 ? ` · ${say('plan.trial', { count: plan.trialDays })}` : '',
        ]}
      </p>
      <Prices plan={plan} onDone={onDone} />
      <details class="more">
        <summary>{say('price.add')}</summary>
        <PriceForm plan={plan} onDone={onDone} />
      </details>
      <details class="more">
        <summary>{say('plan.change')}</summary>
        <PlanForm plan={plan} onDone={onDone} />
      </details>
    </Section>
  );
}

function Prices({ plan, onDone }: { plan: AdminPlan; onDone: () => void }) {
  const { format, visit } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const end = async (price: AdminPlan['prices'][number], cost: string) => {
    const yes = await confirm({
      title: say('price.endTitle', { cost, plan: plan.name }),
      text: say('price.endText'),
      yes: say('price.end'),
    });
    if (!yes) return;
    const answer = await calls.endPrice(price.id);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    toasts.say({ text: say('price.ended'), tone: 'good' });
    onDone();
  };
  if (plan.prices.length === 0) return <p>{say('price.none')}</p>;
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <ul class="licences">
        {plan.prices.map((price) => {
          const cost = say(`price.${price.interval}`, { cost: writtenMoney(visit.language, price) });
          return (
            <li class="licence" key={price.id}>
              <div>
                <p>
                  <strong>{cost}</strong>
                </p>
                <p class="faint small">
                  {price.endedAt === null
                    ? price.stripePriceId
                    : say('price.endedAt', { when: format.date(price.endedAt) })}
                </p>
              </div>
              {price.endedAt === null && (
                <div class="heading__do">
                  <Button small look="plain" onClick={() => void end(price, cost)}>
                    {say('price.end')}
                    <span class="only-heard">: {cost}</span>
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
