import type { Schedule } from '../../../schema/api/catalog.ts';
import { Island } from '../../island.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Button } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { useSiteWords } from '../site/words.ts';
import { calendarAddress, feedPath, icalPath, versions, type Version } from './address.ts';
import { Airing } from './airing.tsx';
import OwnCalendar from './own-calendar.tsx';
import { dateAt, isOdd, plusDays, weekOf, type Day } from './week.ts';

export type CalendarData = {
  /** Any date of the week that is shown. */
  week: string;
  timeZone: string;
  /** Whether the zone was chosen, rather than known of the visitor. */
  chosen: boolean;
  version: Version | null;
  items: Schedule['items'];
  /** Path of the private calendar of whoever is signed in; null: nobody is. */
  own: string | null;
};

export default function Calendar({ data }: { data: CalendarData }) {
  const s = useSiteWords();
  const { week, timeZone, chosen, version, items, own } = data;
  const { visit } = useHere();
  const days = weekOf(week, timeZone);
  const at = (date: string | null) =>
    calendarAddress({ week: date, zone: chosen ? timeZone : null, version });
  const [monday, sunday] = [days[0]!.date, days[6]!.date];
  const range = new Intl.DateTimeFormat(visit.language, { dateStyle: 'long', timeZone: 'UTC' });
  return (
    <div class="calendar">
      <header class="listing__head">
        <h1>{s('calendar.title')}</h1>
        <p>{s('calendar.lead')}</p>
      </header>
      <nav class="calendar__weeks" aria-label={range.formatRange(Date.parse(monday), Date.parse(sunday))}>
        <a href={at(plusDays(monday, -7))} rel="prev nofollow" aria-label={s('calendar.previous')}>
          <Icon name="back" />
        </a>
        <h2>{range.formatRange(Date.parse(monday), Date.parse(sunday))}</h2>
        <a href={at(plusDays(monday, 7))} rel="next nofollow" aria-label={s('calendar.next')}>
          <Icon name="on" />
        </a>
        <a class="calendar__this" href={at(null)}>
          {s('calendar.this')}
        </a>
      </nav>
      <Choices data={data} />
      {items.length === 0 ? (
        <div class="empty">
          <h2>{s('calendar.none')}</h2>
          <p>{s('calendar.noneText')}</p>
        </div>
      ) : (
        <div class="calendar__days">
          {days.map((day) => (
            <OneDay key={day.date} day={day} data={data} />
          ))}
        </div>
      )}
      <section class="calendar__keep" aria-labelledby="keep-up">
        <h2 id="keep-up">{s('calendar.subscribe')}</h2>
        <p>
          <a href={version ? `${icalPath}?version=${version}` : icalPath}>{s('calendar.ical')}</a>{' '}
          {s('calendar.icalText')}
        </p>
        <p>
          <a href={feedPath}>{s('calendar.rss')}</a>
        </p>
        {own && <Island name="own-calendar" part={OwnCalendar} data={{ path: own }} />}
      </section>
    </div>
  );
}

function Choices({ data: { week, timeZone, version } }: { data: CalendarData }) {
  const s = useSiteWords();
  const zones = Intl.supportedValuesOf('timeZone');
  return (
    <form class="calendar__choices" action={calendarAddress({})}>
      <input type="hidden" name="week" value={week} />
      <label>
        <span>{s('calendar.zone')}</span>
        <select name="zone">
          {[...new Set([timeZone, 'UTC', ...zones])].map((zone) => (
            <option key={zone} value={zone} selected={zone === timeZone}>
              {zone.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{s('calendar.version')}</span>
        <select name="version">
          <option value="">{s('calendar.all')}</option>
          {versions.map((one) => (
            <option key={one} value={one} selected={one === version}>
              {s(`version.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit" look="outline" small>
        {s('calendar.change')}
      </Button>
    </form>
  );
}

function OneDay({ day, data: { items, timeZone } }: { day: Day; data: CalendarData }) {
  const { visit } = useHere();
  const s = useSiteWords();
  const airing = items.filter(({ airsAt }) => airsAt >= day.from && airsAt < day.to);
  const today = dateAt(visit.now, timeZone) === day.date;
  const said = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(visit.language, { ...options, timeZone: 'UTC' }).format(Date.parse(day.date));
  return (
    <section
      class={`day${today ? ' day--today' : ''}${airing.length === 0 ? ' day--empty' : ''}`}
      aria-labelledby={`day-${day.date}`}
    >
      <h3 id={`day-${day.date}`}>
        <span class="day__weekday">{said({ weekday: 'long' })}</span>{' '}
        <span class="day__date">{said({ day: 'numeric', month: 'short' })}</span>
        {today && <span class="tag">{s('calendar.today')}</span>}
      </h3>
      {isOdd(day) && <p class="day__note">{s('calendar.skipped')}</p>}
      {airing.length === 0 ? (
        <p class="day__none">{s('calendar.nothing')}</p>
      ) : (
        <ol>
          {airing.map((one) => (
            <li key={one.episode.id}>
              <Airing {...one} timeZone={timeZone} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
