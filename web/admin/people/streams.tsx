import { useState } from 'preact/hooks';
import type { StreamNow, StreamsSummary } from '../../../schema/api/people.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { FieldFrame } from '../../ui/field.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, FailureNotice, Heading, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable } from '../table/long-table.tsx';
import { useToasts } from '../toasts.tsx';
import { streams as calls } from './calls.ts';
import { useSay } from './words.ts';

type By = { titleId?: string; country?: string };
const narrowedIn = ({ searchParams }: URL): By =>
  Object.fromEntries(
    (['titleId', 'country'] as const).flatMap((name) => {
      const value = searchParams.get(name);
      return value ? [[name, value]] : [];
    }),
  );
const addressOf = (by: By): string => {
  const query = new URLSearchParams(by);
  return `${at('streams')}${query.size > 0 ? `?${query}` : ''}`;
};

/** What plays now, over all accounts; ended one by one, or all of a title. */
export function StreamsPage({ address }: { address: URL }) {
  const { t } = useDesk();
  const say = useSay();
  const by = narrowedIn(address);
  const key = JSON.stringify(by);
  const summary = useFresh('streams summary', calls.summary);
  const first = useFresh(`streams ${key}`, () => calls.list(by));
  const pages = usePages(
    key,
    first.value && { next: first.value.next, items: first.value.items.map(withId) },
    async (cursor) => {
      const answer = await calls.list(by, cursor);
      return answer.ok
        ? { ...answer, value: { next: answer.value.next, items: answer.value.items.map(withId) } }
        : answer;
    },
  );
  const again = () => void Promise.all([first.refresh(), summary.refresh()]);
  return (
    <>
      <Heading title={t('room.streams')}>
        <Button look="outline" onClick={again}>
          {say('streams.again')}
        </Button>
      </Heading>
      <p class="faint small">{say('streams.behind')}</p>
      <Shown of={summary}>{(counts) => <Counts counts={counts} by={by} onEnded={again} />}</Shown>
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say('streams.none')}>
              <p>{say(Object.keys(by).length > 0 ? 'streams.noneSo' : 'streams.noneText')}</p>
            </Empty>
          ) : (
            <StreamTable rows={pages.items} further={pages} onEnded={again} />
          )
        }
      </Shown>
    </>
  );
}

const withId = (stream: StreamNow) => ({ ...stream, id: stream.sessionId });
type Row = ReturnType<typeof withId>;

