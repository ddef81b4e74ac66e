import { useState } from 'preact/hooks';
import type { Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useDesk } from '../desk.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { fromLocal, toLocal } from '../local-time.ts';
import { FailureNotice, State } from '../parts.tsx';
import { licences as licenceCalls } from '../rights/calls.ts';
import { useToasts } from '../toasts.tsx';
import { publishing } from './calls.ts';
import { missing, needs } from './checklist.ts';
import { inUtc, MomentField, soon } from './moment-field.tsx';
import { partAt, type PartOf } from './title-parts.ts';
import { stateTones, titleState } from './title-state.ts';
import { useSay } from './words.ts';

/** Who sees the title now, what it lacks, and the way to its publication and back. */
export function Publishing({ title, loaded }: PartOf) {
  const { t, format, visit } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const [at, setAt] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const licences = useFresh(`licences ${title.id}`, () => licenceCalls.list(title.id));
  const state = titleState(title);
  const lacks = missing(title, licences.value?.items ?? [], Date.now());
  const change = async (said: string, ask: () => Promise<Answer<unknown>>) => {
    setBusy(true);
    const answer = await ask();
    setBusy(false);
    setFailure(answer.ok ? null : answer);
    if (answer.ok) {
      setAt(null);
      toasts.undoable(said, answer, loaded.refresh);
    }
    await loaded.refresh();
  };
  const publish = (moment: number | null) =>
    change(say(moment === null ? 'publish.done' : 'publish.planned', { name: title.names.main }), () =>
      publishing.publish(title.id, moment, title.revision),
    );
  return (
    <div class="publishing">
      <div class="publishing__row">
        <State tone={stateTones[state]}>{say(`state.${state}`)}</State>
        {title.publishAt !== null && (
          <span class="faint">
            {say('publish.at', {
              here: format.dateTime(title.publishAt),
              utc: inUtc(title.publishAt, visit.language),
            })}
          </span>
        )}
        <span class="publishing__do">
          {title.draft ? (
            <>
              <Button small look="primary" disabled={busy} onClick={() => void publish(null)}>
                {say('publish.now')}
              </Button>
              <Button
                small
                look="outline"
                disabled={busy}
                aria-expanded={at !== null}
                onClick={() => setAt(at === null ? toLocal(title.publishAt) || soon() : null)}
              >
                {say(title.publishAt === null ? 'publish.later' : 'publish.move')}
              </Button>
            </>
          ) : null}
          {(!title.draft || title.publishAt !== null) && (
            <Button
              small
              look="outline"
              disabled={busy}
              onClick={() =>
                void change(say('publish.undone', { name: title.names.main }), () =>
                  publishing.unpublish(title.id, title.revision),
                )
              }
            >
              {say(title.draft ? 'publish.forget' : 'publish.takeBack')}
            </Button>
          )}
        </span>
      </div>
      {failure && <FailureNotice failure={failure} />}
      {at !== null && (
        <form
          class="form form--row"
          onSubmit={(event) => {
            event.preventDefault();
            void publish(fromLocal(at));
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
      {licences.value && lacks.length > 0 && (
        <details class="more" open={title.draft}>
          <summary>{say('check.missing', { count: lacks.length })}</summary>
          <ul class="checklist">
            {needs.map(({ what, part }) => (
              <li key={what} class={lacks.includes(what) ? 'checklist__lacks' : 'checklist__has'}>
                {lacks.includes(what) ? (
                  <>
                    <span aria-hidden="true">○</span>
                    <a href={partAt(title.id, part)}>{say(`check.${what}`)}</a>
                  </>
                ) : (
                  <>
                    <Icon name="check" size={14} />
                    <span>
                      {say(`check.${what}`)} <span class="only-heard">{say('check.has')}</span>
                    </span>
                  </>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
