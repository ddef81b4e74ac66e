import type { AdminTitleDetail } from '../../../../schema/api/editing.ts';
import { worldStates, type World, type WorldState } from '../../../../schema/api/rights-room.ts';
import type { Id } from '../../../../schema/ids.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { useDesk } from '../../desk.ts';
import { useFresh } from '../../fresh-hook.ts';
import { Shown } from '../../parts.tsx';
import { at } from '../../places.ts';
import { Explained } from '../ask/explained.tsx';
import type { Change, Params } from '../ask/viewer-fields.tsx';
import { decision, holdbacks, licences, world as calls } from '../calls.ts';
import { useRoom, type RoomSay } from '../room/words.ts';
import { WorldMap } from './map.tsx';

/** What stands for a state where no colour is seen. */
export const signs: Record<WorldState, string> = {
  open: '●',
  early: '◐',
  plan: '▣',
  purchase: '¤',
  'early-only': '◔',
  'not-yet': '○',
  'held-back': '⊘',
  'age-restricted': '▲',
  ended: '✕',
  never: '·',
  unpublished: '–',
  'taken-down': '■',
};
type Country = World['countries'][number];

/** A title or an episode on the world: what each country is answered, and why, where one is chosen. */
export function WorldOf({
  title,
  params,
  change,
}: {
  title: AdminTitleDetail;
  params: Params;
  change: Change;
}) {
  const room = useRoom();
  const { format } = useDesk();
  const episode = params['episode'] as Id<'episode'> | undefined;
  const asked = {
    plan: params['plan'] ?? '',
    age: params['age'] ?? '',
    at: params['at'] ?? '',
    asIfPublished: params['asIfPublished'] ?? '',
  };
  const world = useFresh(`world ${episode ?? title.id} ${JSON.stringify(asked)}`, () =>
    episode ? calls.ofEpisode(episode, asked) : calls.ofTitle(title.id, asked),
  );
  const chosen = params['country'] === '??' ? null : params['country'];
  const choose = (country: string | null) => change({ country: country ?? '??' });
  return (
    <Shown of={world}>
      {({ countries, episodes }) => {
        const by = new Map(countries.map((one) => [one.country, one]));
        const wordsOf = (one: Country) => inWords(room, format, one, episodes);
        return (
          <>
            <Legend countries={countries} />
            <WorldMap
              label={room('world.map', { title: title.names.main })}
              chosen={chosen}
              choose={choose}
              tileOf={(country) => {
                const one = by.get(country)!;
                return { look: one.state, sign: signs[one.state], words: wordsOf(one) };
              }}
            />
            {chosen !== undefined && by.has(chosen) && (
              <Chosen
                country={by.get(chosen)!}
                words={wordsOf(by.get(chosen)!)}
                episode={episode ?? title.episodeList[0]?.id}
                title={title}
                asked={asked}
              />
            )}
            <AsList countries={countries} wordsOf={wordsOf} />
          </>
        );
      }}
    </Shown>
  );
}

function inWords(
  room: RoomSay,
  format: ReturnType<typeof useDesk>['format'],
  { state, at: moment, open }: Country,
  episodes: number,
): string {
  const when = moment === null ? '' : format.dateTime(moment);
  return [
    room(`world.${state}`),
    state === 'open' || state === 'early'
      ? when && room('world.until', { when })
      : when && room('world.from', { when }),
    episodes > 1 && open > 0 ? room('world.openOf', { count: open, all: episodes }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function Legend({ countries }: { countries: readonly Country[] }) {
  const room = useRoom();
  const many = (state: WorldState) =>
    countries.filter((one) => one.country !== null && one.state === state).length;
  return (
    <ul class="world__legend" aria-label={room('timeline.legend')}>
      {worldStates
        .filter((state) => many(state) > 0)
        .map((state) => (
          <li key={state}>
            <span class={`tile tile--${state} tile--small`} aria-hidden="true">
              {signs[state]}
            </span>{' '}
            {room(`world.${state}`)} <span class="faint">{many(state)}</span>
          </li>
        ))}
    </ul>
  );
}

function Chosen({
  country: { country },
  words,
  episode,
  title,
  asked,
}: {
  country: Country;
  words: string;
  episode: Id<'episode'> | undefined;
  title: AdminTitleDetail;
  asked: Record<string, string>;
}) {
  const room = useRoom();
  const { format } = useDesk();
  const name = country === null ? room('region.unknown') : format.country(country);
  return (
    <section class="panel" aria-label={name} aria-live="polite">
      <h3>
        {name}: {words}
      </h3>
      {episode && <Why key={`${country} ${episode}`} {...{ country, episode, title, asked }} />}
    </section>
  );
}

function Why({
  country,
  episode,
  title,
  asked,
}: {
  country: string | null;
  episode: Id<'episode'>;
  title: AdminTitleDetail;
  asked: Record<string, string>;
}) {
  const room = useRoom();
  const question = { ...asked, country: country ?? '' };
  const answer = useFresh(`decision ${episode} ${JSON.stringify(question)}`, () =>
    decision(episode, question),
  );
  const licenceRows = useFresh(`licences ${title.id}`, () => licences.list(title.id));
  const holdbackRows = useFresh(`holdbacks ${title.id}`, () => holdbacks.list(title.id));
  const rows = [...(licenceRows.value?.items ?? []), ...(holdbackRows.value?.items ?? [])];
  const given = Object.entries({ ...question, title: title.id, episode }).filter(([, value]) => value);
  return (
    <Shown of={answer}>
      {(value) => (
        <>
          <p class="faint">
            {room('world.ofEpisode', { season: value.episode.season, number: value.episode.number })}
          </p>
          <Explained answer={value} rows={rows} />
          <p>
            <ButtonLink small look="outline" href={`${at('ask')}?${new URLSearchParams(given).toString()}`}>
              {room('world.askHere')}
            </ButtonLink>
          </p>
        </>
      )}
    </Shown>
  );
}

/** The same in words, by state. */
function AsList({
  countries,
  wordsOf,
}: {
  countries: readonly Country[];
  wordsOf: (country: Country) => string;
}) {
  const room = useRoom();
  const { format } = useDesk();
  const named = countries.filter((one): one is Country & { country: string } => one.country !== null);
  return (
    <details class="more">
      <summary>{room('world.list')}</summary>
      <dl class="world__list">
        {[...Map.groupBy(named, wordsOf)].map(([words, list]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd>{format.list(list.map(({ country }) => format.country(country)))}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
