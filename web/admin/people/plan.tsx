import { useState } from 'preact/hooks';
import type { Account } from '../../../schema/api/people.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { fromLocal, toLocal } from '../local-time.ts';
import { FailureNotice, Section } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { people as calls, plans } from './calls.ts';
import { useSay } from './words.ts';

/** Which plan somebody is on, put there by hand; what plays under the one before ends. */
export function Plan({ of, onDone }: { of: Account; onDone: () => void }) {
  const { format } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const list = useFresh('plans', plans.list);
  const [planId, setPlanId] = useState(of.planId ?? '');
  const [until, setUntil] = useState(toLocal(of.planUntil));
  const [failure, setFailure] = useState<Failure | null>(null);
  const changed = planId !== (of.planId ?? '') || until !== toLocal(of.planUntil);
  const save = async () => {
    const yes = await confirm({
      title: say('plan.sure', { name: of.name }),
      text: say('plan.sureText'),
      yes: say('plan.put'),
    });
    if (!yes) return;
    const answer = await calls.plan(of.id, planId || null, planId ? fromLocal(until) : null);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    toasts.say({ text: say('plan.done'), tone: 'good' });
    onDone();
  };
  const since =
    of.planId === null
      ? say('plan.none')
      : of.planUntil === null
        ? say('plan.since', { when: format.date(of.planSince ?? 0) })
        : say('plan.window', { from: format.date(of.planSince ?? 0), until: format.date(of.planUntil) });
  return (
    <Section title={say('person.plan')}>
      <p class="faint">{since}</p>
      {failure && <FailureNotice failure={failure} />}
      <div class="narrow">
        <FieldFrame label={say('plan.label')}>
          {(tied) => (
            <select
              {...tied}
              name="plan"
              value={planId}
              onChange={({ currentTarget }) => setPlanId(currentTarget.value)}
            >
              <option value="">{say('plan.base')}</option>
              {list.value?.items.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <Field
          label={say('plan.until')}
          hint={say('plan.untilHint')}
          type="datetime-local"
          name="until"
          disabled={planId === ''}
          value={until}
          onInput={({ currentTarget }) => setUntil(currentTarget.value)}
        />
        <Button look="outline" disabled={!changed} onClick={() => void save()}>
          {say('plan.put')}
        </Button>
      </div>
    </Section>
  );
}
