import type { Need, Needing } from '../../../schema/api/overview.ts';
import { useDesk } from '../desk.ts';
import { Section } from '../parts.tsx';
import { at, type PlaceName } from '../places.ts';
import { useSay, type Say } from './words.ts';

/** The list that a kind stands for in full; null: there is none. */
const lists: Record<Need['kind'], { place: PlaceName; query?: string } | null> = {
  'failed-jobs': { place: 'jobs', query: 'tab=failed' },
  'publish-refused': { place: 'episodes' },
  airing: { place: 'episodes', query: 'state=without-media&airs=soon' },
  ready: { place: 'episodes', query: 'state=ready' },
  'licences-ending': { place: 'rights' },
  notices: { place: 'moderation' },
  posterless: { place: 'titles', query: 'without=poster' },
  backdropless: { place: 'titles', query: 'without=backdrop' },
  sweeps: null,
  'dead-events': { place: 'stripe-events', query: 'state=dead' },
  drift: { place: 'stripe-events' },
};
const urgent: ReadonlySet<Need['kind']> = new Set([
  'failed-jobs',
  'publish-refused',
  'notices',
  'sweeps',
  'dead-events',
  'drift',
]);

/** Kinds whose trouble has to be read. */
const explained: ReadonlySet<Need['kind']> = new Set(['sweeps', 'dead-events', 'drift']);

function listOf(kind: Need['kind']): string | null {
  const list = lists[kind];
  return list ? `${at(list.place)}${list.query ? `?${list.query}` : ''}` : null;
}

/** Where one of them is dealt with. */
function pageOf(kind: Need['kind'], { id, titleId, episodeId }: Needing): string | null {
  if (kind === 'failed-jobs') return at('job', { id });
  if (titleId && episodeId) return at('episode', { id: titleId, episode: episodeId });
  if (titleId) return at('title', { id: titleId });
  return listOf(kind);
}

const nameOf = (say: Say, { name, season, number }: Needing): string =>
  season !== null && number !== null
    ? say('needs.episode', { title: name, season: String(season), number: String(number) })
    : name;

/** What needs somebody: each kind with how many, the most pressing of them, and all of them behind a link. */
export function Needs({ needs, now }: { needs: readonly Need[]; now: number }) {
  const say = useSay();
  return (
    <Section title={say('needs.title')}>
      {needs.length === 0 ? (
        <p class="faint">{say('needs.none')}</p>
      ) : (
        <ul class="needs">
          {needs.map((need) => (
            <NeedCard key={need.kind} need={need} now={now} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function NeedCard({ need: { kind, count, more, first }, now }: { need: Need; now: number }) {
  const { format } = useDesk();
  const say = useSay();
  const name = say(`need.${kind}`);
  const words = say(more ? 'needs.more' : 'needs.count', { count });
  const all = listOf(kind);
  return (
    <li class={urgent.has(kind) ? 'need need--urgent' : 'need'}>
      <h3>
        <span aria-hidden="true">{name}</span>
        <span class="need__count" aria-hidden="true">
          {words}
        </span>
        <span class="only-heard">{say('needs.heard', { name, count: words })}</span>
      </h3>
      <ul>
        {first.map((one) => {
          const page = pageOf(kind, one);
          return (
            <li key={one.id + (one.at ?? '')}>
              {page ? <a href={page}>{nameOf(say, one)}</a> : nameOf(say, one)}
              {one.at !== null && <span class="faint small"> {format.ago(one.at, now)}</span>}
              {explained.has(kind) && one.detail && <p class="small break">{one.detail}</p>}
            </li>
          );
        })}
      </ul>
      {all && (count > first.length || more) && (
        <p>
          <a href={all}>
            {say('needs.all')}
            <span class="only-heard">: {name}</span>
          </a>
        </p>
      )}
    </li>
  );
}
