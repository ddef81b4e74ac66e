import { useState } from 'preact/hooks';
import { episodeKinds } from '../../../schema/catalog-terms.ts';
import type { AdminEpisode, BulkAnswer } from '../../../schema/api/editing.ts';
import type { Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { FailureNotice } from '../parts.tsx';
import { Chosen } from '../table/chosen.tsx';
import type { Selection } from '../table/selection.ts';
import { useToasts } from '../toasts.tsx';
import { bulk, episodes as calls, importRows, type EpisodesChange } from './calls.ts';
import { Fates } from './fates.tsx';
import { ScheduleFields, timesOf, weekly, type Broadcast } from './schedule-fields.tsx';
import type { PartOf } from './title-parts.ts';
import { useSay } from './words.ts';

const HOUR = 3_600_000;
type Listed = Pick<AdminEpisode, 'id' | 'season' | 'number' | 'revision'> & { titleName?: string };
type Open = 'move' | 'schedule' | null;

/** What can be done to several episodes at once: all or nothing, and each one's fate is said. */
export function BulkEpisodes({
  title,
  episodes,
  selection,
  refresh,
}: {
  /** Null: they are of several titles, which no schedule is for. */
  title: PartOf['title'] | null;
  episodes: readonly Listed[];
  selection: Selection;
  refresh: () => Promise<void>;
}) {
  const { t } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const confirm = useConfirm();
  const [open, setOpen] = useState<Open>(null);
  const [hours, setHours] = useState('168');
  const [broadcast, setBroadcast] = useState<Broadcast>(weekly);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [fates, setFates] = useState<BulkAnswer['items']>([]);
  const chosen = episodes.filter(({ id }) => selection.has(id));
  const nameOf = (id: string) => {
    const episode = episodes.find((one) => one.id === id);
    if (!episode) return id;
    const place = say('episode.place', { season: episode.season, number: episode.number });
    return episode.titleName ? `${episode.titleName}, ${place}` : place;
  };
  const run = async <T,>(ask: () => Promise<Answer<T>>, said: (value: T) => string | null) => {
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) {
      setOpen(null);
      const text = said(answer.value);
      if (text) toasts.undoable(text, answer, refresh);
    }
    await refresh();
  };
  const change = (json: Omit<EpisodesChange, 'ids'>) =>
    run(
      () => bulk.episodes({ ids: chosen.map(({ id }) => id), ...json }),
      ({ items }) => {
        setFates(items.filter(({ fate }) => fate !== 'changed'));
        const count = items.filter(({ fate }) => fate === 'changed').length;
        return count > 0 ? say('bulk.done', { count }) : null; // why not stands in the bar
      },
    );
  const schedule = (of: PartOf['title']) => {
    const times = timesOf(broadcast, chosen.length);
    const rows = chosen.map(({ season, number }, i) => ({ season, number, airsAt: times[i]! }));
    return run(
      () => importRows(of.id, rows),
      () => say('bulk.done', { count: rows.length }),
    );
  };
  const erase = async () => {
    const sure = await confirm({
      title: say('bulk.eraseTitle', { count: chosen.length }),
      text: say('bulk.eraseText', { list: chosen.map(({ id }) => nameOf(id)).join(', ') }),
      yes: say('bulk.erase'),
    });
    if (!sure) return;
    setBusy(true);
    const refused: BulkAnswer['items'] = [];
    for (const { id, revision } of chosen) {
      const answer = await calls.erase(id, revision);
      if (answer.ok) continue;
      const because = answer.problem ? (answer.problem.detail ?? answer.problem.title) : t('desk.offline');
      refused.push({ id, fate: 'refused', because });
    }
    setBusy(false);
    setFates(refused);
    toasts.say(say('bulk.erased', { count: chosen.length - refused.length }));
    await refresh();
  };
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <Chosen selection={selection}>
        <Fates fates={fates} nameOf={nameOf} onClose={() => setFates([])} />
        <Button small look="primary" disabled={busy} onClick={() => void change({ publish: true })}>
          {t('episode.publish')}
        </Button>
        <Button small look="outline" disabled={busy} onClick={() => void change({ unpublish: true })}>
          {say('bulk.unpublish')}
        </Button>
        <Button
          small
          look="outline"
          aria-expanded={open === 'move'}
          onClick={() => setOpen(open === 'move' ? null : 'move')}
        >
          {say('bulk.move')}
        </Button>
        {title && (
          <Button
            small
            look="outline"
            aria-expanded={open === 'schedule'}
            onClick={() => setOpen(open === 'schedule' ? null : 'schedule')}
          >
            {say('bulk.schedule')}
          </Button>
        )}
        <select
          aria-label={say('bulk.kind')}
          value=""
          disabled={busy}
          onChange={({ currentTarget }) => {
            const kind = episodeKinds.find((one) => one === currentTarget.value);
            currentTarget.value = '';
            if (kind) void change({ kind });
          }}
        >
          <option value="">{say('bulk.kind')}</option>
          {episodeKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`episodeKind.${kind}`)}
            </option>
          ))}
        </select>
        <Button small look="plain" disabled={busy} onClick={() => void erase()}>
          {say('bulk.erase')}
        </Button>
        {open === 'move' && (
          <form
            class="form form--row chosen__form"
            onSubmit={(event) => {
              event.preventDefault();
              void change({ moveAirsAt: Math.round(Number(hours) * HOUR) });
            }}
          >
            <Field
              label={say('bulk.hours')}
              hint={say('bulk.hoursHint')}
              type="number"
              step="0.25"
              required
              value={hours}
              onInput={({ currentTarget }) => setHours(currentTarget.value)}
            />
            <Button type="submit" look="primary" disabled={busy || !Number(hours)}>
              {say('bulk.moveNow')}
            </Button>
          </form>
        )}
        {title && open === 'schedule' && (
          <form
            class="form form--row chosen__form"
            onSubmit={(event) => {
              event.preventDefault();
              void schedule(title);
            }}
          >
            <ScheduleFields value={broadcast} count={chosen.length} onChange={setBroadcast} />
            <Button type="submit" look="primary" disabled={busy || !broadcast.from}>
              {say('bulk.scheduleNow')}
            </Button>
          </form>
        )}
      </Chosen>
    </>
  );
}
