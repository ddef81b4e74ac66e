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
      <dt>{say('events.state')}</dt>
      <dd>
        <State tone={tones[state]}>{say(`state.${state}`)}</State> <code class="small break">{id}</code>
      </dd>
      {objectId && (
        <>
          <dt>{say('events.object')}</dt>
          <dd>
            <code class="break">{objectId}</code>{' '}
            <a href={`${at('stripe-events')}?q=${encodeURIComponent(objectId)}`}>{say('event.same')}</a>
          </dd>
        </>
      )}
      {problem && (
        <>
          <dt>{say(state === 'done' ? 'event.note' : 'event.problem')}</dt>
          <dd class="break">{problem}</dd>
        </>
      )}
      {attempts > 0 && (
        <>
          <dt>{say('event.attempts')}</dt>
          <dd>{say('event.times', { count: attempts })}</dd>
        </>
      )}
      <dt>{say('event.happened')}</dt>
      <dd>{format.dateTime(of.happenedAt)}</dd>
      <dt>{say('event.received')}</dt>
      <dd>{format.dateTime(of.receivedAt)}</dd>
      <dt>{say('event.deliveries')}</dt>
      <dd>{say('event.times', { count: of.deliveries })}</dd>
      {state === 'waiting' && (
        <>
          <dt>{say('event.due')}</dt>
          <dd>{format.dateTime(of.dueAt)}</dd>
        </>
      )}
      {of.doneAt !== null && (
        <>
          <dt>{say('event.done')}</dt>
          <dd>{format.dateTime(of.doneAt)}</dd>
        </>
      )}
    </dl>
  );
}
