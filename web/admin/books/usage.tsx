import { bookGroups, type BookGroup, type Usage } from '../../../schema/api/books.ts';
import { businessModels } from '../../../schema/plans.ts';
import { FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { Share } from '../overview/chart.tsx';
import { Empty, Heading, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { books as calls } from './calls.ts';
import { MonthChoice } from './month-choice.tsx';
import { BookTabs } from './tabs.tsx';
import { Sheet } from './sheet.tsx';
import { useSay } from './words.ts';
import { monthName, useWritten } from './written.ts';

/** What was watched in a month and what that earned, by one thing. */
export function UsagePage({ address }: { address: URL }) {
  const { t, format } = useDesk();
  const say = useSay();
  const month = address.searchParams.get('month') ?? monthName(Date.now());
  const asked = address.searchParams.get('by');
  const by = bookGroups.find((one) => one === asked) ?? 'title';
  const usage = useFresh(`usage ${month} ${by}`, () => calls.usage(month, by));
  const show = (next: { month?: string; by?: string }) =>
    go(`${at('usage')}?${new URLSearchParams({ month, by, ...next })}`);
  return (
    <>
      <Heading title={t('room.books')} />
      <BookTabs now="usage" />
      <p class="under">{say('usage.lead')}</p>
      <div class="narrow">
        <MonthChoice month={month} onMonth={(next) => show({ month: next })} />
        <FieldFrame label={say('usage.by')}>
          {(tied) => (
            <select
              {...tied}
              name="by"
              value={by}
              onChange={({ currentTarget }) => show({ by: currentTarget.value })}
            >
              {bookGroups.map((group) => (
                <option key={group} value={group}>
                  {say(`usage.${group}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      </div>
      <Shown of={usage}>
        {(value) =>
          value.items.length === 0 ? (
            <Empty title={say('usage.none')}>
              <p>{say('usage.noneText')}</p>
            </Empty>
          ) : (
            <>
              <UsageTable of={value} by={by} />
              {value.reckonedAt !== null && (
                <p class="faint small">
                  {say('usage.reckoned', { when: format.dateTime(value.reckonedAt) })}
                </p>
              )}
            </>
          )
        }
      </Shown>
    </>
  );
}

function UsageTable({ of, by }: { of: Usage; by: BookGroup }) {
  const say = useSay();
  const w = useWritten();
  const most = Math.max(...of.items.map(({ minutes }) => minutes));
  return (
    <Sheet label={say(`usage.${by}`)}>
      <table class="table">
        <caption class="only-heard">{say(`usage.${by}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{say(`usage.${by}`)}</th>
            {(['plays', 'minutes', 'given', 'revenue'] as const).map((name) => (
              <th key={name} scope="col" class="table__count">
                {say(`usage.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.items.map((item) => (
            <tr key={item.of}>
              <th scope="row">
                <Named item={item} by={by} />
                <Share of={item.minutes} most={most} />
              </th>
              <td class="table__count">{w.count(item.plays)}</td>
              <td class="table__count">{w.count(item.minutes)}</td>
              <td class="table__count">{item.givenMinutes ? w.count(item.givenMinutes) : '–'}</td>
              <td class="table__count">{w.sums(item.revenue)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  );
}

function Named({ item: { of, name }, by }: { item: Usage['items'][number]; by: BookGroup }) {
  const { format } = useDesk();
  const say = useSay();
  const model = businessModels.find((one) => one === of);
  switch (by) {
    case 'title':
      return of ? <a href={at('title', { id: of })}>{name ?? of}</a> : say('usage.nobody');
    case 'licensor':
      return of ? <a href={at('licensor', { id: of })}>{name ?? of}</a> : say('usage.nobody');
    case 'territory':
      return of ? format.country(of) : say('usage.unknown');
    case 'plan':
      return of || say('usage.noPlan');
    case 'model':
      return model ? say(`model.${model}`) : of;
    default:
      return by satisfies never;
  }
}
