import { useMemo, useState } from 'preact/hooks';
import type { Holdback, Licence } from '../../../../schema/api/rights.ts';
import { Button } from '../../../ui/button.tsx';
import { useDesk } from '../../desk.ts';
import { at } from '../../places.ts';
import { useRoom } from '../room/words.ts';
import { scopeOf, whereOf, windowOf } from '../territories.ts';
import { useSay } from '../words.ts';
import { isInSight, moved, placeOf, spanAt, stepOf, ticks, zooms, type Span, type Zoom } from './axis.ts';
import { lanesOf, type Bar, type Lane } from './lanes.ts';

type Rows = { licences: readonly Licence[]; holdbacks: readonly Holdback[] };
type Names = {
  licensor: (id: string) => string | undefined;
  /** Of several titles: what each is called. */
  title?: (id: string) => string | undefined;
};

/**
 * Licences and holdbacks on an axis of time: a line for each licensor, set of countries and models. What a bar is says its pattern and
 * its words, never its colour alone; each is a link to its row. The table below says the same.
 */
export function Timeline({ licences, holdbacks, names }: Rows & { names: Names }) {
  const room = useRoom();
  const { format } = useDesk();
  const [now] = useState(Date.now);
  const [zoom, setZoom] = useState<Zoom>('12');
  const [around, setAround] = useState(now);
  const lanes = useMemo(
    () => lanesOf(licences, holdbacks, now, names.title !== undefined),
    [licences, holdbacks],
  );
  const times = [...licences, ...holdbacks].flatMap(({ startsAt, endsAt }) =>
    [startsAt, endsAt].filter((one) => one !== null),
  );
  const span = spanAt(zoom, around, times);
  const shift = (way: 1 | -1) => setAround(moved(around, way * stepOf(span)));
  if (lanes.length === 0) return <p class="faint">{room('timeline.none')}</p>;
  return (
    <div class="timeline">
      <fieldset class="timeline__bar" aria-label={room('timeline.zoom')}>
        {zooms.map((one) => (
          <Button
            key={one}
            small
            look={one === zoom ? 'primary' : 'outline'}
            aria-pressed={one === zoom}
            onClick={() => setZoom(one)}
          >
            {one === 'all' ? room('timeline.all') : room('timeline.months', { count: Number(one) })}
          </Button>
        ))}
        <span class="timeline__move">
          <Button small look="plain" disabled={zoom === 'all'} onClick={() => shift(-1)}>
            {room('timeline.earlier')}
          </Button>
          <Button small look="plain" disabled={zoom === 'all'} onClick={() => setAround(now)}>
            {room('timeline.today')}
          </Button>
          <Button small look="plain" disabled={zoom === 'all'} onClick={() => shift(1)}>
            {room('timeline.later')}
          </Button>
        </span>
        <output class="only-heard">
          {room('timeline.shows', { from: format.date(span.from), until: format.date(span.to) })}
        </output>
      </fieldset>
      <div class="timeline__chart">
        <Axis span={span} now={now} />
        <ul class="timeline__lanes">
          {lanes.map((lane) => (
            <LaneOf key={lane.key} lane={lane} span={span} now={now} names={names} />
          ))}
        </ul>
      </div>
      <Legend />
      <AsTable lanes={lanes} names={names} />
    </div>
  );
}

/** By the CSSOM, as the policy of this page allows no style attributes: Preact sets what is an object property by property. */
const from = (share: number) => ({ '--from': String(share) });

function Axis({ span, now }: { span: Span; now: number }) {
  const { visit } = useDesk();
  const room = useRoom();
  const label = {
    week: new Intl.DateTimeFormat(visit.language, { day: 'numeric', month: 'short', timeZone: 'UTC' }),
    month: new Intl.DateTimeFormat(visit.language, { month: 'short', timeZone: 'UTC' }),
    year: new Intl.DateTimeFormat(visit.language, { year: 'numeric', timeZone: 'UTC' }),
  };
  return (
    <div class="timeline__axis" aria-hidden="true">
      <div class="timeline__scale">
        {ticks(span).map(({ at: moment, unit }) => (
          <span
            key={moment}
            class={`timeline__tick timeline__tick--${unit}`}
            style={from(placeOf(moment, 0, span))}
          >
            {label[unit].format(moment)}
          </span>
        ))}
        {now >= span.from && now < span.to && (
          <span class="timeline__now" style={from(placeOf(now, 0, span))}>
            <span>{room('timeline.today')}</span>
          </span>
        )}
      </div>
    </div>
  );
}

