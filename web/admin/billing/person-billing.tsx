import { useState } from 'preact/hooks';
import type { BillingOfPerson } from '../../../schema/api/billing-admin.ts';
import { writtenMoney } from '../../../schema/written-money.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Section, Shown, State } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { person as calls } from './calls.ts';
import { GiveForm } from './give-form.tsx';
import { saying, useSay } from './words.ts';

/** What somebody pays for and has bought, and what staff can mend of it. */
export const personBilling = saying(({ id }: { id: string }) => {
  const say = useSay();
  const billing = useFresh(`billing ${id}`, () => calls.billing(id));
  const again = () => void billing.refresh();
  return (
    <Section title={say('person.title')}>
      <Shown of={billing}>
        {(of) => (
          <>
            <p class="faint">
              {of.customer ? (
                <a href={of.customer.url} rel="noreferrer" target="_blank">
                  {say('person.atStripe', { id: of.customer.stripeId })}
                </a>
              ) : (
                say('person.noCustomer')
              )}
            </p>
            <On of={of} />
            <Bought of={of} onDone={again} />
            <Payments of={of} onDone={again} />
          </>
        )}
      </Shown>
      <details class="more">
        <summary>{say('give.title')}</summary>
        <GiveForm id={id} onDone={again} />
      </details>
    </Section>
  );
});

function On({ of: { subscriptions } }: { of: BillingOfPerson }) {
  const { format } = useDesk();
  const say = useSay();
  return (
    <ul class="licences">
      {subscriptions.map((one) => (
        <li class="licence" key={one.id}>
          <div>
            <p>
              <strong>{one.planName}</strong>{' '}
              <State tone={one.counts ? 'good' : 'quiet'}>
                {one.paid ? say(`state.${one.paid.state}`) : say(`source.${one.source}`)}
              </State>
            </p>
            <p class="faint small">
              {[
                format.date(one.since),
                one.until === null ? '' : say('person.until', { when: format.date(one.until) }),
                one.stripeId,
                one.reason,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Bought({ of: { purchases }, onDone }: { of: BillingOfPerson; onDone: () => void }) {
  const { format, visit } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const [failure, setFailure] = useState<Failure | null>(null);
  const revoke = async (one: BillingOfPerson['purchases'][number]) => {
    const yes = await confirm({
      title: say('revoke.title', { title: one.titleName }),
      text: say('revoke.text'),
      yes: say('revoke.yes'),
      reason: true,
    });
    if (!yes) return;
    const answer = await calls.revoke(one.id, yes.reason);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) onDone();
  };
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <ul class="licences">
        {purchases.map((one) => (
          <li class="licence" key={one.id}>
            <div>
              <p>
                <strong>{one.titleName}</strong> {say(`kind.${one.kind}`)}
              </p>
              <p class="faint small">
                {[
                  format.date(one.boughtAt),
                  one.amount === null || one.currency === null
                    ? say(`source.${one.source}`)
                    : writtenMoney(visit.language, { amount: one.amount, currency: one.currency }),
                  one.reason,
                  one.revokedAt === null ? '' : say('person.revoked', { when: format.date(one.revokedAt) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            {one.revokedAt === null && (
              <div class="heading__do">
                <Button small look="plain" onClick={() => void revoke(one)}>
                  {say('revoke.yes')}
                  <span class="only-heard">: {one.titleName}</span>
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function Payments({ of: { payments }, onDone }: { of: BillingOfPerson; onDone: () => void }) {
  const { format, visit } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  if (payments === null) return <p>{say('person.noAnswer')}</p>;
  const money = (amount: number, currency: string) => writtenMoney(visit.language, { amount, currency });
  const refund = async (paymentId: string, cost: string) => {
    const yes = await confirm({
      title: say('refund.title', { cost }),
      text: say('refund.text'),
      yes: say('refund.yes'),
      reason: true,
    });
    if (!yes) return;
    const answer = await calls.refund(paymentId, { reason: yes.reason });
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    toasts.say({ text: say('refund.done'), tone: 'good' });
    onDone();
  };
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <ul class="licences">
        {payments.map((bill) => {
          const left = money(bill.left, bill.currency);
          const { paymentId } = bill;
          return (
            <li class="licence" key={bill.id}>
              <div>
                <p>
                  <strong>{money(bill.amount, bill.currency)}</strong> {bill.what}
                </p>
                <p class="faint small">
                  {[format.date(bill.at), say(`bill.${bill.state}`), bill.number].filter(Boolean).join(' · ')}
                </p>
              </div>
              {paymentId !== null && bill.state === 'paid' && bill.left > 0 && (
                <div class="heading__do">
                  <Button small look="plain" onClick={() => void refund(paymentId, left)}>
                    {say('refund.yes')}
                    <span class="only-heard">: {left}</span>
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
