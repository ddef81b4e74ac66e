import { useEffect, useState } from 'preact/hooks';
import { CREATIVE_SECONDS, type Creative } from '../../../schema/api/ads.ts';
import type { AdminEpisode } from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import { FieldFrame } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice, Heard } from '../parts.tsx';
import { at } from '../places.ts';
import { TitleFinder } from '../titles/title-finder.tsx';
import { creatives } from './calls.ts';
import { useSay } from './words.ts';

/** Which film is shown: an episode of a title that stays a draft. Whether it can be is looked up as soon as one is chosen. */
export function CreativeField({
  known,
  value,
  problem,
  onChange,
}: {
  known: Creative | null;
  value: string;
  problem: string | undefined;
  onChange: (id: string) => void;
}) {
  const say = useSay();
  const [episodes, setEpisodes] = useState<AdminEpisode[] | null>(null);
  const [creative, setCreative] = useState(known);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    if (!value || value === creative?.episodeId) return;
    void creatives.read(value as Id<'episode'>).then((answer) => {
      setFailure(answer.ok ? null : answer);
      if (answer.ok) setCreative(answer.value);
    });
  }, [value]);
  const open = async (id: Id<'title'>) => {
    const answer = await creatives.ofTitle(id);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    setEpisodes(answer.value.episodeList);
    if (answer.value.episodeList.length === 1) onChange(answer.value.episodeList[0]!.id);
  };
  const shown = value && creative?.episodeId === value ? creative : null;
  return (
    <fieldset class="campaign__part">
      <legend>{say('creative.title')}</legend>
      <details class="more">
        <summary>{say('creative.how')}</summary>
        <ol>
          <li>{say('creative.one')}</li>
          <li>{say('creative.two', { seconds: CREATIVE_SECONDS })}</li>
          <li>{say('creative.three')}</li>
        </ol>
      </details>
      <TitleFinder
        label={say('creative.find')}
        without={[]}
        chooseWord={(name) => say('creative.choose', { name })}
        onChoose={({ id }) => void open(id)}
      />
      {episodes && (
        <FieldFrame label={say('creative.episode')} problem={problem}>
          {(tied) => (
            <select
              {...tied}
              name="/creativeEpisodeId"
              value={value}
              onChange={({ currentTarget }) => onChange(currentTarget.value)}
            >
              <option value="">{say(episodes.length === 0 ? 'creative.noEpisodes' : 'creative.none')}</option>
              {episodes.map((episode) => (
                <option key={episode.id} value={episode.id}>
                  {say('creative.numbered', { season: episode.season, number: episode.number })}
                  {episode.name && ` · ${episode.name}`}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
      )}
      {!episodes && problem && <p class="field__problem">{problem}</p>}
      {failure && <FailureNotice failure={failure} />}
      {shown && <Chosen creative={shown} />}
    </fieldset>
  );
}

function Chosen({ creative }: { creative: Creative }) {
  const { format } = useDesk();
  const say = useSay();
  const { titleId, titleName, season, number, duration, fault, episodeId } = creative;
  const name = [
    titleName,
    season !== null && number !== null && say('creative.numbered', { season, number }),
    duration !== null && format.duration(duration),
  ].filter(Boolean);
  return (
    <>
      <p>
        {titleId ? (
          <a href={at('episode', { id: titleId, episode: episodeId })}>{name.join(' · ')}</a>
        ) : (
          name.join(' · ')
        )}
      </p>
      {fault && (
        <Notice tone="warning" title={say('creative.fault')}>
          <p>{say(`fault.${fault}`, { seconds: CREATIVE_SECONDS })}</p>
        </Notice>
      )}
      <Heard text={fault ? say('creative.fault') : say('creative.good')} />
    </>
  );
}
