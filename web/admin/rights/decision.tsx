import { useState } from 'preact/hooks';
import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import { Section } from '../parts.tsx';
import { at } from '../places.ts';
import { EpisodeField } from './ask/ask-page.tsx';
import { Viewers } from './ask/viewers.tsx';
import { useRoom } from './room/words.ts';
import { useSay } from './words.ts';

/** What a made-up viewer would be answered, and what each row says of it. */
export function Decision({ title }: { title: AdminTitleDetail }) {
  const say = useSay();
  const room = useRoom();
  const [params, setParams] = useState<Readonly<Record<string, string>>>({ country: 'JP' });
  const change = (changes: Readonly<Record<string, string>>) =>
    setParams((before) => ({ ...before, ...changes }));
  const episode = title.episodeList.find(({ id }) => id === params['episode']) ?? title.episodeList[0];
  if (!episode) return null;
  const given = Object.entries({ ...params, title: title.id, episode: episode.id }).filter(
    ([, value]) => value,
  );
  return (
    <Section
      title={say('decision.title')}
      aside={<a href={`${at('ask')}?${new URLSearchParams(given).toString()}`}>{room('ask.link')}</a>}
    >
      <p class="faint">{say('decision.text')}</p>
      <EpisodeField label={say('decision.episode')} title={title} chosen={episode.id} change={change} />
      <Viewers titleId={title.id} episodeId={episode.id} params={params} change={change} />
    </Section>
  );
}
