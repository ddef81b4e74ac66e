import { useMemo, useState } from 'preact/hooks';
import { roles, type Role } from '../../../schema/api/accounts.ts';
import { personStates, type Person } from '../../../schema/api/people.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, Heading, Shown, State } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable, type Column } from '../table/long-table.tsx';
import { people as calls, plans, type Narrowed } from './calls.ts';
import { useSay } from './words.ts';

/** What an address asks for; `q` goes before the rest, of which there is one. */
function narrowedIn({ searchParams }: URL): Narrowed {
  const [q, role, plan, state] = ['q', 'role', 'plan', 'state'].map(
    (name) => searchParams.get(name)?.trim() ?? '',
  );
  if (q) return { q };
  const knownRole = roles.find((one) => one === role);
  if (knownRole) return { role: knownRole };
  if (plan) return { plan };
  const knownState = personStates.find((one) => one === state);
  return knownState ? { state: knownState } : {};
}
const addressOf = (by: Narrowed): string => {
  const query = new URLSearchParams(by);
  return `${at('people')}${query.size > 0 ? `?${query}` : ''}`;
};

/** Everybody with an account, the newest first; looked for, or narrowed by one thing. */
export function PeoplePage({ address }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const by = narrowedIn(address);
  const key = JSON.stringify(by);
  const first = useFresh(`people ${key}`, () => calls.list(by));
  const pages = usePages(key, first.value, (cursor) => calls.list(by, cursor));
  return (
    <>
      <Heading title={t('room.people')}>
        <ButtonLink look="outline" href={at('staff')}>
          {say('staff.all')}
        </ButtonLink>
      </Heading>
      <Narrow key={key} by={by} />
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say('list.none')}>
              <p>{say('list.noneText')}</p>
            </Empty>
          ) : (
            <PeopleTable rows={pages.items} further={pages} />
          )
        }
      </Shown>
    </>
  );
}

function Narrow({ by }: { by: Narrowed }) {
  const say = useSay();
  const [q, setQ] = useState(by.q ?? '');
  const list = useFresh('plans', plans.list);
  const now = by.role ? `role ${by.role}` : by.plan ? `plan ${by.plan}` : by.state ? `state ${by.state}` : '';
  const narrow = (text: string) => {
    const [what, value] = text.split(' ');
    go(addressOf(what && value ? { [what]: value } : {}));
  };
  return (
    <search class="narrow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          go(addressOf(q.trim() ? { q: q.trim() } : {}));
        }}
      >
        <Field
          label={say('list.find')}
          hint={say('list.findHint')}
          type="search"
          name="q"
          data-search
          autocomplete="off"
          value={q}
          onInput={({ currentTarget }) => setQ(currentTarget.value)}
        />
      </form>
      <FieldFrame label={say('list.only')}>
        {(tied) => (
          <select
            {...tied}
            name="only"
            value={now}
            onChange={({ currentTarget }) => narrow(currentTarget.value)}
          >
            <option value="">{say('list.all')}</option>
            <optgroup label={say('person.role')}>
              {roles.map((role) => (
                <option key={role} value={`role ${role}`}>
                  {say(`role.${role}`)}
                </option>
              ))}
            </optgroup>
            <optgroup label={say('person.plan')}>
              {list.value?.items.map(({ id, name }) => (
                <option key={id} value={`plan ${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
            <optgroup label={say('list.state')}>
              {personStates.map((state) => (
                <option key={state} value={`state ${state}`}>
                  {say(`state.${state}`)}
                </option>
              ))}
            </optgroup>
          </select>
        )}
      </FieldFrame>
    </search>
  );
}

function PeopleTable({
  rows,
  further,
}: {
  rows: readonly Person[];
  further: ReturnType<typeof usePages<Person>>;
}) {
  const { t } = useDesk();
  return (
    <LongTable
      label={t('room.people')}
      rows={rows}
      further={further}
      nameOf={({ name }) => name}
      columns={useColumns()}
    />
  );
}

/** Made once: rows that did not change are not drawn again. */
function useColumns(): Column<Person>[] {
  const { format } = useDesk();
  const say = useSay();
  return useMemo(
    () => [
      {
        key: 'name',
        name: say('person.name'),
        width: 'minmax(10rem, 2fr)',
        names: true,
        cell: ({ id, name }) => <a href={at('person', { id })}>{name || say('person.nameless')}</a>,
      },
      {
        key: 'email',
        name: say('person.email'),
        width: 'minmax(10rem, 2fr)',
        aside: true,
        cell: ({ email }) => <span class="break">{email}</span>,
      },
      {
        key: 'role',
        name: say('person.role'),
        width: '8rem',
        cell: ({ role }) => <RoleWord role={role} />,
      },
      {
        key: 'plan',
        name: say('person.plan'),
        width: '8rem',
        aside: true,
        cell: ({ planId }) => planId ?? <span class="faint">{say('plan.base')}</span>,
      },
      {
        key: 'state',
        name: say('list.state'),
        width: 'minmax(8rem, 1fr)',
        cell: (row) => <States of={row} />,
      },
      {
        key: 'since',
        name: say('person.since'),
        width: '9rem',
        aside: true,
        cell: ({ createdAt }) => format.date(createdAt),
      },
    ],
    [format, say],
  );
}

/** A role in a word; that of a viewer is the usual one, and quiet. */
export function RoleWord({ role }: { role: Role }) {
  const say = useSay();
  return role === 'viewer' ? (
    <span class="faint">{say('role.viewer')}</span>
  ) : (
    <strong>{say(`role.${role}`)}</strong>
  );
}

/** What is out of the ordinary about an account. */
export function States({
  of: { closesAt, emailVerified },
}: {
  of: Pick<Person, 'closesAt' | 'emailVerified'>;
}) {
  const { format } = useDesk();
  const say = useSay();
  return (
    <>
      {closesAt !== null && (
        <State tone="danger">{say('state.closes', { when: format.date(closesAt) })}</State>
      )}
      {!emailVerified && <State tone="warning">{say('state.unverified')}</State>}
    </>
  );
}
