import { useState } from 'preact/hooks';
import { eventStates, type EventState } from '../../../schema/api/billing-events.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, FailureNotice, Heading, Shown, State, type Tone } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable } from '../table/long-table.tsx';
import { useToasts } from '../toasts.tsx';
import { stripeEvents as calls, type Narrowed } from './event-calls.ts';
import { useSay } from './event-words.ts';
import { Reconciliations } from './reconciliations.tsx';

export const tones: Record<EventState, Tone> = { waiting: 'busy', done: 'good', dead: 'danger' };

/** Stripe's ids have an underscore after a word, its types have points. */
const isType = (text: string): boolean => text.includes('.');

function narrowedIn({ searchParams }: URL): Narrowed {
  const state = eventStates.find((one) => one === searchParams.get('state'));
  const q = searchParams.get('q')?.trim() ?? '';
  if (q !== '') return isType(q) ? { type: q } : { object: q };
  return state ? { state } : {};
}

/** What Stripe told us, the newest first, and how the last comparisons with it came out. */
export function EventsPage({ address }: { address: URL }) {
  const { format } = useDesk();
  const say = useSay();
  const by = narrowedIn(address);
  const key = `stripe events ${JSON.stringify(by)}`;
  const first = useFresh(
    key,
    () => calls.list(by),
    ({ items }) => items.some(({ state }) => state === 'waiting'),
  );
  const pages = usePages(key, first.value, (cursor) => calls.list(by, cursor));
  const { replay, failure } = useReplay(() => void first.refresh());
  return (
    <>
      <Heading title={say('events.title')}>
        {by.state === 'dead' && pages.items.length > 0 && (
          <Button look="outline" onClick={() => void replay()}>
            {say('events.replayAll')}
          </Button>
        )}
      </Heading>
      <p class="under">{say('events.lead')}</p>
      {failure && <FailureNotice failure={failure} />}
      <Reconciliations />
      <Filters by={by} />
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say('events.none')}>
              <p>{say('events.noneText')}</p>
            </Empty>
          ) : (
            <LongTable
              label={say('events.title')}
              rows={pages.items}
              further={pages}
              nameOf={({ type, id }) => `${type} ${id}`}
              columns={[
                {
                  key: 'type',
                  name: say('events.type'),
                  width: 'minmax(12rem, 2fr)',
                  names: true,
                  cell: ({ id, type, problem }) => (
                    <>
                      <a class="break" href={at('stripe-event', { id })}>
                        {type}
                      </a>
                      {problem && <span class="faint small clamp">{problem}</span>}
                    </>
                  ),
                },
                {
                  key: 'object',
                  name: say('events.object'),
                  width: 'minmax(9rem, 1.4fr)',
                  aside: true,
                  cell: ({ objectId }) => objectId && <code class="small break">{objectId}</code>,
                },
                {
                  key: 'came',
                  name: say('events.came'),
                  width: '8rem',
                  aside: true,
                  cell: ({ receivedAt }) => (
                    <time dateTime={new Date(receivedAt).toISOString()} title={format.dateTime(receivedAt)}>
                      {format.ago(receivedAt, Date.now())}
                    </time>
                  ),
                },
                {
                  key: 'state',
                  name: say('events.state'),
                  width: '8rem',
                  cell: ({ state }) => <State tone={tones[state]}>{say(`state.${state}`)}</State>,
                },
              ]}
            />
          )
        }
      </Shown>
    </>
  );
}

function Filters({ by }: { by: Narrowed }) {
  const say = useSay();
  return (
    <search class="filters">
      <FieldFrame label={say('events.narrow')}>
        {(tied) => (
          <select
            {...tied}
            value={by.state ?? 'any'}
            onChange={({ currentTarget: { value } }) =>
              go(`${at('stripe-events')}${value === 'any' ? '' : `?state=${value}`}`, { replace: true })
            }
          >
            <option value="any">{say('events.any')}</option>
            {eventStates.map((one) => (
              <option key={one} value={one}>
                {say(`state.${one}`)}
              </option>
            ))}
          </select>
        )}
      </FieldFrame>
      <form
        class="filters"
        onSubmit={(event) => {
          event.preventDefault();
          const q = new FormData(event.currentTarget).get('q');
          go(
            `${at('stripe-events')}${typeof q === 'string' && q.trim() ? `?q=${encodeURIComponent(q.trim())}` : ''}`,
          );
        }}
      >
        <Field
          label={say('events.find')}
          hint={say('events.findHint')}
          name="q"
          type="search"
          defaultValue={by.type ?? by.object ?? ''}
          data-search
        />
        <Button type="submit" look="outline">
          {say('events.apply')}
        </Button>
      </form>
    </search>
  );
}

/** Tries events again, and says how many. */
export function useReplay(onDone: () => void) {
  const say = useSay();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const replay = async (ids?: string[]) => {
    const answer = await calls.replay(ids);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    const count = answer.value.ids.length;
    toasts.say(
      count === 0
        ? { text: say('events.replayedNone') }
        : { text: say('events.replayed', { count }), tone: 'good' },
    );
    onDone();
  };
  return { replay, failure };
}
