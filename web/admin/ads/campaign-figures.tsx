import { useState } from 'preact/hooks';
import type { Campaign, CampaignNumbers } from '../../../schema/api/ads.ts';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { Section, Shown } from '../parts.tsx';
import { Bars, Share } from '../overview/chart.tsx';
import { campaigns as calls } from './calls.ts';
import { unitsOf } from './campaign-draft.ts';
import { forecastOf, slotsOf, totalsOf } from './figures.ts';
import { useSay } from './words.ts';

const steps = ['day', 'hour'] as const;

/** How often it was shown and how far it was seen, by day or hour, and whether it will be shown as often as it was bought. */
export function CampaignFigures({ campaign }: { campaign: Campaign }) {
  const say = useSay();
  const [by, setBy] = useState<(typeof steps)[number]>('day');
  const numbers = useFresh(`campaign ${campaign.id} ${by}`, () => calls.numbers(campaign.id, by));
  return (
    <Section
      title={say('figures.title')}
      aside={
        <fieldset class="measures">
          <legend class="only-heard">{say('figures.by')}</legend>
          {steps.map((step) => (
            <label key={step}>
              <input type="radio" name="by" checked={by === step} onChange={() => setBy(step)} />
              <span>{say(`by.${step}`)}</span>
            </label>
          ))}
        </fieldset>
      }
    >
      <Shown of={numbers}>{(value) => <Figures campaign={campaign} numbers={value} />}</Shown>
    </Section>
  );
}

function Figures({ campaign, numbers }: { campaign: Campaign; numbers: CampaignNumbers }) {
  const { format, visit } = useDesk();
  const say = useSay();
  const { language } = visit;
  const count = (value: number) => value.toLocaleString(language);
  const short = new Intl.NumberFormat(language, { notation: 'compact' });
  const when = new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    ...(numbers.by === 'day' ? { month: 'short', day: 'numeric' } : { weekday: 'short', hour: 'numeric' }),
  });
  const slots = slotsOf(numbers);
  const all = totalsOf(numbers.items);
  const { currency } = campaign;
  const earned =
    currency &&
    (numbers.millis / 1000 / unitsOf(currency)).toLocaleString(language, { style: 'currency', currency });
  const forecast = forecastOf(numbers.pace, campaign.state);
  return (
    <>
      <dl class="tallies">
        <div class="tally">
          <dt>{say('figures.shown')}</dt>
          <dd>
            <strong>{count(numbers.shown)}</strong>
            {numbers.pace && <span class="small">{say('figures.ofGoal', { goal: numbers.pace.goal })}</span>}
          </dd>
        </div>
        {earned && (
          <div class="tally">
            <dt>{say('figures.earned')}</dt>
            <dd>
              <strong>{earned}</strong>
            </dd>
          </div>
        )}
      </dl>
      {forecast && numbers.pace && (
        <p>
          {say(`forecast.${forecast}`, {
            forecast: numbers.pace.forecast,
            goal: numbers.pace.goal,
            expected: Math.round(numbers.pace.expected),
            when: numbers.pace.metAt === null ? '' : format.date(numbers.pace.metAt),
          })}
        </p>
      )}
      <Bars
        summary={say('figures.summary', {
          from: when.format(numbers.from),
          to: when.format(numbers.until),
          most: Math.max(0, ...slots.map(({ impressions }) => impressions)),
        })}
        axis={(value) => short.format(value)}
        bars={slots.map((slot) => ({
          key: slot.at,
          name: when.format(slot.at),
          value: slot.impressions,
          text: `${when.format(slot.at)}: ${count(slot.impressions)}`,
        }))}
      />
      <h3>{say('figures.far')}</h3>
      <table class="table campaign__far" aria-label={say('figures.far')}>
        <tbody>
          {(['impressions', 'q1', 'q2', 'q3', 'q4', 'skips', 'clicks'] as const).map((name) => (
            <tr key={name}>
              <th scope="row">{say(`far.${name}`)}</th>
              <td>{count(all[name])}</td>
              <td>
                <Share of={all[name]} most={all.impressions} />
              </td>
              <td>{all.impressions > 0 ? format.percent(Math.min(1, all[name] / all.impressions)) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="faint small">{say('figures.late')}</p>
    </>
  );
}
