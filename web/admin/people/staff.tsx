import { useState } from 'preact/hooks';
import type { Invite, Staff } from '../../../schema/api/people.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { problemAt, useSave } from '../form.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Heading, Section, Shown, State } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable } from '../table/long-table.tsx';
import { useToasts } from '../toasts.tsx';
import { staff as calls } from './calls.ts';
import { RoleWord } from './people.tsx';
import { useSay } from './words.ts';

const roles = ['editor', 'moderator', 'admin'] as const;
type StaffRole = (typeof roles)[number];

/** Who works here, and asking others to. */
export function StaffPage() {
  const { t } = useDesk();
  const say = useSay();
  const list = useFresh('staff', calls.list);
  const again = () => void list.refresh();
  return (
    <>
      <Heading title={say('staff.title')} trail={[{ href: at('people'), name: t('room.people') }]} />
      <Shown of={list}>
        {(staff) => (
          <>
            {staff.secondFactorRequired && <Notice>{say('staff.required')}</Notice>}
            <Members of={staff} />
            <Invites items={staff.invites} onDone={again} />
          </>
        )}
      </Shown>
      <NewInvite onDone={again} />
    </>
  );
}

function Members({ of: { items, secondFactorRequired } }: { of: Staff }) {
  const { format } = useDesk();
  const say = useSay();
  return (
    <LongTable
      label={say('staff.title')}
      rows={items}
      nameOf={({ name }) => name}
      columns={[
        {
          key: 'name',
          name: say('person.name'),
          width: 'minmax(9rem, 2fr)',
          names: true,
          cell: ({ id, name }) => <a href={at('person', { id })}>{name || say('person.nameless')}</a>,
        },
        {
          key: 'email',
          name: say('person.email'),
          width: 'minmax(9rem, 2fr)',
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
          key: 'seen',
          name: say('staff.seen'),
          width: '11rem',
          cell: ({ lastSeenAt }) => (lastSeenAt === null ? say('staff.never') : format.dateTime(lastSeenAt)),
        },
        {
          key: 'factor',
          name: say('staff.factor'),
          width: '8rem',
          cell: ({ secondFactor }) =>
            secondFactor ? (
              <State tone="good">{say('staff.has')}</State>
            ) : (
              <State tone={secondFactorRequired ? 'danger' : 'warning'}>{say('staff.hasNot')}</State>
            ),
        },
      ]}
    />
  );
}

function Invites({ items, onDone }: { items: readonly Invite[]; onDone: () => void }) {
  const { format } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const [failure, setFailure] = useState<Failure | null>(null);
  if (items.length === 0 && !failure) return null;
  const remove = async ({ id, email }: Invite) => {
    if (
      !(await confirm({
        title: say('invites.sure', { email }),
        text: say('invites.text'),
        yes: say('invites.remove'),
      }))
    )
      return;
    const answer = await calls.uninvite(id);
    setFailure(answer.ok ? null : answer);
    onDone();
  };
  return (
    <Section title={say('invites.title')}>
      {failure && <FailureNotice failure={failure} />}
      <ul class="lines">
        {items.map((invite) => (
          <li key={invite.id} class="line">
            <p>
              {invite.email} <RoleWord role={invite.role} />{' '}
              <span class="faint small">
                {say('invites.by', { name: invite.by ?? '–', until: format.date(invite.expiresAt) })}
              </span>
            </p>
            <Button small look="plain" onClick={() => void remove(invite)}>
              {say('invites.remove')}
              <span class="only-heard">: {invite.email}</span>
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function NewInvite({ onDone }: { onDone: () => void }) {
  const say = useSay();
  const toasts = useToasts();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<StaffRole>('editor');
  const save = useSave(
    () => calls.invite(email, role),
    () => {
      toasts.say({ text: say('invites.sent', { email }), tone: 'good' });
      setEmail('');
      onDone();
    },
  );
  return (
    <Section title={say('invites.new')}>
      {save.failure && <FailureNotice failure={save.failure} />}
      <form ref={save.form} class="narrow" onSubmit={(event) => void save.submit(event)}>
        <Field
          label={say('person.email')}
          type="email"
          name="/email"
          required
          autocomplete="off"
          problem={problemAt(save.failure?.problem, '/email')}
          value={email}
          onInput={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <FieldFrame label={say('person.role')} hint={say(`role.${role}Text`)}>
          {(tied) => (
            <select
              {...tied}
              name="/role"
              value={role}
              onChange={({ currentTarget }) =>
                setRole(roles.find((one) => one === currentTarget.value) ?? role)
              }
            >
              {roles.map((one) => (
                <option key={one} value={one}>
                  {say(`role.${one}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <Button type="submit" look="primary" disabled={save.busy}>
          {say('invites.send')}
        </Button>
      </form>
    </Section>
  );
}
