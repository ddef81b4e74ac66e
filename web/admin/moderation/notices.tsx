import { noticeStates } from '../../../schema/moderation-terms.ts';
import { FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, Heading, Shown, State, type Tone } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable } from '../table/long-table.tsx';
import { notices as calls } from './calls.ts';
import { useSay } from './words.ts';

export const tones: Record<(typeof noticeStates)[number], Tone> = {
  received: 'warning',
  acted: 'good',
  rejected: 'quiet',
};

/** What rights holders sent, the latest first; those that nobody answered unless others are asked for. */
export function NoticesPage({ address }: { address: URL }) {
  const { format } = useDesk();
  const say = useSay();
  const asked = address.searchParams.get('state') ?? 'received';
  const state = noticeStates.find((one) => one === asked);
  const query = state ? { state } : {};
  const key = `notices ${state ?? ''}`;
  const first = useFresh(key, () => calls.list(query));
  const pages = usePages(key, first.value, (cursor) => calls.list({ ...query, cursor }));
  return (
    <>
      <Heading title={say('notices.title')} />
      <search class="filters">
        <FieldFrame label={say('notices.state')}>
          {(tied) => (
            <select
              {...tied}
              value={state ?? 'any'}
              onChange={({ currentTarget }) =>
                go(`${at('moderation')}?state=${currentTarget.value}`, { replace: true })
              }
            >
              <option value="any">{say('notices.any')}</option>
              {noticeStates.map((one) => (
                <option key={one} value={one}>
                  {say(`state.${one}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      </search>
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say('notices.none')}>
              <p>{say('notices.noneText')}</p>
            </Empty>
          ) : (
            <LongTable
              label={say('notices.title')}
              rows={pages.items}
              further={pages}
              nameOf={(row) => row.work}
              columns={[
                {
                  key: 'work',
                  name: say('notices.work'),
                  width: 'minmax(12rem, 2fr)',
                  names: true,
                  cell: (row) => (
                    <a class="clamp" href={at('notice', { id: row.id })}>
                      {row.work}
                    </a>
                  ),
                },
                {
                  key: 'from',
                  name: say('notices.from'),
                  width: 'minmax(8rem, 1fr)',
                  cell: (row) => row.onBehalfOf ?? row.name,
                },
                {
                  key: 'addresses',
                  name: say('notices.addresses'),
                  width: '7rem',
                  number: true,
                  aside: true,
                  cell: (row) => row.addresses.length,
                },
                {
                  key: 'received',
                  name: say('notices.received'),
                  width: '8rem',
                  aside: true,
                  cell: (row) => (
                    <time
                      dateTime={new Date(row.createdAt).toISOString()}
                      title={format.dateTime(row.createdAt)}
                    >
                      {format.ago(row.createdAt, Date.now())}
                    </time>
                  ),
                },
                {
                  key: 'state',
                  name: say('notices.state'),
                  width: '8.5rem',
                  cell: (row) => <State tone={tones[row.state]}>{say(`state.${row.state}`)}</State>,
                },
              ]}
            />
          )
        }
      </Shown>
    </>
  );
}
