import { useState } from 'preact/hooks';
import { givenBy } from '../../../schema/plans.ts';
import type { StatementCheck, StatementDetail, StatementLine } from '../../../schema/api/books.ts';
import type { Id } from '../../../schema/ids.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Heading, Section, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { download, statements as calls } from './calls.ts';
import { Sheet } from './sheet.tsx';
import { useSay } from './words.ts';
import { useWritten } from './written.ts';

/** One statement, as it was told: to look at, to print, to download and to check. */
export function StatementPage({ id }: { id: Id<'statement'> }) {
  const say = useSay();
  const w = useWritten();
  const statement = useFresh(`statement ${id}`, () => calls.read(id));
  const of = statement.value;
  return (
    <>
      <Heading
        title={
          of ? say('statement.title', { number: of.number, month: w.month(of.month) }) : say('tab.statements')
        }
        trail={[{ href: at('statements'), name: say('tab.statements') }]}
      >
        {of && <Ways of={of} />}
      </Heading>
      <Shown of={statement}>
        {(value) => (
          <>
            <Check of={value} />
            <Facts of={value} />
            <Section title={say('statement.lines')}>
              <Lines of={value} />
              {value.more && <p class="faint small">{say('statement.more')}</p>}
            </Section>
          </>
        )}
      </Shown>
    </>
  );
}

function Ways({ of: { id, licensorId, month, number } }: { of: StatementDetail }) {
  const say = useSay();
  const [failure, setFailure] = useState<Failure | null>(null);
  const get = async (what: 'csv' | 'document', ending: string) => {
    const answer = await download(
      `/api/admin/books/statements/${id}/${what}`,
      `statement-${licensorId}-${month}-${number}.${ending}`,
    );
    setFailure(answer.ok ? null : answer);
  };
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <Button look="outline" onClick={() => print()}>
        {say('statement.print')}
      </Button>
      <Button look="outline" onClick={() => void get('csv', 'csv')}>
        {say('statement.csv')}
      </Button>
      <Button look="outline" onClick={() => void get('document', 'jws')}>
        {say('statement.document')}
      </Button>
    </>
  );
}

function Check({ of: { id } }: { of: StatementDetail }) {
  const say = useSay();
  const w = useWritten();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<StatementCheck | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const check = async () => {
    setBusy(true);
    const answer = await calls.check(id);
    setBusy(false);
    setFound(answer.ok ? answer.value : null);
    setFailure(answer.ok ? null : answer);
  };
  return (
    <div class="unprinted">
      <Button small look="outline" disabled={busy} onClick={() => void check()}>
        {busy ? say('statement.checking') : say('statement.check')}
      </Button>
      {failure && <FailureNotice failure={failure} />}
      {found &&
        (found.same ? (
          <Notice tone="good">{say('statement.same')}</Notice>
        ) : (
          <Notice tone="warning" title={say('statement.differs')}>
            {say('statement.differsText', {
              plays: found.plays,
              minutes: found.minutes,
              owed: w.sums(found.owed),
            })}
          </Notice>
        ))}
    </div>
  );
}

function Facts({ of }: { of: StatementDetail }) {
  const { format } = useDesk();
  const say = useSay();
  const w = useWritten();
  const facts = [
    [say('statements.licensor'), <a href={at('licensor', { id: of.licensorId })}>{of.licensorName}</a>],
    [say('statements.month'), w.month(of.month)],
    [say('statements.owed'), <strong>{w.sums(of.owed)}</strong>],
    [
      say('usage.revenue'),
      w.sums(
        Object.fromEntries(Object.entries(of.money).map(([currency, { revenue }]) => [currency, revenue])),
      ),
    ],
    [say('usage.plays'), w.count(of.plays)],
    [say('usage.minutes'), w.count(of.minutes)],
    [
      say('statements.madeAt'),
      `${format.dateTime(of.createdAt)}, ${say(of.createdBy ? 'statement.byAdmin' : 'statement.byItself')}`,
    ],
    ...(of.reason ? [[say('statement.because'), of.reason] as const] : []),
    [say('statement.rules'), of.rules],
    [say('statement.sha'), <code class="break">{of.sha256}</code>],
    [say('statement.key'), <code class="break">{of.keyId}</code>],
  ] as const;
  return (
    <Section title={say('statement.facts')}>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Lines({ of }: { of: StatementDetail }) {
  const { format } = useDesk();
  const say = useSay();
  const w = useWritten();
  if (of.lines.length === 0) return <p class="faint">{say('statement.empty')}</p>;
  return (
    <Sheet label={say('statement.lines')}>
      <table class="table">
        <caption class="only-heard">{say('statement.lines')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('usage.title')}</th>
            <th scope="col">{say('usage.territory')}</th>
            <th scope="col">{say('statement.language')}</th>
            <th scope="col">{say('usage.plan')}</th>
            <th scope="col">{say('usage.model')}</th>
            {(
              [
                'usage.plays',
                'usage.minutes',
                'statement.sold',
                'usage.revenue',
                'statement.share',
                'statements.owed',
              ] as const
            ).map((word) => (
              <th key={word} scope="col" class="table__count">
                {say(word)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.lines.map((line, i) => (
            <tr key={i}>
              <th scope="row">{line.titleName || line.titleId}</th>
              <td>{line.country ? format.country(line.country) : '–'}</td>
              <td>{line.audio ? format.language(line.audio) : '–'}</td>
              <td>{line.planId || '–'}</td>
              <td>
                <Model of={line} />
              </td>
              <td class="table__count">{w.count(line.plays)}</td>
              <td class="table__count">{w.count(line.minutes)}</td>
              <td class="table__count">{line.sold ? w.count(line.sold) : '–'}</td>
              <td class="table__count">{line.currency ? w.money(line.revenue, line.currency) : '–'}</td>
              <td class="table__count">{line.currency ? w.percent(line.basisPoints / 10_000) : '–'}</td>
              <td class="table__count">{line.currency ? w.money(line.owed, line.currency) : '–'}</td>
            </tr>
          ))}
        </tbody>
        {Object.entries(of.money).length > 0 && (
          <tfoot>
            {Object.entries(of.money).map(([currency, { revenue, owed }]) => (
              <tr key={currency}>
                <th scope="row" colSpan={8}>
                  {say('statement.sum')}
                </th>
                <td class="table__count" colSpan={2}>
                  {w.money(revenue, currency)}
                </td>
                <td class="table__count">
                  <strong>{w.money(owed, currency)}</strong>
                </td>
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </Sheet>
  );
}

function Model({ of: { model, given } }: { of: StatementLine }) {
  const say = useSay();
  const free = givenBy.find((one) => one === given);
  return (
    <>
      {say(`model.${model}`)}
      {free && <span class="faint"> ({say(`given.${free}`)})</span>}
    </>
  );
}
