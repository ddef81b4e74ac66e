import type { Account } from '../../../schema/api/people.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { lazy } from '../lazy.tsx';
import { Heading, Section, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { people as calls } from './calls.ts';
import { Closing } from './closing.tsx';
import { Email } from './email.tsx';
import { States } from './people.tsx';
import { Plan } from './plan.tsx';
import { Plays } from './plays.tsx';
import { RoleChoice } from './role-choice.tsx';
import { Devices, Playing } from './signed-in.tsx';
import { useSay } from './words.ts';

/** What they pay for and have bought. */
const Billing = lazy<{ id: string }>(async (language) => {
  const { personBilling } = await import('../billing/person-billing.tsx');
  return personBilling(language);
});
/** What staff changed of an account, or did to it. */
const Log = lazy<{ id: string }>(async (language) => {
  const { personLog } = await import('./person-log.tsx');
  return personLog(language);
});

/** An account, as support sees it: without its secrets. Opening it is written down. */
export function PersonPage({ id }: { id: string }) {
  const { t } = useDesk();
  const say = useSay();
  const account = useFresh(`person ${id}`, () => calls.open(id));
  const again = () => void account.refresh();
  return (
    <>
      <Heading
        title={account.value?.name || say('person.title')}
        trail={[{ href: at('people'), name: t('room.people') }]}
      />
      <p class="faint small">{say('person.seen')}</p>
      <Shown of={account}>
        {(of) => (
          <>
            <Facts of={of} />
            <RoleChoice key={of.role} of={of} onDone={again} />
            <Plan key={`${of.planId} ${of.planUntil}`} of={of} onDone={again} />
            <Billing id={of.id} />
            <Playing of={of} onDone={again} />
            <Devices of={of} onDone={again} />
            <Household of={of} />
            <Plays id={of.id} />
            <Closing of={of} onDone={again} />
            <Section title={say('log.title')}>
              <Log id={of.id} />
            </Section>
          </>
        )}
      </Shown>
    </>
  );
}

function Facts({ of }: { of: Account }) {
  const { format } = useDesk();
  const say = useSay();
  const ways = [
    of.signIn.password && say('way.password'),
    of.signIn.app && say('way.app'),
    of.signIn.passkeys > 0 && say('way.passkeys', { count: of.signIn.passkeys }),
  ].filter((way) => typeof way === 'string');
  return (
    <div class="panel">
      <p class="panel__row">
        <States of={of} />
      </p>
      <dl class="facts">
        <div>
          <dt>{say('person.email')}</dt>
          <dd>
            <Email of={of} />
          </dd>
        </div>
        <div>
          <dt>{say('person.since')}</dt>
          <dd>{format.date(of.createdAt)}</dd>
        </div>
        <div>
          <dt>{say('person.signsIn')}</dt>
          <dd>{ways.length > 0 ? format.list(ways) : say('way.mail')}</dd>
        </div>
        <div>
          <dt>{say('person.id')}</dt>
          <dd class="break">{of.id}</dd>
        </div>
      </dl>
    </div>
  );
}

/** Who watches, and what was agreed to. */
function Household({ of: { profiles, consents } }: { of: Account }) {
  const { format } = useDesk();
  const say = useSay();
  return (
    <div class="halves">
      <Section title={say('profiles.title')}>
        {profiles.length === 0 && <p class="faint">{say('profiles.none')}</p>}
        <ul class="plain">
          {profiles.map(({ id, name, ageCeiling, locked }) => (
            <li key={id}>
              {name}{' '}
              <span class="faint small">
                {ageCeiling === 'all' ? say('profiles.all') : say('profiles.upTo', { age: ageCeiling })}
                {locked && ` · ${say('profiles.locked')}`}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={say('consents.title')}>
        {consents.length === 0 && <p class="faint">{say('consents.none')}</p>}
        <ul class="plain">
          {consents.map(({ kind, version, given, at: when }) => (
            <li key={kind}>
              {say(`consent.${kind}`)}: {say(given ? 'consents.given' : 'consents.taken')}{' '}
              <span class="faint small">
                {version} · {format.date(when)}
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
