import type { Id } from '../../../schema/ids.ts';
import { Section } from '../parts.tsx';
import { log } from './calls.ts';
import { ChangeList } from './change-list.tsx';
import { useLog } from './use-log.ts';
import { saying, useSay } from './words.ts';

/** Whose history it is. `version` is another one after each change of it: then it is read again. */
export type Of = ({ titleId: Id<'title'> } | { episodeId: Id<'episode'> }) & {
  version?: number | string;
  /** After something was put back: what else shows it is to be read again. */
  onUndone?: () => void;
};

function HistoryPart({ version = '', onUndone, ...of }: Of) {
  const say = useSay();
  const list = useLog(JSON.stringify([of, version]), (cursor) =>
    'titleId' in of ? log.ofTitle(of.titleId, cursor) : log.ofEpisode(of.episodeId, cursor),
  );
  return (
    <Section title={say('history.title')}>
      {list.shown?.items.length === 0 && <p class="faint">{say('history.none')}</p>}
      <ChangeList of={list} {...(onUndone ? { onUndone } : {})} />
    </Section>
  );
}

export const history = saying(HistoryPart);
