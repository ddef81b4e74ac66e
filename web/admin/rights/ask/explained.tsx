import type { ComponentChildren } from 'preact';
import type { Decision, Holdback, Licence } from '../../../../schema/api/rights.ts';
import type { BusinessModel } from '../../../../schema/plans.ts';
import { useDesk } from '../../desk.ts';
import { State } from '../../parts.tsx';
import { at } from '../../places.ts';
import { useRoom } from '../room/words.ts';
import { whereOf, windowOf } from '../territories.ts';
import { useSay } from '../words.ts';
import { holdbackSteps, licenceSteps, questionSteps, type Outcome } from './steps.ts';

const signs: Record<Outcome, string> = { holds: '✓', fails: '✗', unasked: '–' };

/** An answer of `decide` in words, and step by step why. */
export function Explained({
  answer,
  rows,
}: {
  answer: Decision;
  /** What the ids of the trace name; what is not there is called by its id. */
  rows: readonly (Licence | Holdback)[];
}) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const { granted, grant, reason, retryAt, offer, licences, holdbacks, changesAt } = answer;
  const models = (list: readonly BusinessModel[]) => format.list(list.map((model) => say(`model.${model}`)));
  const offered = offer && { when: format.dateTime(offer.at), models: models(offer.models) };
  const granting = grant && [
    models([grant.model]),
    grant.maxHeight !== null && say('licences.upTo', { height: String(grant.maxHeight) }),
    grant.ads && room('ask.ads'),
    grant.early && room('ask.early'),
    grant.downloads && say('licences.downloads'),
    grant.until !== null && say('decision.until', { until: format.dateTime(grant.until) }),
  ];
  return (
    <div class="explained">
      <p class="explained__answer">
        <State tone={granted ? 'good' : 'danger'}>
          {reason ? say('decision.refused', { reason: say(`reason.${reason}`) }) : say('decision.granted')}
        </State>
      </p>
      {granting && <p>{granting.filter((part) => typeof part === 'string').join(' · ')}</p>}
      {grant && (
        <p>
          <a href={at('licence', { id: grant.licenceId })}>{room('ask.byLicence')}</a>
        </p>
      )}
      {retryAt !== null && <p>{say('decision.retryAt', { when: format.dateTime(retryAt) })}</p>}
      {offer && offered && (
        <p>
          {offer.plans
            ? say('decision.offerPlans', { ...offered, plans: format.list(offer.plans) })
            : say('decision.offer', offered)}
        </p>
      )}
      <p>
        {changesAt === null
          ? room('ask.neverChanges')
          : room('ask.changesAt', { when: format.dateTime(changesAt) })}
      </p>
      <h3>{room('ask.steps')}</h3>
      <ol class="steps-of">
        {questionSteps(answer).map(({ of, outcome }) => (
          <Step key={of} outcome={outcome} text={room(`step.${of}`)} />
        ))}
      </ol>
      <h3>{room('ask.rows')}</h3>
      {licences.length + holdbacks.length === 0 && <p class="faint">{room('ask.noRows')}</p>}
      <ul class="traced">
        {licences.map(({ id, verdict }) => (
          <Row key={id} row={rows.find((row) => row.id === id)} id={id} verdict={say(`verdict.${verdict}`)}>
            {licenceSteps(verdict).map(({ of, outcome }) => (
              <Step key={of} outcome={outcome} text={room(`condition.${of}`)} />
            ))}
          </Row>
        ))}
        {holdbacks.map(({ id, verdict }) => (
          <Row
            key={id}
            held
            row={rows.find((row) => row.id === id)}
            id={id}
            verdict={say(`verdict.${verdict}`)}
          >
            {holdbackSteps(verdict).map(({ of, outcome }) => (
              <Step key={of} outcome={outcome} text={room(`holding.${of}`)} />
            ))}
          </Row>
        ))}
      </ul>
    </div>
  );
}

function Step({ outcome, text }: { outcome: Outcome; text: string }) {
  const room = useRoom();
  return (
    <li class={`step step--${outcome}`}>
      <span class="step__sign" aria-hidden="true">
        {signs[outcome]}
      </span>
      <span class="only-heard">{room(`outcome.${outcome}`)}: </span>
      {text}
    </li>
  );
}

function Row({
  id,
  row,
  held = false,
  verdict,
  children,
}: {
  id: string;
  row: Licence | Holdback | undefined;
  held?: boolean;
  verdict: string;
  children: ComponentChildren;
}) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const name = row
    ? `${whereOf(say, format, row.territories)} · ${windowOf(say, { ...format, dateTime: format.date }, row)}`
    : id;
  return (
    <li>
      <details>
        <summary>
          {held && <strong>{room('state.held')}: </strong>}
          {name} — <strong>{verdict}</strong>
        </summary>
        <ol class="steps-of">{children}</ol>
        {!held && (
          <p>
            <a href={at('licence', { id })}>{room('ask.open')}</a>
          </p>
        )}
      </details>
    </li>
  );
}
