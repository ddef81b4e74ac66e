import type { ComponentChildren } from 'preact';
import type { StripeEventDetail } from '../../../schema/api/billing-events.ts';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { FailureNotice, Heading, Section, Shown, State } from '../parts.tsx';
import { at } from '../places.ts';
import { stripeEvents as calls } from './event-calls.ts';
import { useSay } from './event-words.ts';
import { tones, useReplay } from './events.tsx';

/** One event: what came of it, and what it said. */
export function EventPage({ id }: { id: string }) {
  const say = useSay();
  const event = useFresh(
    `stripe event ${id}`,
    () => calls.read(id),
    ({ state }) => state === 'waiting',
  );
  const { replay, failure } = useReplay(() => void event.refresh());
  const { value } = event;
  return (
    <>
      <Heading title={value?.type ?? id} trail={[{ href: at('stripe-events'), name: say('events.title') }]}>
        {value?.body !== null && value !== null && value.state !== 'waiting' && (
          <Button look="primary" onClick={() => void replay([id])}>
            {say('events.replay')}
          </Button>
        )}
      </Heading>
      {failure && <FailureNotice failure={failure} />}
      <Shown of={event}>
        {(shown) => (
          <>
            <Facts of={shown} />
            <Section title={say('event.body')}>
              {shown.body === null ? (
                <p class="faint">{say('event.bodyGone')}</p>
              ) : (
                <>
                  <p class="faint small">{say('event.bodyText')}</p>
                  <textarea
                    class="log"
                    readOnly
                    rows={20}
                    aria-label={say('event.body')}
                    value={JSON.stringify(shown.body, null, 2)}
                  />
                </>
              )}
            </Section>
          </>
        )}
      </Shown>
    </>
  );
}

function Facts({ of }: { of: StripeEventDetail }) {
  const { format } = useDesk();
  const say = useSay();
  const { id, state, objectId, problem, attempts } = of;
  return (
    <dl class="facts">
      <Fact name={say('events.state')}>
        <State tone={tones[state]}>{say(`state.${state}`)}</State> <code class="small break">{id}</code>
      </Fact>
      {objectId && (
        <Fact name={say('events.object')}>
          <code class="break">{objectId}</code>{' '}
          <a href={`${at('stripe-events')}?q=${encodeURIComponent(objectId)}`}>{say('event.same')}</a>
        </Fact>
      )}
      {problem && (
        <Fact name={say(state === 'done' ? 'event.note' : 'event.problem')}>
          <span class="break">{problem}</span>
        </Fact>
      )}
      {attempts > 0 && <Fact name={say('event.attempts')}>{say('event.times', { count: attempts })}</Fact>}
      <Fact name={say('event.happened')}>{format.dateTime(of.happenedAt)}</Fact>
      <Fact name={say('event.received')}>{format.dateTime(of.receivedAt)}</Fact>
      <Fact name={say('event.deliveries')}>{say('event.times', { count: of.deliveries })}</Fact>
      {state === 'waiting' && <Fact name={say('event.due')}>{format.dateTime(of.dueAt)}</Fact>}
      {of.doneAt !== null && <Fact name={say('event.done')}>{format.dateTime(of.doneAt)}</Fact>}
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
