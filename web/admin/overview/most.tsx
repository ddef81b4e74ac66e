import type { ComponentChildren } from 'preact';
import type { Overview } from '../../../schema/api/overview.ts';
import { useDesk } from '../desk.ts';
import { Section } from '../parts.tsx';
import { at } from '../places.ts';
import { Share } from './chart.tsx';
import { useSay } from './words.ts';

type Row = { key: string; name: ComponentChildren; plays: number; minutes: number };

/** What was watched most in a week: titles, and where. @param links whether they work with titles, and have pages of them */
export function Most({ overview, links }: { overview: Overview; links: boolean }) {
  const { format } = useDesk();
  const say = useSay();
  return (
    <div class="beside">
      <Section title={say('most.titles')}>
        <Table
          label={say('most.titles')}
          heading={say('most.title')}
          rows={overview.titles.map(({ id, name, ...row }) => ({
            key: id,
            name: links ? <a href={at('title', { id })}>{name}</a> : name,
            ...row,
          }))}
        />
      </Section>
      <Section title={say('most.countries')}>
        <Table
          label={say('most.countries')}
          heading={say('most.country')}
          rows={overview.countries.map(({ code, ...row }) => ({
            key: code ?? '',
            name: code ? format.country(code) : say('most.unknown'),
            ...row,
          }))}
        />
      </Section>
    </div>
  );
}

function Table({ label, heading, rows }: { label: string; heading: string; rows: readonly Row[] }) {
  const { language } = useDesk().visit;
  const say = useSay();
  if (rows.length === 0) return <p class="faint">{say('most.none')}</p>;
  const most = Math.max(...rows.map(({ minutes }) => minutes));
  return (
    <table class="table table--most" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col" class="table__count">
            {say('numbers.minutes')}
          </th>
          <th scope="col" class="table__count">
            {say('numbers.plays')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, plays, minutes }) => (
          <tr key={key}>
            <th scope="row">
              {name}
              <Share of={minutes} most={most} />
            </th>
            <td class="table__count">{minutes.toLocaleString(language)}</td>
            <td class="table__count">{plays.toLocaleString(language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
