import { useState } from 'preact/hooks';
import type { LicenceDetail } from '../../../../schema/api/rights-room.ts';
import type { Id } from '../../../../schema/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { useDesk } from '../../desk.ts';
import { useFresh, type Loaded } from '../../fresh-hook.ts';
import { go } from '../../navigation.ts';
import { FailureNotice, Heading, Section, Shown, State } from '../../parts.tsx';
import { at } from '../../places.ts';
import { useToasts } from '../../toasts.tsx';
import { licences as calls, licensors, plans } from '../calls.ts';
import { LicenceForm } from '../licence-form.tsx';
import { termsOf } from '../licences.tsx';
import { whereOf } from '../territories.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { useRevoke } from '../use-revoke.ts';
import { useSay } from '../words.ts';
import { stateTones } from './licence-list.tsx';
import { useRoom } from './words.ts';

/** One licence: what it says, what became of it, and all that amended each other. */
export function LicencePage({ id }: { id: Id<'licence'> }) {
  const room = useRoom();
  const licence = useFresh(`licence ${id}`, () => calls.read(id));
  const trail = [{ href: at('licences'), name: room('tab.licences') }];
  return (
    <>
      <Heading title={room('licence.title')} trail={trail} />
      <Shown of={licence}>{(value) => <One licence={value} loaded={licence} />}</Shown>
    </>
  );
}

function One({ licence, loaded }: { licence: LicenceDetail; loaded: Loaded<LicenceDetail> }) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const toasts = useToasts();
  const [amending, setAmending] = useState(false);
  const { revoke, busy, failure } = useRevoke(licence, licence.titleName, () => {
    toasts.say({ text: say('licences.revoked'), tone: 'good' });
    void loaded.refresh();
  });
  return (
    <>
      <div class="panel">
        <p class="licence__where">
          <a href={at('title-part', { id: licence.titleId, part: 'rights' })}>
            <strong>{licence.titleName}</strong>
          </a>
          <strong>{whereOf(say, format, licence.territories)}</strong>
          <State tone={stateTones[licence.state]}>{room(`state.${licence.state}`)}</State>
        </p>
        <p>{termsOf(say, format, licence, undefined).join(' · ')}</p>
        {licence.licensorId && (
          <p>
            {say('licences.licensor')}:{' '}
            <a href={at('licensor', { id: licence.licensorId })}>{licence.licensorName}</a>
          </p>
        )}
        {licence.endedAt !== null && (
          <p>
            {say('licences.amendedBecause', {
              when: format.dateTime(licence.endedAt),
              because: licence.endedBecause ?? '',
            })}
          </p>
        )}
        {failure && <FailureNotice failure={failure} />}
        {licence.endedAt === null && !amending && (
          <div class="form__do">
            <Button look="outline" onClick={() => setAmending(true)}>
              {say('licences.amend')}
            </Button>
            <Button look="danger" disabled={busy} onClick={() => void revoke()}>
              {say('licences.revoke')}
            </Button>
          </div>
        )}
      </div>
      {amending && <Amendment licence={licence} onCancel={() => setAmending(false)} />}
      <Section title={room('licence.history')}>
        <Timeline
          licences={licence.history}
          holdbacks={[]}
          names={{
            licensor: (id) => (id === licence.licensorId ? (licence.licensorName ?? undefined) : undefined),
          }}
        />
        <ol class="licences">
          {licence.history.map((one) => (
            <li key={one.id} class="licence">
              <div>
                <p class="licence__where">
                  {one.id === licence.id ? (
                    <strong>{room('licence.this')}</strong>
                  ) : (
                    <a href={at('licence', { id: one.id })}>{whereOf(say, format, one.territories)}</a>
                  )}
                  <State tone={stateTones[one.state]}>{room(`state.${one.state}`)}</State>
                  <span class="faint small">
                    {room('licence.made', { when: format.dateTime(one.createdAt) })}
                  </span>
                </p>
                <p class="faint small">{termsOf(say, format, one, undefined).join(' · ')}</p>
                {one.endedBecause && <p class="faint small">{one.endedBecause}</p>}
              </div>
            </li>
          ))}
        </ol>
      </Section>
    </>
  );
}

function Amendment({ licence, onCancel }: { licence: LicenceDetail; onCancel: () => void }) {
  const { format } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const all = useFresh('licensors', licensors.list);
  const plan = useFresh('plans', plans.list);
  return (
    <Section title={say('licences.amend')}>
      <p>{say('licences.amending', { where: whereOf(say, format, licence.territories) })}</p>
      <LicenceForm
        titleId={licence.titleId}
        amends={licence}
        licensors={all}
        plans={plan.value?.items ?? []}
        onSaved={(made) => {
          toasts.say({ text: say('licences.amended'), tone: 'good' });
          go(at('licence', { id: made.id }));
        }}
        onCancel={onCancel}
      />
    </Section>
  );
}
