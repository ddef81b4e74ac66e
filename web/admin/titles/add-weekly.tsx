import { useState } from 'preact/hooks';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { importRows } from './calls.ts';
import { ScheduleFields, timesOf, weekly, type Broadcast } from './schedule-fields.tsx';
import type { PartOf } from './title-parts.ts';
import { freeNumbers } from './weekly.ts';
import { useSay } from './words.ts';

const MOST = 200;

/** Adds the episodes of a cour at once, all or none, each with its air time. */
export function AddWeekly({ title, loaded, season, next }: PartOf & { season: number; next: number }) {
  const say = useSay();
  const toasts = useToasts();
  const [count, setCount] = useState('12');
  const [broadcast, setBroadcast] = useState<Broadcast>(weekly);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const add = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const taken = new Set(
      title.episodeList.filter((one) => one.season === season).map(({ number }) => number),
    );
    const times = timesOf(broadcast, Number(count));
    const rows = freeNumbers(taken, next, Number(count)).map((number, i) => ({
      season,
      number,
      ...(times[i] === undefined ? {} : { airsAt: times[i] }),
    }));
    const answer = await importRows(title.id, rows);
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) toasts.undoable(say('weekly.added', { count: rows.length }), answer, loaded.refresh);
    await loaded.refresh();
  };
  return (
    <details class="more">
      <summary>{say('weekly.title')}</summary>
      <form class="form form--row" onSubmit={(event) => void add(event)}>
        {failure && <FailureNotice failure={failure} />}
        <Field
          label={say('weekly.count')}
          hint={say('weekly.countHint', { season, number: next })}
          type="number"
          min={1}
          max={MOST}
          required
          value={count}
          onInput={({ currentTarget }) => setCount(currentTarget.value)}
        />
        <ScheduleFields value={broadcast} count={Number(count)} onChange={setBroadcast} />
        <Button type="submit" look="outline" disabled={busy}>
          {say('weekly.add')}
        </Button>
      </form>
    </details>
  );
}
