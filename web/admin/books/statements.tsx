import { useMemo, useState } from 'preact/hooks';
import type { StatementItem } from '../../../schema/api/books.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { problemAt, useSave } from '../form.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, FailureNotice, Heading, Section, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { licensors } from '../rights/calls.ts';
import { LongTable, type Column } from '../table/long-table.tsx';
import { useToasts } from '../toasts.tsx';
import { statements as calls } from './calls.ts';
import { MonthChoice } from './month-choice.tsx';
import { BookTabs } from './tabs.tsx';
import { useSay } from './words.ts';
import { monthsBack, useWritten } from './written.ts';

/** What licensors were told, and a form to tell them. */
export function StatementsPage({ address }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const licensor = (address.searchParams.get('licensor') ?? undefined) as Id<'licensor'> | undefined;
  const key = `statements ${licensor}`;
  const first = useFresh(key, () => calls.list(licensor));
  const pages = usePages(key, first.value, (cursor) => calls.list(licensor, cursor));
  const columns = useColumns();
  return (
    <>
      <Heading title={t('room.books')} />
      <BookTabs now="statements" />
      <p class="under">{say('statements.lead')}</p>
      <Make licensor={licensor} />
      <Section title={say('statements.all')}>
        <Shown of={first}>
          {() =>
            pages.items.length === 0 ? (
              <Empty title={say('statements.none')}>
                <p>{say('statements.noneText')}</p>
              </Empty>
            ) : (
              <LongTable
                label={say('statements.all')}
                rows={pages.items}
                further={pages}
                nameOf={({ licensorName, month, number }) =>
                  say('statements.name', { licensor: licensorName, month, number })
                }
                columns={columns}
              />
            )
          }
        </Shown>
      </Section>
    </>
  );
}

function Make({ licensor }: { licensor: Id<'licensor'> | undefined }) {
  const { t } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const all = useFresh('licensors', licensors.list);
  const [whose, setWhose] = useState<string>(licensor ?? '');
  // The last month that is over.
  const [month, setMonth] = useState(monthsBack(Date.now(), 2)[1]!);
  const [reason, setReason] = useState('');
  const save = useSave(
    () =>
      calls.make({
        licensorId: whose,
        month,
        ...(reason.trim() ? { reason: reason.trim() } : {}),
      }),
    (made) => {
      toasts.say({ text: say('statements.made', { number: made.number }), tone: 'good' });
      go(at('statement', { id: made.id }));
    },
  );
  const problem = save.failure?.problem;
  return (
    <Section title={say('statements.make')}>
      <form ref={save.form} class="narrow" onSubmit={(event) => void save.submit(event)}>
        <FieldFrame label={say('statements.licensor')} problem={problemAt(problem, '/licensorId')}>
          {(tied) => (
            <select
              {...tied}
              name="licensor"
              required
              value={whose}
              onChange={({ currentTarget }) => setWhose(currentTarget.value)}
            >
              <option value="">{say('statements.choose')}</option>
              {all.value?.items.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <MonthChoice month={month} onMonth={setMonth} />
        <Field
          label={say('statements.reason')}
          hint={say('statements.reasonHint')}
          name="reason"
          maxLength={500}
          problem={problemAt(problem, '/reason')}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <Button type="submit" look="primary" disabled={save.busy || whose === ''}>
          {save.busy ? t('desk.loading') : say('statements.makeNow')}
        </Button>
      </form>
      {save.failure && <FailureNotice failure={save.failure} />}
    </Section>
  );
}

function useColumns(): Column<StatementItem>[] {
  const { format } = useDesk();
  const say = useSay();
  const w = useWritten();
  return useMemo(
    () => [
      {
        key: 'licensor',
        name: say('statements.licensor'),
        width: 'minmax(10rem, 2fr)',
        names: true,
        cell: ({ id, licensorName }) => <a href={at('statement', { id })}>{licensorName}</a>,
      },
      {
        key: 'month',
        name: say('statements.month'),
        width: 'minmax(8rem, 1fr)',
        cell: ({ month }) => w.month(month),
      },
      {
        key: 'number',
        name: say('statements.number'),
        width: '5rem',
        aside: true,
        cell: ({ number }) => number,
      },
      {
        key: 'minutes',
        name: say('usage.minutes'),
        width: '7rem',
        number: true,
        aside: true,
        cell: ({ minutes }) => w.count(minutes),
      },
      {
        key: 'owed',
        name: say('statements.owed'),
        width: 'minmax(8rem, 1fr)',
        number: true,
        cell: ({ owed }) => w.sums(owed),
      },
      {
        key: 'made',
        name: say('statements.madeAt'),
        width: '9rem',
        aside: true,
        cell: ({ createdAt }) => format.date(createdAt),
      },
    ],
    [format, say],
  );
}
