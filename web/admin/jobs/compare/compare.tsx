import type { AssetView } from '../../../../schema/api/media.ts';
import type { Id } from '../../../../schema/ids.ts';
import type { FrameRate } from '../../../../schema/ladder.ts';
import { FieldFrame } from '../../../ui/field.tsx';
import { api, ask, jobs as jobCalls, media as mediaCalls } from '../../calls.ts';
import { useDesk } from '../../desk.ts';
import { useFresh } from '../../fresh-hook.ts';
import { go } from '../../navigation.ts';
import { Empty, Heading, Shown } from '../../parts.tsx';
import { at } from '../../places.ts';
import { jobHeading } from '../explain.ts';
import { useSay } from '../words.ts';
import { Numbers } from './numbers.tsx';
import { sides, type Side } from './pair.ts';
import { Stage } from './stage.tsx';
import { SwitchTo } from './switch-to.tsx';

const CINEMA: FrameRate = [24, 1];

/** Two finished versions of an episode, seen and in numbers, before viewers are given another one. */
export function ComparePage({
  titleId,
  episodeId,
  address,
}: {
  titleId: string;
  episodeId: Id<'episode'>;
  address: URL;
}) {
  const { t } = useDesk();
  const say = useSay();
  const media = useFresh(
    `media ${episodeId}`,
    () => mediaCalls.read(episodeId),
    () => false,
    () => true, // a job of this episode may be any
  );
  const episode = useFresh(`episode ${episodeId}`, () =>
    ask(() => api.admin.episodes[':id'].$get({ param: { id: episodeId } })),
  );
  const finished = media.value?.assets.filter(({ verified }) => verified) ?? [];
  const chosen = choose(finished, address.searchParams);
  const left = useJob(chosen?.left.jobId ?? null);
  const right = useJob(chosen?.right.jobId ?? null);
  const trail = [
    { href: at('titles'), name: t('titles.title') },
    {
      href: at('episode', { id: titleId, episode: episodeId }),
      name: left.value ? jobHeading(t, left.value) : t('episodes.title'),
    },
  ];
  const refresh = async () => {
    await Promise.all([media.refresh(), episode.refresh()]);
  };
  return (
    <>
      <Heading title={say('compare.title')} trail={trail} />
      <Shown of={media}>
        {() =>
          chosen ? (
            <>
              <div class="compare__pick">
                {sides.map((side) => (
                  <Pick
                    key={side}
                    side={side}
                    versions={finished}
                    chosen={chosen[side]}
                    onChoose={(id) => {
                      const query = new URLSearchParams({ left: chosen.left.id, right: chosen.right.id });
                      query.set(side, id);
                      go(`${address.pathname}?${query}`, { replace: true });
                    }}
                  />
                ))}
              </div>
              <SwitchTo versions={finished} chosen={chosen} episode={episode.value} onDone={refresh} />
              <Stage
                key={`${chosen.left.id} ${chosen.right.id}`}
                versions={chosen}
                frameRate={left.value?.source?.frameRate ?? CINEMA}
              />
              <Numbers
                left={{ asset: chosen.left, job: left.value }}
                right={{ asset: chosen.right, job: right.value }}
              />
            </>
          ) : (
            <Empty title={say('compare.none')}>
              <p>{say('compare.noneText')}</p>
            </Empty>
          )
        }
      </Shown>
    </>
  );
}

/** Where an asset has no job, its figures are those of its package alone. */
const useJob = (id: Id<'job'> | null) =>
  useFresh(`job ${id}`, () =>
    id ? jobCalls.read(id) : Promise.resolve({ ok: false, problem: null, offline: true }),
  );

/** As the address says; else what viewers get beside the newest other version. */
function choose(versions: readonly AssetView[], query: URLSearchParams): Record<Side, AssetView> | null {
  const named = (side: Side) => versions.find(({ id }) => id === query.get(side));
  const left = named('left') ?? versions.find(({ published }) => published) ?? versions.at(-1);
  const right = named('right') ?? versions.find((one) => one !== left);
  return left && right && left !== right ? { left, right } : null;
}

function Pick({
  side,
  versions,
  chosen,
  onChoose,
}: {
  side: Side;
  versions: readonly AssetView[];
  chosen: AssetView;
  onChoose: (id: string) => void;
}) {
  const { format } = useDesk();
  const say = useSay();
  const name = ({ version, published, publishAt, fileName }: AssetView) =>
    [
      say('compare.version', { version }),
      published && say('compare.shown'),
      publishAt !== null && say('compare.scheduled', { when: format.dateTime(publishAt) }),
      fileName,
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <FieldFrame label={say(`compare.${side}`)}>
      {(tied) => (
        <select {...tied} value={chosen.id} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
          {versions.map((one) => (
            <option key={one.id} value={one.id}>
              {name(one)}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}