/** How many play, and what of it is shown below. */
function Counts({ counts, by, onEnded }: { counts: StreamsSummary; by: By; onEnded: () => void }) {
  const { format } = useDesk();
  const say = useSay();
  const nameOf = (title: StreamsSummary['titles'][number]) => title.name ?? title.titleId;
  const title = counts.titles.find(({ titleId }) => titleId === by.titleId);
  return (
    <div class="panel">
      <dl class="facts">
        <div>
          <dt>{say('streams.now')}</dt>
          <dd>{say('streams.count', { count: counts.streams })}</dd>
        </div>
        <div>
          <dt>{say('streams.accounts')}</dt>
          <dd>{say('streams.accountCount', { count: counts.accounts })}</dd>
        </div>
        <div>
          <dt>{say('streams.plans')}</dt>
          <dd>
            {format.list(
              counts.plans.map(({ planId, streams }) =>
                say('streams.of', { name: planId ?? say('plan.base'), count: streams }),
              ),
            ) || '–'}
          </dd>
        </div>
      </dl>
      <div class="narrow">
        <FieldFrame label={say('streams.title')}>
          {(tied) => (
            <select
              {...tied}
              name="titleId"
              value={by.titleId ?? ''}
              onChange={({ currentTarget: { value } }) => {
                const { titleId: _, ...rest } = by;
                go(addressOf(value ? { ...rest, titleId: value } : rest));
              }}
            >
              <option value="">{say('streams.allTitles')}</option>
              {by.titleId && !title && <option value={by.titleId}>{by.titleId}</option>}
              {counts.titles.map((one) => (
                <option key={one.titleId} value={one.titleId}>
                  {say('streams.of', { name: nameOf(one), count: one.streams })}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <FieldFrame label={say('streams.country')}>
          {(tied) => (
            <select
              {...tied}
              name="country"
              value={by.country ?? ''}
              onChange={({ currentTarget: { value } }) => {
                const { country: _, ...rest } = by;
                go(addressOf(value ? { ...rest, country: value } : rest));
              }}
            >
              <option value="">{say('streams.allCountries')}</option>
              {by.country && !counts.countries.some(({ country }) => country === by.country) && (
                <option value={by.country}>{format.country(by.country)}</option>
              )}
              {counts.countries.map(
                ({ country, streams }) =>
                  country && (
                    <option key={country} value={country}>
                      {say('streams.of', { name: format.country(country), count: streams })}
                    </option>
                  ),
              )}
            </select>
          )}
        </FieldFrame>
        {title && <EndTitle id={title.titleId} name={nameOf(title)} count={title.streams} onDone={onEnded} />}
      </div>
    </div>
  );
}

function EndTitle({
  id,
  name,
  count,
  onDone,
}: {
  id: Id<'title'>;
  name: string;
  count: number;
  onDone: () => void;
}) {
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const end = async () => {
    const why = await confirm({
      title: say('streams.endAllSure', { name, count }),
      text: say('streams.endAllText'),
      yes: say('streams.endAll'),
      reason: true,
    });
    if (!why) return;
    const answer = await calls.endTitle(id, why.reason);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.say({ text: say('streams.endedAll', { name }), tone: 'good' });
    onDone();
  };
  return (
    <>
      <Button look="danger" onClick={() => void end()}>
        {say('streams.endAll')}
      </Button>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

function StreamTable({
  rows,
  further,
  onEnded,
}: {
  rows: readonly Row[];
  further: ReturnType<typeof usePages<Row>>;
  onEnded: () => void;
}) {
  const { t, format, visit } = useDesk();
  const say = useSay();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const end = async ({ userId, sessionId, title }: Row) => {
    const question = { title: say('streams.endSure', { title }), text: say('streams.endText') };
    const why = await confirm({ ...question, yes: say('streams.end'), reason: true });
    if (!why) return;
    const answer = await calls.end(userId, sessionId, why.reason);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.say({ text: say('streams.ended', { title }), tone: 'good' });
    onEnded();
  };
  const best = (lines: number | null | undefined) =>
    lines === undefined ? '' : lines === null ? say('streams.any') : say('streams.upTo', { lines });
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <LongTable
        label={t('room.streams')}
        rows={rows}
        further={further}
        nameOf={({ title }) => title}
        columns={[
          {
            key: 'title',
            name: say('streams.what'),
            width: 'minmax(11rem, 2fr)',
            names: true,
            cell: ({ title, titleId, episodeId }) => (
              <a href={at('episode', { id: titleId, episode: episodeId })}>{title}</a>
            ),
          },
          {
            key: 'who',
            name: say('streams.who'),
            width: 'minmax(9rem, 1.5fr)',
            cell: ({ userId, email }) => (
              <a class="break" href={at('person', { id: userId })}>
                {email ?? say('streams.gone')}
              </a>
            ),
          },
          {
            key: 'where',
            name: say('streams.where'),
            width: '8rem',
            cell: ({ country }) => (country ? format.country(country) : '–'),
          },
          {
            key: 'device',
            name: say('streams.device'),
            width: 'minmax(8rem, 1fr)',
            aside: true,
            cell: ({ device, maxHeight }) => (
              <>
                {device} <span class="faint small">{best(maxHeight)}</span>
              </>
            ),
          },
          {
            key: 'plan',
            name: say('person.plan'),
            width: '6rem',
            aside: true,
            cell: ({ planId }) => planId ?? <span class="faint">{say('plan.base')}</span>,
          },
          {
            key: 'since',
            name: say('streams.since'),
            width: '7rem',
            aside: true,
            cell: ({ startedAt }) => format.ago(startedAt, Math.max(visit.now, Date.now())),
          },
          {
            key: 'do',
            name: say('streams.do'),
            width: '6rem',
            cell: (row) => (
              <Button small look="plain" onClick={() => void end(row)}>
                {say('streams.end')}
                <span class="only-heard">: {row.title}</span>
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