function LaneOf({ lane, span, now, names }: { lane: Lane; span: Span; now: number; names: Names }) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const licensor = lane.of.licensorId && names.licensor(lane.of.licensorId);
  const away = lane.levels.flat().filter((bar) => !isInSight(bar, span)).length;
  return (
    <li class="timeline__lane">
      <div class="timeline__name">
        {names.title && <strong>{names.title(lane.of.titleId)}</strong>}
        <span class="timeline__where">{whereOf(say, format, lane.of.territories)}</span>
        <span class="faint small">
          {[
            lane.held && room('state.held'),
            format.list(lane.of.models.map((model) => say(`model.${model}`))),
            licensor,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div class="timeline__field">
        {now >= span.from && now < span.to && (
          <span class="timeline__line" style={from(placeOf(now, 0, span))} />
        )}
        {lane.levels.map((level, i) => (
          <div key={i} class="timeline__level">
            {level
              .filter((bar) => isInSight(bar, span))
              .map((bar) => (
                <BarOf key={bar.id} bar={bar} span={span} licensor={licensor ?? ''} />
              ))}
          </div>
        ))}
        {away > 0 && <p class="timeline__away faint small">{room('timeline.away', { count: away })}</p>}
      </div>
    </li>
  );
}

const hrefOf = ({ id, row }: Bar) =>
  'downloads' in row
    ? at('licence', { id })
    : `${at('title-part', { id: row.titleId, part: 'rights' })}#${id}`;

function BarOf({ bar, span, licensor }: { bar: Bar; span: Span; licensor: string }) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const [begin, end] = [placeOf(bar.startsAt, 0, span), placeOf(bar.endsAt, 1, span)];
  const terms = 'maxHeight' in bar.row && bar.row.maxHeight !== null ? `${bar.row.maxHeight}p` : '';
  const scope = bar.row.season === null ? '' : scopeOf(say, bar.row);
  const words = [room(`state.${bar.state}`), scope, terms].filter(Boolean).join(' · ');
  const whole = [
    whereOf(say, format, bar.row.territories),
    windowOf(say, { ...format, dateTime: format.date }, bar.row),
    licensor,
  ]
    .filter(Boolean)
    .join(' · ');
  return (
    <a
      class={`bar bar--${bar.state}${bar.endsAt === null ? ' bar--on' : ''}`}
      href={hrefOf(bar)}
      title={`${words} · ${whole}`}
      style={{ '--from': String(begin), '--length': String(end - begin) }}
    >
      <span class="bar__words">{words}</span>
      <span class="only-heard"> · {whole}</span>
    </a>
  );
}

function Legend() {
  const room = useRoom();
  return (
    <ul class="timeline__legend" aria-label={room('timeline.legend')}>
      {(['current', 'future', 'over', 'amended', 'revoked', 'held'] as const).map((state) => (
        <li key={state}>
          <span class={`bar bar--${state}`} aria-hidden="true" /> {room(`state.${state}`)}
        </li>
      ))}
    </ul>
  );
}

function AsTable({ lanes, names }: { lanes: readonly Lane[]; names: Names }) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  return (
    <details class="more">
      <summary>{room('timeline.table')}</summary>
      <table class="table">
        <thead>
          <tr>
            {names.title && <th scope="col">{room('column.title')}</th>}
            <th scope="col">{say('licences.where')}</th>
            <th scope="col">{room('column.state')}</th>
            <th scope="col">{say('licences.from')}</th>
            <th scope="col">{say('licences.until')}</th>
            <th scope="col">{say('licences.models')}</th>
            <th scope="col">{say('licences.licensor')}</th>
          </tr>
        </thead>
        <tbody>
          {lanes.flatMap((lane) =>
            lane.levels.flat().map((bar) => (
              <tr key={bar.id}>
                {names.title && <td>{names.title(bar.row.titleId)}</td>}
                <th scope="row">
                  <a href={hrefOf(bar)}>{whereOf(say, format, bar.row.territories)}</a>
                </th>
                <td>{room(`state.${bar.state}`)}</td>
                <td>{bar.startsAt === null ? '' : format.date(bar.startsAt)}</td>
                <td>{bar.endsAt === null ? '' : format.date(bar.endsAt)}</td>
                <td>{format.list(bar.row.models.map((model) => say(`model.${model}`)))}</td>
                <td>{bar.row.licensorId && names.licensor(bar.row.licensorId)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </details>
  );
}
