import { campaignStates, type CampaignRow, type CampaignState } from '../../../schema/api/ads.ts';
import type { InferOutput } from 'valibot';
import { ButtonLink } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { useFresh } from '../fresh-hook.ts';
import { go } from '../navigation.ts';
import { usePages } from '../pages-hook.ts';
import { Empty, Heading, Progress, Shown, State, type Tone } from '../parts.tsx';
import { at } from '../places.ts';
import { LongTable, type Column } from '../table/long-table.tsx';
import { Choice } from '../titles/choice.tsx';
import { campaigns as calls } from './calls.ts';
import { useSay, type Say } from './words.ts';

type Row = InferOutput<typeof CampaignRow>;

export const tones: Record<CampaignState, Tone> = {
  draft: 'quiet',
  running: 'good',
  paused: 'warning',
  ended: 'quiet',
};

/** What is shown in breaks: who has it shown, since when, and how far it is. */
export function CampaignsPage({ address }: { address: URL }) {
  const { format, visit } = useDesk();
  const say = useSay();
  const state = campaignStates.find((one) => one === address.searchParams.get('state'));
  const query = state ? { state } : {};
  const key = `campaigns ${state ?? ''}`;
  const first = useFresh(key, () => calls.list(query));
  const pages = usePages(key, first.value, (cursor) => calls.list({ ...query, cursor }));
  const add = (
    <ButtonLink look="primary" href={at('new-campaign')}>
      {say('ads.new')}
    </ButtonLink>
  );
  return (
    <>
      <Heading title={say('ads.title')}>{add}</Heading>
      <search class="filters">
        <Choice
          label={say('ads.state')}
          any={say('ads.any')}
          options={campaignStates}
          value={state}
          word={(one) => say(`state.${one}`)}
          onChange={(one) => go(`${at('ads')}${one ? `?state=${one}` : ''}`, { replace: true })}
        />
      </search>
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={say('ads.none')}>
              <p>{say('ads.noneText')}</p>
            </Empty>
          ) : (
            <LongTable
              label={say('ads.title')}
              rows={pages.items}
              further={pages}
              nameOf={(row) => row.name}
              columns={columns(say, format.date, visit.language)}
            />
          )
        }
      </Shown>
    </>
  );
}

const columns = (say: Say, date: (at: number) => string, language: string): Column<Row>[] => [
  {
    key: 'name',
    name: say('ads.name'),
    width: 'minmax(11rem, 2fr)',
    names: true,
    cell: (row) => (
      <a class="clamp" href={at('campaign', { id: row.id })}>
        {row.name}
      </a>
    ),
  },
  {
    key: 'advertiser',
    name: say('ads.advertiser'),
    width: 'minmax(7rem, 1fr)',
    aside: true,
    cell: (row) => row.advertiser,
  },
  { key: 'kind', name: say('ads.kind'), width: '6rem', aside: true, cell: (row) => say(`kind.${row.kind}`) },
  {
    key: 'time',
    name: say('ads.time'),
    width: 'minmax(9rem, 1fr)',
    aside: true,
    cell: (row) => timeOf(say, date, row),
  },
  {
    key: 'shown',
    name: say('ads.shown'),
    width: 'minmax(8rem, 1fr)',
    cell: (row) =>
      row.goal === null ? (
        row.shown.toLocaleString(language)
      ) : (
        <>
          {say('ads.ofGoal', { shown: row.shown, goal: row.goal })}
          <Progress quiet label={say('ads.shown')} share={Math.min(1, row.shown / row.goal)} />
        </>
      ),
  },
  {
    key: 'state',
    name: say('ads.state'),
    width: '7rem',
    cell: (row) => <State tone={tones[row.state]}>{say(`state.${row.state}`)}</State>,
  },
];

/** From when until when, in words. */
export function timeOf(
  say: Say,
  date: (at: number) => string,
  { startsAt, endsAt }: Pick<Row, 'startsAt' | 'endsAt'>,
): string {
  if (startsAt !== null && endsAt !== null) return `${date(startsAt)} – ${date(endsAt)}`;
  if (startsAt !== null) return say('time.from', { from: date(startsAt) });
  return endsAt === null ? say('time.open') : say('time.until', { until: date(endsAt) });
}
