import { useState } from 'preact/hooks';
import { roles, type Role } from '../../../schema/api/accounts.ts';
import type { Account } from '../../../schema/api/people.ts';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from '../../ui/field.tsx';
import { useConfirm } from '../confirm.tsx';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Section } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { people as calls } from './calls.ts';
import { useSay } from './words.ts';

/** What somebody may do here. */
export function RoleChoice({ of: { id, name, role }, onDone }: { of: Account; onDone: () => void }) {
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [chosen, setChosen] = useState<Role>(role);
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async () => {
    const word = say(`role.${chosen}`);
    const yes = await confirm({
      title: say('role.sure', { name, role: word }),
      text: say(`role.${chosen}Text`),
      yes: say('role.give'),
      look: chosen === 'viewer' ? 'danger' : 'plain',
    });
    if (!yes) return;
    const answer = await calls.role(id, chosen);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    toasts.say({ text: say('role.given', { name, role: word }), tone: 'good' });
    onDone();
  };
  return (
    <Section title={say('person.role')}>
      {failure && <FailureNotice failure={failure} />}
      <div class="narrow">
        <FieldFrame label={say('role.label')} hint={say(`role.${chosen}Text`)}>
          {(tied) => (
            <select
              {...tied}
              name="role"
              value={chosen}
              onChange={({ currentTarget }) =>
                setChosen(roles.find((one) => one === currentTarget.value) ?? role)
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
        <Button look="outline" disabled={chosen === role} onClick={() => void save()}>
          {say('role.give')}
        </Button>
      </div>
    </Section>
  );
}
