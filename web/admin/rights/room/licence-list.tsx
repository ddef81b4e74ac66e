import { useMemo } from 'preact/hooks';
import { licenceStates, type LicenceItem } from '../../../../schema/api/rights-room.ts';
import { countryCodes } from '../../../../schema/countries.ts';
import { businessModels } from '../../../../schema/plans.ts';
import { FieldFrame } from '../../../ui/field.tsx';
import { useDesk } from '../../desk.ts';
import { useFresh } from '../../fresh-hook.ts';
import { go } from '../../navigation.ts';
import { usePages } from '../../pages-hook.ts';
import { Empty, Heading, Shown, State, type Tone } from '../../parts.tsx';
import { at } from '../../places.ts';
import { LongTable, type Column } from '../../table/long-table.tsx';
import { licences as calls, licensors as licensorCalls, type LicenceAsked } from '../calls.ts';
import { scopeOf, whereOf, windowOf } from '../territories.ts';
import { useSay } from '../words.ts';
import { withParams } from './params.ts';
import { RightsTabs } from './tabs.tsx';
import { useRoom } from './words.ts';

export const stateTones: Record<LicenceItem['state'], Tone> = {
  current: 'good',
  future: 'warning',
  over: 'quiet',
  amended: 'quiet',
  revoked: 'danger',
};
const filters = ['licensor', 'territory', 'model', 'state', 'endsWithin'] as const;

/** What the list is narrowed by, as its address says it. What no such list has is the API's to refuse. */
const filterOf = (params: URLSearchParams) =>
  Object.fromEntries(
    filters.flatMap((name) => (params.get(name) ? [[name, params.get(name)!]] : [])),
  ) as LicenceAsked;

/** All licences of all titles. */
export function LicenceListPage({ address }: { address: URL }) {
  const room = useRoom();
  const filter = filterOf(address.searchParams);
  const key = `licences ${JSON.stringify(filter)}`;
  const first = useFresh(key, () => calls.page(filter));
  const pages = usePages(key, first.value, (cursor) => calls.page({ ...filter, cursor }));
  const exported = `/api/admin/licences.csv?${new URLSearchParams(filter as Record<string, string>).toString()}`;
  return (
    <>
      <Heading title={room('rights.title')}>
        <a class="button button--outline" href={exported} download>
          {room('licences.export')}
        </a>
      </Heading>
      <RightsTabs now="licences" />
      <Filters address={address} />
      <Shown of={first}>
        {() =>
          pages.items.length === 0 && !pages.next ? (
            <Empty title={room('licences.nothing')}>
              <p>{room('licences.nothingText')}</p>
            </Empty>
          ) : (
            <LicenceTable label={room('tab.licences')} rows={pages.items} further={pages} />
          )
        }
      </Shown>
    </>
  );
}

export function LicenceTable({
  label,
  rows,
  further,
}: {
  label: string;
  rows: readonly LicenceItem[];
  further?: ReturnType<typeof usePages>;
}) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  // Made once: rows that did not change are not drawn again.
  const columns = useMemo(
    (): Column<LicenceItem>[] => [
      {
        key: 'title',
        name: room('column.title'),
        width: 'minmax(8rem, 1.4fr)',
        names: true,
        cell: (row) => (
          <>
            <a href={at('licence', { id: row.id })}>{row.titleName}</a>
            {row.licensorName && <span class="faint small under-name">{row.licensorName}</span>}
          </>
        ),
      },
      {
        key: 'where',
        name: say('licences.where'),
        width: 'minmax(7rem, 1.5fr)',
        cell: (row) => <span class="clamp">{whereOf(say, format, row.territories)}</span>,
      },
      {
        key: 'window',
        name: room('column.window'),
        width: 'minmax(7rem, 1.3fr)',
        cell: (row) => windowOf(say, { ...format, dateTime: format.date }, row),
      },
      {
        key: 'terms',
        name: say('licences.models'),
        width: 'minmax(7rem, 1.1fr)',
        aside: true,
        cell: (row) =>
          [
            format.list(row.models.map((model) => say(`model.${model}`))),
            row.season === null ? '' : scopeOf(say, row),
          ]
            .filter(Boolean)
            .join(' · '),
      },
      {
        key: 'state',
        name: room('column.state'),
        width: '7.5rem',
        cell: (row) => <State tone={stateTones[row.state]}>{room(`state.${row.state}`)}</State>,
      },
    ],
    [format, say, room],
  );
  return (
    <LongTable
      label={label}
      rows={rows}
      columns={columns}
      nameOf={(row) => row.titleName}
      {...(further ? { further } : {})}
    />
  );
}

function Filters({ address }: { address: URL }) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const licensors = useFresh('licensors', licensorCalls.list);
  const one = (
    name: (typeof filters)[number],
    label: string,
    options: readonly { value: string; name: string }[],
  ) => (
    <FieldFrame label={label}>
      {(tied) => (
        <select
          {...tied}
          value={address.searchParams.get(name) ?? ''}
          onChange={({ currentTarget }) =>
            go(withParams(address, { [name]: currentTarget.value }), { replace: true })
          }
        >
          <option value="">{room('filter.any')}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
  const countries = countryCodes
    .map((value) => ({ value, name: format.country(value) }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <search class="filters">
      {one(
        'licensor',
        say('licences.licensor'),
        (licensors.value?.items ?? []).map(({ id, name }) => ({ value: id, name })),
      )}
      {one('territory', say('licences.countries'), countries)}
      {one(
        'model',
        say('licences.models'),
        businessModels.map((value) => ({ value, name: say(`model.${value}`) })),
      )}
      {one(
        'state',
        room('column.state'),
        licenceStates.map((value) => ({ value, name: room(`state.${value}`) })),
      )}
      {one(
        'endsWithin',
        room('filter.endsWithin'),
        [7, 30, 90, 365].map((days) => ({
          value: String(days),
          name: room('attention.within', { count: days }),
        })),
      )}
    </search>
  );
}
