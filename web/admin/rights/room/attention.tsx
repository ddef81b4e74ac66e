import { attentionKinds, type Attention } from '../../../../schema/api/rights-room.ts';
import { FieldFrame } from '../../../ui/field.tsx';
import { Button } from '../../../ui/button.tsx';
import { useDesk } from '../../desk.ts';
import type { Formats } from '../../format.ts';
import { useFresh } from '../../fresh-hook.ts';
import { go } from '../../navigation.ts';
import { usePages } from '../../pages-hook.ts';
import { Empty, FailureNotice, Heading, Shown, State, type Tone } from '../../parts.tsx';
import { at } from '../../places.ts';
import { attention as calls } from '../calls.ts';
import { scopeOf, whereOf } from '../territories.ts';
import { useSay, type Say } from '../words.ts';
import { withParams } from './params.ts';
import { RightsTabs } from './tabs.tsx';
import { useRoom, type RoomSay } from './words.ts';

const periods = ['7', '30', '90', '365'];
const tones: Record<Attention['kind'], Tone> = { ending: 'warning', gap: 'danger', overlap: 'quiet' };

/** What of all rights needs somebody, the earliest first. */
export function AttentionPage({ address }: { address: URL }) {
  const room = useRoom();
  const { t } = useDesk();
  const kind = attentionKinds.find((one) => one === address.searchParams.get('kind'));
  const days = periods.find((one) => one === address.searchParams.get('days')) ?? '90';
  const query = { days, ...(kind ? { kind } : {}) };
  const key = `attention ${days} ${kind ?? ''}`;
  const first = useFresh(key, () => calls.list(query));
  const pages = usePages(key, first.value, (cursor) => calls.list({ ...query, cursor }));
  const set = (name: string) => (event: { currentTarget: HTMLSelectElement }) =>
    go(withParams(address, { [name]: event.currentTarget.value }), { replace: true });
  return (
    <>
      <Heading title={room('rights.title')} />
      <RightsTabs now="rights" />
      <search class="filters">
        <FieldFrame label={room('attention.kind')}>
          {(tied) => (
            <select {...tied} value={kind ?? ''} onChange={set('kind')}>
              <option value="">{room('filter.any')}</option>
              {attentionKinds.map((one) => (
                <option key={one} value={one}>
                  {room(`attention.${one}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <FieldFrame label={room('attention.days')}>
          {(tied) => (
            <select {...tied} value={days} onChange={set('days')}>
              {periods.map((one) => (
                <option key={one} value={one}>
                  {room('attention.within', { count: Number(one) })}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      </search>
      <Shown of={first}>
        {() =>
          pages.items.length === 0 ? (
            <Empty title={room('attention.none')}>
              <p>{room('attention.noneText')}</p>
            </Empty>
          ) : (
            <>
              <ul class="licences">
                {pages.items.map((item) => (
                  <Item key={item.id} item={item} />
                ))}
              </ul>
              {pages.failure && <FailureNotice failure={pages.failure} />}
              {pages.next && (
                <Button look="outline" disabled={pages.busy} onClick={() => void pages.more()}>
                  {t('desk.more')}
                </Button>
              )}
            </>
          )
        }
      </Shown>
    </>
  );
}

function Item({ item }: { item: Attention }) {
  const room = useRoom();
  const say = useSay();
  const { format } = useDesk();
  return (
    <li class="licence">
      <div>
        <p class="licence__where">
          <a href={at('title-part', { id: item.titleId, part: 'rights' })}>
            <strong>{item.titleName}</strong>
          </a>
          <State tone={tones[item.kind]}>{room(`attention.${item.kind}`)}</State>
          <span>{whenOf(room, format, item)}</span>
        </p>
        <p class="faint small">{aboutOf(say, room, format, item).join(' · ')}</p>
      </div>
      <p class="licence__links small">
        {item.licenceIds.map((id, i) => (
          <a key={id} href={at('licence', { id })}>
            {room('attention.open', { count: i + 1 })}
          </a>
        ))}
      </p>
    </li>
  );
}

export function whenOf(room: RoomSay, format: Formats, { kind, at: begins, until }: Attention): string {
  const from = begins === 0 ? room('attention.ever') : format.date(begins);
  if (kind === 'ending') return room('attention.endsOn', { date: from });
  return until === null
    ? room('attention.since', { from })
    : room('attention.between', { from, until: format.date(until) });
}

/** Where, how, in which languages and for which episodes: what is true of all of it is not said. */
function aboutOf(say: Say, room: RoomSay, format: Formats, item: Attention): string[] {
  const { territories, models, audio, subtitles, episodes } = item;
  const languages = (codes: readonly string[]) =>
    format.list(codes.map((code) => (code === '*' ? room('attention.others') : format.language(code))));
  return [
    whereOf(say, format, territories),
    format.list(models.map((model) => say(`model.${model}`))),
    audio?.length ? `${say('licences.audio')}: ${languages(audio)}` : '',
    subtitles?.length ? `${say('licences.subtitles')}: ${languages(subtitles)}` : '',
    format.list(
      episodes.map((part) => (part.season === null ? room('attention.otherSeasons') : scopeOf(say, part))),
    ),
  ].filter(Boolean);
}
