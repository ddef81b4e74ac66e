import { useState } from 'preact/hooks';
import type { Overview } from '../../../schema/api/overview.ts';
import { useDesk } from '../desk.ts';
import { Section } from '../parts.tsx';
import { Bars } from './chart.tsx';
import { measures, valueOf, type Measure } from './measures.ts';
import { change } from './scale.ts';
import { useSay } from './words.ts';

/** Numbers and days in words. Days are UTC wherever somebody reads them, since their sums are. */
function useWords() {
  const { language } = useDesk().visit;
  const written = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: 'UTC', ...options });
    return (at: number) => format.format(at);
  };
  const short = new Intl.NumberFormat(language, { notation: 'compact' });
  return {
    count: (value: number) => value.toLocaleString(language),
    short: (value: number) => short.format(value),
    share: (value: number) =>
      Math.abs(value).toLocaleString(language, { style: 'percent', maximumFractionDigits: 0 }),
    day: written({ month: 'short', day: 'numeric' }),
    wholeDay: written({ weekday: 'short', month: 'long', day: 'numeric' }),
    weekday: written({ weekday: 'long' }),
    hour: written({ hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }),
  };
}

/** The numbers of today beside those of last week, and one of them over thirty days. */
export function Numbers({ overview }: { overview: Overview }) {
  const say = useSay();
  const words = useWords();
  const [measure, setMeasure] = useState<Measure>('plays');
  const { live } = overview;
  return (
    <>
      <Section title={say('numbers.title')}>
        <dl class="tallies">
          <div class="tally">
            <dt>{say('numbers.live')}</dt>
            <dd>
              <strong>{live ? words.count(live.streams) : '–'}</strong>
              <span class="small">
                {live ? say('numbers.liveText', { count: live.accounts }) : say('numbers.liveUnknown')}
              </span>
            </dd>
          </div>
          {measures.map((name) => (
            <div key={name} class="tally">
              <dt>{say(`numbers.${name}`)}</dt>
              <dd>
                <strong>{words.count(valueOf(name, overview.today))}</strong>
                <span class="small">
                  <Compared overview={overview} measure={name} />
                </span>
              </dd>
            </div>
          ))}
        </dl>
        <p class="faint small">{say('numbers.utc')}</p>
      </Section>
      <Section
        title={say('series.title')}
        aside={
          <fieldset class="measures">
            <legend class="only-heard">{say('series.measure')}</legend>
            {measures.map((name) => (
              <label key={name}>
                <input
                  type="radio"
                  name="measure"
                  checked={measure === name}
                  onChange={() => setMeasure(name)}
                />
                <span>{say(`numbers.${name}`)}</span>
              </label>
            ))}
          </fieldset>
        }
      >
        <Series days={overview.days} measure={measure} />
      </Section>
    </>
  );
}

function Compared({ overview: { compared, at }, measure }: { overview: Overview; measure: Measure }) {
  const say = useSay();
  const words = useWords();
  if (compared.hours === 0) return say('numbers.early');
  const when = { weekday: words.weekday(at), hour: words.hour(at - (at % 3_600_000)) };
  const now = valueOf(measure, compared.now);
  const share = change(now, valueOf(measure, compared.before));
  if (share === null) return say(now === 0 ? 'numbers.same' : 'numbers.new', when);
  if (share === 0) return say('numbers.same', when);
  return say(share > 0 ? 'numbers.up' : 'numbers.down', { share: words.share(share), ...when });
}

function Series({ days, measure }: { days: Overview['days']; measure: Measure }) {
  const say = useSay();
  const words = useWords();
  const values = days.map((day) => valueOf(measure, day));
  const name = say(`numbers.${measure}`);
  const summary = say('series.summary', {
    measure: name,
    from: words.day(days[0]?.day ?? 0),
    to: words.day(days.at(-1)?.day ?? 0),
    least: Math.min(...values),
    most: Math.max(...values),
  });
  return (
    <>
      <Bars
        summary={summary}
        axis={words.short}
        bars={days.map((day, i) => ({
          key: day.day,
          name: words.day(day.day),
          value: values[i]!,
          text: `${words.wholeDay(day.day)}: ${words.count(values[i]!)}`,
        }))}
      />
      <details>
        <summary>{say('series.table')}</summary>
        <table class="table">
          <caption class="only-heard">{say('series.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('series.day')}</th>
              {measures.map((one) => (
                <th key={one} scope="col">
                  {say(`numbers.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{words.wholeDay(day.day)}</th>
                {measures.map((one) => (
                  <td key={one}>{words.count(valueOf(one, day))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
