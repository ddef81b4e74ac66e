import { useState } from 'preact/hooks';
import type { Money } from '../../../schema/api/books.ts';
import { inUnits } from '../../../schema/money.ts';
import { FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { Bars } from '../overview/chart.tsx';
import { Empty, Heading, Section, Shown } from '../parts.tsx';
import { books as calls } from './calls.ts';
import { BookTabs } from './tabs.tsx';
import { Sheet } from './sheet.tsx';
import { useSay } from './words.ts';
import { startOf, useWritten } from './written.ts';

/** What was paid and what it earned. */
export function MoneyPage() {
  const { t } = useDesk();
  const say = useSay();
  const money = useFresh('books money', calls.money);
  return (
    <>
      <Heading title={t('room.books')} />
      <BookTabs now="books" />
      <p class="under">{say('money.lead')}</p>
      <Shown of={money}>{(value) => <Everything of={value} />}</Shown>
    </>
  );
}

function Everything({ of }: { of: Money }) {
  const say = useSay();
  const currencies = [
    ...new Set(of.months.flatMap(({ sums }) => sums.map(({ currency }) => currency))),
  ].sort();
  const [chosen, setChosen] = useState<string | null>(null);
  const currency = chosen ?? currencies[0];
  return (
    <>
      {of.subscriptions && <Subscriptions of={of.subscriptions} />}
      {currency === undefined ? (
        <Empty title={say('money.none')}>
          <p>{say('money.noneText')}</p>
        </Empty>
      ) : (
        <>
          {currencies.length > 1 && (
            <div class="narrow">
              <FieldFrame label={say('money.currency')}>
                {(tied) => (
                  <select
                    {...tied}
                    name="currency"
                    value={currency}
                    onChange={({ currentTarget }) => setChosen(currentTarget.value)}
                  >
                    {currencies.map((one) => (
                      <option key={one} value={one}>
                        {one.toUpperCase()}
                      </option>
                    ))}
                  </select>
                )}
              </FieldFrame>
            </div>
          )}
          <Months months={of.months} currency={currency} />
        </>
      )}
      <Disputes of={of.openDisputes} />
    </>
  );
}

function Subscriptions({ of }: { of: NonNullable<Money['subscriptions']> }) {
  const say = useSay();
  const w = useWritten();
  // Of those that were there thirty days ago: who pays now, without the new ones, and who is gone.
  const before = of.paying - of.began + of.ended;
  const tallies = [
    [say('money.monthly'), w.sums(of.monthly)],
    [say('money.paying'), w.count(of.paying)],
    [say('money.trialing'), w.count(of.trialing)],
    [say('money.given'), w.count(of.given)],
    [say('money.began'), w.count(of.began)],
    [say('money.ended'), w.count(of.ended)],
    [say('money.churn'), before > 0 ? w.percent(of.ended / before) : '–'],
    [
      say('money.converted'),
      of.trialsOver > 0 ? say('money.convertedOf', { paid: of.trialsPaid, over: of.trialsOver }) : '–',
    ],
  ] as const;
  return (
    <Section title={say('money.now')}>
      <dl class="tallies">
        {tallies.map(([name, value]) => (
          <div key={name} class="tally">
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <p class="faint small">{say('money.asOf', { day: w.day(of.day) })}</p>
    </Section>
  );
}

const columns = [
  'payments',
  'refunds',
  'disputes',
  'won',
  'tax',
  'earned',
  'earnedByPlans',
  'earnedBySales',
  'earnedByAds',
] as const;
const words = {
  payments: 'money.payments',
  refunds: 'money.refunds',
  disputes: 'money.disputes',
  won: 'money.won',
  tax: 'money.tax',
  earned: 'money.earned',
  earnedByPlans: 'money.plans',
  earnedBySales: 'money.sales',
  earnedByAds: 'money.ads',
} as const;

function Months({ months, currency }: { months: Money['months']; currency: string }) {
  const say = useSay();
  const w = useWritten();
  const rows = months.map(({ month, sums }) => ({
    month,
    of: sums.find((one) => one.currency === currency),
  }));
  const [first, last] = [rows[0]!.month, rows.at(-1)!.month];
  return (
    <>
      <Section title={say('money.earned')}>
        <p class="faint small">{say('money.earnedText')}</p>
        <Bars
          summary={say('money.chart', {
            currency: currency.toUpperCase(),
            from: w.month(first),
            to: w.month(last),
          })}
          axis={(value) => w.compact(value)}
          every={2}
          bars={rows.map(({ month, of }) => ({
            key: startOf(month),
            name: w.shortMonth(month),
            value: Math.max(0, inUnits(of?.earned ?? 0, currency)),
            text: `${w.month(month)}: ${w.money(of?.earned ?? 0, currency)}`,
          }))}
        />
      </Section>
      <Section title={say('money.byMonth')}>
        <Sheet label={say('money.byMonth')}>
          <table class="table">
            <caption class="only-heard">{say('money.byMonth')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('money.month')}</th>
                {columns.map((name) => (
                  <th key={name} scope="col" class="table__count">
                    {say(words[name])}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.toReversed().map(({ month, of }) => (
                <tr key={month}>
                  <th scope="row">{w.month(month)}</th>
                  {columns.map((name) => (
                    <td key={name} class="table__count">
                      {of?.[name] ? w.money(of[name], currency) : <span class="faint">–</span>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Sheet>
      </Section>
    </>
  );
}

function Disputes({ of }: { of: Money['openDisputes'] }) {
  const { format } = useDesk();
  const say = useSay();
  const w = useWritten();
  return (
    <Section title={say('money.open')}>
      {of.length === 0 ? (
        <p class="faint">{say('money.openNone')}</p>
      ) : (
        <ul class="lines">
          {of.map(({ id, at, amount, currency }) => (
            <li key={id} class="line">
              <p>
                <strong>{w.money(-amount, currency)}</strong> <span class="break faint">{id}</span>
              </p>
              <span class="faint">{format.dateTime(at)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
