import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { markWatched, undoMarked } from './calls.ts';
import { Told, type Telling } from './told.tsx';
import { useListWords } from './words.ts';

export type MarkWatchedData = {
  episodeId: string;
  number: number;
  completed: boolean;
  /** Offers “up to here” as well: not for the first. */
  upTo: boolean;
};

/** Which episodes are watched now, of those that somebody changed: each island of the page hears of its own. */
type Watched = ReadonlyMap<string, boolean>;
const WATCHED = 'engawa-watched';
const tell = (detail: Watched) => dispatchEvent(new CustomEvent(WATCHED, { detail }));

/**
 * Marks an episode, or all up to it, as watched; what it was can be had back.
 * An island: `<Island name="mark-watched" part={MarkWatched} data={…} />`.
 */
export default function MarkWatched({ data }: { data: MarkWatchedData }) {
  const l = useListWords();
  const [completed, setCompleted] = useState(data.completed);
  const [telling, setTelling] = useState<Telling | null>(null);
  const [busy, setBusy] = useState(false);
  const part = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    const hear = ({ detail }: CustomEvent<Watched>) =>
      setCompleted((now) => detail.get(data.episodeId) ?? now);
    addEventListener(WATCHED, hear as EventListener);
    return () => removeEventListener(WATCHED, hear as EventListener);
  }, []);
  // The episode beside it is HTML, and says so on its picture.
  useEffect(() => {
    part.current!.closest('li')?.setAttribute('data-watched', String(completed));
  }, [completed]);
  const mark = async (watched: boolean, upTo: boolean) => {
    setBusy(true);
    const answer = await markWatched(data.episodeId, watched, upTo);
    setBusy(false);
    if (!answer.ok) return setTelling({ text: l('list.failed') });
    const { changed, before } = answer.value;
    setCompleted(watched);
    const undo = async () => {
      const back = await undoMarked(before);
      if (!back.ok) return setTelling({ text: l('list.failed') });
      tell(new Map(before.map(({ episodeId, progress }) => [episodeId, progress?.completed ?? false])));
      setTelling(null);
    };
    tell(new Map(before.map(({ episodeId }) => [episodeId, watched])));
    setTelling({ text: l(watched ? 'watched.done' : 'watched.undone', { count: changed }), undo });
  };
  return (
    <fieldset class="mark-watched" ref={part} aria-label={l('watched.menu', { number: data.number })}>
      <Button
        look={completed ? 'outline' : 'plain'}
        small
        aria-pressed={completed}
        aria-label={l('watched.mark')}
        title={l(completed ? 'watched.unmark' : 'watched.mark')}
        disabled={busy}
        onClick={() => void mark(!completed, false)}
      >
        <Icon name="check" />
      </Button>
      {data.upTo && !completed && (
        <Button
          look="plain"
          small
          aria-label={l('watched.upTo')}
          title={l('watched.upTo')}
          disabled={busy}
          onClick={() => void mark(true, true)}
        >
          <Icon name="up" />
        </Button>
      )}
      <Told telling={telling} />
    </fieldset>
  );
}
