import { useId, useState } from 'preact/hooks';
import { BREAK_APART_SECONDS, MOST_BREAKS } from '../../../schema/api/ads.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Marker } from '../../../schema/media-facts.ts';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { clock, fromClock } from '../episodes/media/clock.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Section, Shown } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { proposedBreaks, wrongBreaks } from './break-marks.ts';
import { breakMarks as calls } from './calls.ts';
import { saying, useSay } from './words.ts';

type Of = {
  episodeId: Id<'episode'>;
  markers: readonly Marker[];
  /** Seconds; null: not known. */
  duration: number | null;
};

/** Where an episode may be interrupted for advertising, beside where players offer to skip. */
export const breakEditor = saying(BreakEditor);

function BreakEditor({ episodeId, markers, duration }: Of) {
  const say = useSay();
  const saved = useFresh(`breaks ${episodeId}`, () => calls.read(episodeId));
  return (
    <Section title={say('breaks.title')}>
      <p class="faint">{say('breaks.text')}</p>
      <Shown of={saved}>
        {({ breaks }) => (
          <Times
            key={breaks.join()}
            breaks={breaks}
            proposed={proposedBreaks(markers, duration)}
            duration={duration}
            episodeId={episodeId}
            onSaved={saved.refresh}
          />
        )}
      </Shown>
    </Section>
  );
}

function Times({
  breaks,
  proposed,
  duration,
  episodeId,
  onSaved,
}: {
  breaks: readonly number[];
  proposed: number[];
  duration: number | null;
  episodeId: Id<'episode'>;
  onSaved: () => Promise<void>;
}) {
  const { t } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const id = useId();
  const [draft, setDraft] = useState<string[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const lines = draft ?? breaks.map(clock);
  const times = lines.map(fromClock);
  const wrong = wrongBreaks(times, duration);
  const save = async () => {
    const sorted = times.flatMap((at) => at ?? []).toSorted((a, b) => a - b);
    const answer = await calls.put(episodeId, sorted);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) return;
    toasts.undoable(say('breaks.saved'), answer, onSaved);
    setDraft(null);
    await onSaved();
  };
  const next = () => {
    const last = times.findLast((at) => at !== null);
    return clock(last === undefined || last === null ? 0 : last + 8 * 60);
  };
  return (
    <>
      {lines.length === 0 && <p>{say('breaks.none')}</p>}
      <ol class="markers">
        {lines.map((line, index) => (
          <li key={index} class="field">
            <input
              class="markers__time"
              aria-label={say('breaks.at', { number: index + 1 })}
              aria-describedby={wrong ? id : undefined}
              aria-invalid={times[index] === null}
              inputMode="decimal"
              value={line}
              onInput={({ currentTarget: { value } }) =>
                setDraft(lines.map((one, i) => (i === index ? value : one)))
              }
            />
            {times[index] === 0 && <span class="tag">{say('breaks.before')}</span>}
            <Button
              small
              look="plain"
              aria-label={say('breaks.removeAt', { time: line })}
              onClick={() => setDraft(lines.filter((_, i) => i !== index))}
            >
              {t('track.remove')}
            </Button>
          </li>
        ))}
      </ol>
      {wrong && (
        <output class="field__problem" id={id}>
          {say(`wrong.${wrong}`, { apart: BREAK_APART_SECONDS, most: MOST_BREAKS })}
        </output>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div class="panel__do">
        <Button
          small
          look="outline"
          disabled={lines.length >= MOST_BREAKS}
          onClick={() => setDraft([...lines, next()])}
        >
          {say('breaks.add')}
        </Button>
        <Button small look="outline" onClick={() => setDraft(proposed.map(clock))}>
          {say('breaks.propose')}
        </Button>
        {draft && (
          <>
            <Button small look="primary" disabled={wrong !== null} onClick={() => void save()}>
              {t('desk.save')}
            </Button>
            <Button small look="outline" onClick={() => setDraft(null)}>
              {t('desk.revert')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
