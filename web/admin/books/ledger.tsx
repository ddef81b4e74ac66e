import { useMemo, useState } from 'preact/hooks';
import type { LedgerEntry } from '../../../schema/api/books.ts';
import { entryKinds } from '../../../schema/book-terms.ts';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, FailureNotice, Heading, Section, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable, type Column } from '../table/long-table.tsx';
import { books as calls, download, type LedgerAsked } from './calls.ts';
import { MonthChoice } from './month-choice.tsx';
import { BookTabs } from './tabs.tsx';
import { Sheet } from './sheet.tsx';
import { useSay } from './words.ts';
import { useWritten } from './written.ts';

function askedIn({ searchParams }: URL): LedgerAsked {
  const [month, kind, user] = ['month', 'kind', 'user'].map((name) => searchParams.get(name) ?? '');
  const known = entryKinds.find((one) => one === kind);
  return { ...(month ? { month } : {}), ...(known ? { kind: known } : {}), ...(user ? { user } : {}) };
}

/** Every payment, refund and dispute. */
export function LedgerPage({ address }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const by = askedIn(address);
  const key = `ledger ${JSON.stringify(by)}`;
  const first = useFresh(key, () => calls.ledger(by));
  const pages = usePages(key, first.value, (cursor) => calls.ledger(by, cursor));
  const columns = useColumns();
  return (
    <>
      <Heading title={t('room.books')} />
      <BookTabs now="ledger" />
      <p class="under">{say('ledger.lead')}</p>
      <Narrow by={by} />
      {by.month && <Taxes month={by.month} />}
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say('ledger.none')}>
              <p>{say('ledger.noneText')}</p>
            </Empty>
          ) : (
            <LongTable
              label={say('tab.ledger')}
              rows={pages.items}
              further={pages}
              nameOf={({ id }) => id}
              columns={columns}
            />
          )
        }
      </Shown>
    </>
  );
}

function Narrow({ by }: { by: LedgerAsked }) {
  const say = useSay();
  const [failure, setFailure] = useState<Failure | null>(null);
  const show = (next: Record<string, string>) => {
    const query = Object.entries({ ...by, ...next }).filter(([, value]) => value);
    go(query.length > 0 ? `${at('ledger')}?${new URLSearchParams(query)}` : at('ledger'));
  };
  const { month } = by;
  const save = async (of: string) => {
    const answer = await download(`/api/admin/books/ledger/export?month=${of}`, `ledger-${of}.csv`);
    setFailure(answer.ok ? null : answer);
  };
  return (
    <>
      <div class="narrow">
        <MonthChoice month={month ?? ''} onMonth={(next) => show({ month: next })} any={say('ledger.all')} />
        <FieldFrame label={say('ledger.kind')}>
          {(tied) => (
            <select
              {...tied}
              name="kind"
              value={by.kind ?? ''}
              onChange={({ currentTarget }) => show({ kind: currentTarget.value })}
            >
              <option value="">{say('ledger.all')}</option>
              {entryKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {say(`kind.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        {month && (
          <Button look="outline" onClick={() => void save(month)}>
            {say('ledger.export')}
          </Button>
        )}
      </div>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

function Taxes({ month }: { month: string }) {
  const { format } = useDesk();
  const say = useSay();
  const w = useWritten();
  const taxes = useFresh(`taxes ${month}`, () => calls.taxes(month));
  if (taxes.value?.items.length === 0) return null;
  return (
    <Section title={say('ledger.taxes', { month: w.month(month) })}>
      <Shown of={taxes}>
        {({ items }) => (
          <Sheet label={say('ledger.taxes', { month: w.month(month) })}>
            <table class="table">
              <caption class="only-heard">{say('ledger.taxes', { month: w.month(month) })}</caption>
              <thead>
                <tr>
                  <th scope="col">{say('ledger.country')}</th>
                  {(['ledger.entries', 'ledger.gross', 'ledger.tax'] as const).map((word) => (
                    <th key={word} scope="col" class="table__count">
                      {say(word)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map(({ country, currency, entries, amount, tax }) => (
                  <tr key={`${country} ${currency}`}>
                    <th scope="row">{country ? format.country(country) : say('usage.unknown')}</th>
                    <td class="table__count">{w.count(entries)}</td>
                    <td class="table__count">{w.money(amount, currency)}</td>
                    <td class="table__count">{w.money(tax, currency)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Sheet>
        )}
      </Shown>
    </Section>
  );
}

function useColumns(): Column<LedgerEntry>[] {
  const { format } = useDesk();
  const say = useSay();
  const w = useWritten();
  return useMemo(
    () => [
      {
        key: 'at',
        name: say('ledger.at'),
        width: 'minmax(9rem, 1fr)',
        names: true,
        cell: (row) => <span title={row.id}>{format.dateTime(row.at)}</span>,
      },
      { key: 'kind', name: say('ledger.kind'), width: '8rem', cell: ({ kind }) => say(`kind.${kind}`) },
      {
        key: 'for',
        name: say('ledger.for'),
        width: 'minmax(10rem, 2fr)',
        cell: ({ titleId, titleName, planId, model }) =>
          titleId ? (
            <>
              <a href={at('title', { id: titleId })}>{titleName ?? titleId}</a>
              {model && <span class="faint"> {say(`model.${model}`)}</span>}
            </>
          ) : (
            planId
          ),
      },
      {
        key: 'country',
        name: say('ledger.country'),
        width: '8rem',
        aside: true,
        cell: ({ country }) => (country ? format.country(country) : <span class="faint">–</span>),
      },
      {
        key: 'account',
        name: say('ledger.account'),
        width: 'minmax(8rem, 1fr)',
        aside: true,
        cell: ({ userId }) =>
          userId ? (
            <a class="break" href={at('person', { id: userId })}>
              {userId}
            </a>
          ) : (
            <span class="faint">{say('ledger.gone')}</span>
          ),
      },
      {
        key: 'tax',
        name: say('ledger.tax'),
        width: '7rem',
        number: true,
        aside: true,
        cell: ({ tax, currency }) => w.money(tax, currency),
      },
      {
        key: 'amount',
        name: say('money.amount'),
        width: '8rem',
        number: true,
        cell: ({ amount, currency }) => w.money(amount, currency),
      },
    ],
    [format, say],
  );
}
