import type { ComponentChildren } from 'preact';
import type { Invoice, OwnBilling } from '../../../schema/api/billing.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useHere } from '../../visit.ts';
import { ActForm } from './act-form.tsx';
import type { Deed } from './addresses.ts';
import { InvoiceList } from './invoices.tsx';
import { Purchases } from './purchases.tsx';
import { RefusalNotice } from './refusal.tsx';
import { standing } from './standing.ts';
import { Subscription } from './subscription.tsx';
import { useBillingWords } from './words.ts';

export type BillingData = {
  billing: OwnBilling;
  /** Null: Stripe does not answer. */
  invoices: { items: Invoice[]; next: string | null } | null;
  /** What was just done here. */
  done: Deed | null;
  /** What was just refused. */
  refused: ProblemDocument | null;
  /** A gift code that opened nothing, as it was typed. */
  wrongCode: string | null;
};

/** Everything about one's own money: plain HTML, whose buttons are forms. */
export default function Billing({
  data: { billing, invoices, done, refused, wrongCode },
}: {
  data: BillingData;
}) {
  const here = useHere();
  const b = useBillingWords();
  const { subscriptions, purchases, customer } = billing;
  const alive = subscriptions.filter((of) => !standing(here, of).over);
  return (
    <div class="money">
      <header>
        <h1>{b('title')}</h1>
        <p class="money__lead">{b('lead')}</p>
      </header>
      {done && <Notice tone="good">{b(`done.${done}`)}</Notice>}
      {refused && <RefusalNotice problem={refused} />}
      <Matter id="plan" title={b('plan.title')}>
        {alive.length === 0 && <p>{b('plan.none')}</p>}
        {alive
          .toSorted((one, other) => Number(other.counts) - Number(one.counts))
          .map((of) => (
            <Subscription key={of.id} of={of} />
          ))}
        {!alive.some(({ paid }) => paid) && (
          <ButtonLink look="primary" href={to('plans')}>
            {b('plan.see')}
          </ButtonLink>
        )}
      </Matter>
      <Matter id="bought" title={b('bought.title')}>
        <Purchases purchases={purchases} />
      </Matter>
      <Matter id="gift" title={b('gift.title')}>
        <GiftForm wrong={wrongCode} />
      </Matter>
      {customer && (
        <Matter id="invoices" title={b('invoices.title')}>
          <InvoiceList invoices={invoices} />
          <ActForm
            act="portal"
            values={{ next: to('billing') }}
            look="outline"
            label={b('portal.open')}
            described="portal"
          />
          <p id="portal" class="money__soft">
            {b('portal.text')}
          </p>
        </Matter>
      )}
    </div>
  );
}

const Matter = ({ id, title, children }: { id: string; title: string; children: ComponentChildren }) => (
  <section class="money__matter" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

function GiftForm({ wrong }: { wrong: string | null }) {
  const b = useBillingWords();
  const problem = wrong === null ? {} : { 'aria-invalid': 'true' as const };
  return (
    <>
      <p>{b('gift.text')}</p>
      <ActForm act="redeem" look="outline" label={b('gift.redeem')}>
        <div class="field">
          <label for="gift-code">{b('gift.label')}</label>
          <input
            id="gift-code"
            name="code"
            required
            minLength={8}
            maxLength={40}
            autocomplete="off"
            autoCapitalize="characters"
            spellcheck={false}
            defaultValue={wrong ?? ''}
            aria-describedby={wrong === null ? undefined : 'gift-problem'}
            {...problem}
          />
          {wrong !== null && (
            <p class="field__problem" id="gift-problem" role="alert">
              {b('gift.wrong')}
            </p>
          )}
        </div>
      </ActForm>
    </>
  );
}
