import { useState } from 'preact/hooks';
import type { AdminTitleDetail } from '../../../../schema/api/editing.ts';
import type { Reach } from '../../../../schema/api/rights-room.ts';
import type { Id } from '../../../../schema/ids.ts';
import { ButtonLink } from '../../../ui/button.tsx';
import { titles } from '../../calls.ts';
import { useDesk } from '../../desk.ts';
import { useFresh } from '../../fresh-hook.ts';
import { go } from '../../navigation.ts';
import { Heading, Shown } from '../../parts.tsx';
import { at } from '../../places.ts';
import { EpisodeField } from '../ask/ask-page.tsx';
import { MomentFields } from '../ask/moment-field.tsx';
import { ViewerFields, type Change, type Params } from '../ask/viewer-fields.tsx';
import { world as calls } from '../calls.ts';
import { withParams } from '../room/params.ts';
import { RightsTabs } from '../room/tabs.tsx';
import { TitlePick } from '../room/title-pick.tsx';
import { useRoom } from '../room/words.ts';
import { useSay } from '../words.ts';
import { WorldMap } from './map.tsx';
import { WorldOf } from './world-of.tsx';

/** Where in the world: a title, an episode, or how much of everything. What is asked stands in the address. */
export function WorldPage({ address }: { address: URL }) {
  const room = useRoom();
  const params = Object.fromEntries(address.searchParams);
  const change: Change = (changes) => go(withParams(address, changes), { replace: true });
  return (
    <>
      <Heading title={room('rights.title')}>
        {params['title'] && <ButtonLink href={at('world')}>{room('world.everything')}</ButtonLink>}
      </Heading>
      <RightsTabs now="world" />
      <TitlePick hrefOf={(title) => withParams(address, { title, episode: '', country: '' })} />
      {params['title'] ? (
        <OfTitle key={params['title']} id={params['title'] as Id<'title'>} params={params} change={change} />
      ) : (
        <Everything params={params} change={change} />
      )}
    </>
  );
}

type Asking = { params: Params; change: Change };

function OfTitle({ id, params, change }: Asking & { id: Id<'title'> }) {
  const room = useRoom();
  const say = useSay();
  const title = useFresh(`title ${id}`, () => titles.read(id));
  const fields = (value: AdminTitleDetail) => (
    <>
      <h2>
        <a href={at('title-part', { id, part: 'rights' })}>{value.names.main}</a>
      </h2>
      <EpisodeField
        label={say('decision.episode')}
        title={value}
        chosen={params['episode'] ?? ''}
        change={change}
        all={room('world.allEpisodes')}
      />
      <ViewerFields params={params} change={change} withCountry={false} />
      <MomentFields params={params} change={change} />
      <WorldOf title={value} params={params} change={change} />
    </>
  );
  return <Shown of={title}>{fields}</Shown>;
}

/** Of how many titles something may be listed where: a share of all there are. */
function Everything({ params, change }: Asking) {
  const room = useRoom();
  const age = params['age'] ?? '18';
  const reach = useFresh(`reach ${age}`, () => calls.reach(age));
  return (
    <>
      <p class="faint">{room('world.reachText')}</p>
      <ViewerFields params={{ age }} change={change} withCountry={false} withPlan={false} />
      <Shown of={reach}>{(value) => <ReachMap reach={value} />}</Shown>
    </>
  );
}

/** Five looks, so that neighbours can be told apart; the number says the rest. */
const shade = (titles: number, of: number) =>
  titles === 0 ? 'never' : `share-${Math.min(4, Math.ceil((titles / Math.max(1, of)) * 4))}`;

function ReachMap({ reach: { titles: all, countries } }: { reach: Reach }) {
  const room = useRoom();
  const { format } = useDesk();
  const [chosen, setChosen] = useState<string | null>();
  const numbers = new Map(countries.map(({ country, titles }) => [country, titles]));
  const of = (country: string | null) => numbers.get(country) ?? 0;
  return (
    <>
      <WorldMap
        label={room('world.reach')}
        chosen={chosen}
        choose={setChosen}
        tileOf={(country) => ({
          look: shade(of(country), all),
          sign: short(of(country)),
          words: room('world.titles', { count: of(country), all }),
        })}
      />
      <output>
        {chosen !== undefined && (
          <>
            <strong>{chosen === null ? room('region.unknown') : format.country(chosen)}</strong>:{' '}
            {room('world.titles', { count: of(chosen), all })}
            {chosen !== null && (
              <>
                {' '}
                <a href={`${at('licences')}?territory=${chosen}&state=current`}>
                  {room('world.licencesHere')}
                </a>
              </>
            )}
          </>
        )}
      </output>
    </>
  );
}
/** Three characters at most: tiles are small. */
const short = (count: number) => (count < 1_000 ? String(count) : `${Math.floor(count / 1_000)}k`);
