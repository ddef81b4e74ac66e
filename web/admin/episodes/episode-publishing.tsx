import { useState } from 'preact/hooks';
import type { AdminEpisode } from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import type { Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import type { Failure } from '../fresh-hook.ts';
import { fromLocal } from '../local-time.ts';
import { go } from '../navigation.ts';
import { FailureNotice, State } from '../parts.tsx';
import { useToasts } from '../toasts.tsx';
import { episodes as calls } from '../titles/calls.ts';
import { inUtc, MomentField, soon } from '../titles/moment-field.tsx';
import { partAt } from '../titles/title-parts.ts';
import { useSay } from '../titles/words.ts';

/** What viewers have of an episode and will have when, and the ways there and back. */
export function EpisodePublishing({
  episode,
  ready,
  refresh,
}: {
  episode: AdminEpisode;
  /** A verified version that viewers do not have. */
  ready: Id<'asset'> | null;
  refresh: () => Promise<void>;
}) {
  const { t, format, visit } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const confirm = useConfirm();
  const [at, setAt] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { id, revision, assetId, publishAt, publishAssetId, publishRefused, takenDownAt } = episode;
  const state =
    takenDownAt !== null ? 'takenDown' : assetId ? 'published' : publishAt ? 'scheduled' : 'draft';
  const run = async (said: string, ask: () => Promise<Answer<unknown>>, after = refresh) => {
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) {
      setAt(null);
      toasts.undoable(said, answer, refresh);
      return after();
    }
    await refresh();
  };
  const erase = async () => {
    const sure = await confirm({
      title: say('bulk.eraseTitle', { count: 1 }),
      text: say('bulk.eraseText', {
        list: say('episode.place', { season: episode.season, number: episode.number }),
      }),
      yes: say('bulk.erase'),
    });
    if (!sure) return;
    await run(
      say('bulk.erased', { count: 1 }),
      () => calls.erase(id, revision),
      async () => go(partAt(episode.titleId, 'episodes'), { replace: true }),
    );
  };
  const words = { takenDown: 'danger', published: 'good', scheduled: 'warning', draft: 'quiet' } as const;
  const version = ready ?? publishAssetId;
  return (
    <div class="publishing">
      <div class="publishing__row">
        <State tone={words[state]}>{say(`episodeIs.${state}`)}</State>
        {publishAt !== null && (
          <span class="faint">
            {say('publish.at', { here: format.dateTime(publishAt), utc: inUtc(publishAt, visit.language) })}
          </span>
        )}
        <span class="publishing__do">
          {version && version !== assetId && (
            <Button
              small
              look="outline"
              disabled={busy}
              aria-expanded={at !== null}
              onClick={() => setAt(at === null ? soon() : null)}
            >
              {say(publishAt === null ? 'publish.later' : 'publish.move')}
            </Button>
          )}
          {(publishAt !== null || publishRefused) && (
            <Button
              small
              look="outline"
              disabled={busy}
              onClick={() => void run(say('episodeIs.forgotten'), () => calls.forget(id, revision))}
            >
              {say(publishAt === null ? 'episodeIs.understood' : 'publish.forget')}
            </Button>
          )}
          {assetId && (
            <Button
              small
              look="outline"
              disabled={busy}
              onClick={() => void run(say('episodeIs.off'), () => calls.unpublish(id, revision))}
            >
              {say('bulk.unpublish')}
            </Button>
          )}
          {!assetId && (
            <Button small look="plain" disabled={busy} onClick={() => void erase()}>
              {say('bulk.erase')}
            </Button>
          )}
        </span>
      </div>
      {publishRefused && <p class="bad">{publishRefused}</p>}
      {failure && <FailureNotice failure={failure} />}
      {at !== null && version && (
        <form
          class="form form--row"
          onSubmit={(event) => {
            event.preventDefault();
            void run(say('episodeIs.planned'), () => calls.publish(id, version, fromLocal(at), revision));
          }}
        >
          <MomentField label={say('publish.when')} value={at} onChange={setAt} />
          <Button type="submit" look="primary" disabled={busy || fromLocal(at) === null}>
            {say('publish.plan')}
          </Button>
          <Button look="plain" onClick={() => setAt(null)}>
            {t('desk.cancel')}
          </Button>
        </form>
      )}
    </div>
  );
}
