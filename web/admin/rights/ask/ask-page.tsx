import type { AdminTitleDetail } from '../../../../schema/api/editing.ts';
import type { Id } from '../../../../schema/ids.ts';
import { FieldFrame } from '../../../ui/field.tsx';
import { titles } from '../../calls.ts';
import { useFresh } from '../../fresh-hook.ts';
import { go } from '../../navigation.ts';
import { Empty, Heading, Shown } from '../../parts.tsx';
import { at } from '../../places.ts';
import { decision } from '../calls.ts';
import { withParams } from '../room/params.ts';
import { RightsTabs } from '../room/tabs.tsx';
import { TitlePick } from '../room/title-pick.tsx';
import { useRoom } from '../room/words.ts';
import { useSay } from '../words.ts';
import type { Change } from './viewer-fields.tsx';
import { Viewers } from './viewers.tsx';

/** Who can watch this? Everything asked stands in the address, so that a question can be sent to somebody. */
export function AskPage({ address }: { address: URL }) {
  const room = useRoom();
  const params = Object.fromEntries(address.searchParams);
  const change: Change = (changes) => go(withParams(address, changes), { replace: true });
  const hrefOf = (title: string) => withParams(address, { title, episode: '' });
  return (
    <>
      <Heading title={room('rights.title')} />
      <RightsTabs now="ask" />
      <p class="faint">{room('ask.text')}</p>
      <TitlePick hrefOf={hrefOf} />
      {params['title'] ? (
        <OfTitle key={params['title']} id={params['title'] as Id<'title'>} params={params} change={change} />
      ) : params['episode'] ? (
        <OfEpisode
          key={params['episode']}
          id={params['episode'] as Id<'episode'>}
          params={params}
          change={change}
        />
      ) : (
        <Empty title={room('ask.choose')}>
          <p>{room('ask.chooseText')}</p>
        </Empty>
      )}
    </>
  );
}

type Asking = { params: Readonly<Record<string, string>>; change: Change };

/** A link may name an episode alone: any answer about it says of which title it is. */
function OfEpisode({ id, ...asking }: Asking & { id: Id<'episode'> }) {
  const answer = useFresh(`title of ${id}`, () => decision(id, {}));
  return <Shown of={answer}>{({ episode }) => <OfTitle id={episode.titleId} {...asking} />}</Shown>;
}

function OfTitle({ id, ...asking }: Asking & { id: Id<'title'> }) {
  const title = useFresh(`title ${id}`, () => titles.read(id));
  return <Shown of={title}>{(value) => <OfEpisodes title={value} {...asking} />}</Shown>;
}

function OfEpisodes({ title, params, change }: Asking & { title: AdminTitleDetail }) {
  const say = useSay();
  const room = useRoom();
  const chosen = title.episodeList.find(({ id }) => id === params['episode']) ?? title.episodeList[0];
  return (
    <>
      <h2>
        <a href={at('title-part', { id: title.id, part: 'rights' })}>{title.names.main}</a>
      </h2>
      {chosen ? (
        <>
          <EpisodeField label={say('decision.episode')} title={title} chosen={chosen.id} change={change} />
          <Viewers titleId={title.id} episodeId={chosen.id} params={params} change={change} />
        </>
      ) : (
        <p class="faint">{room('ask.noEpisodes')}</p>
      )}
    </>
  );
}

/** Which episode of a title. @param all what stands for all of them, where that can be chosen */
export function EpisodeField({
  label,
  title,
  chosen,
  change,
  all,
}: {
  label: string;
  title: AdminTitleDetail;
  chosen: string;
  change: Change;
  all?: string;
}) {
  return (
    <FieldFrame label={label}>
      {(tied) => (
        <select
          {...tied}
          name="episode"
          value={chosen}
          onChange={({ currentTarget }) => change({ episode: currentTarget.value, title: title.id })}
        >
          {all && <option value="">{all}</option>}
          {title.episodeList.map(({ id, season, number, name }) => (
            <option key={id} value={id}>
              {season}×{number} {name}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
