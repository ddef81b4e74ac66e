import { useState } from 'preact/hooks';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import type { Holdback } from '../../../schema/api/rights.ts';
import { businessModels } from '../../../schema/plans.ts';
import { Button } from '../../ui/button.tsx';
import { useConfirm } from '../confirm.tsx';
import { useDesk } from '../desk.ts';
import { useDraft, useSave } from '../form.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Section, Shown } from '../parts.tsx';
import { SaveTrouble } from '../save-bar.tsx';
import { useToasts } from '../toasts.tsx';
import { AreaFields } from './area-fields.tsx';
import { holdbacks as calls } from './calls.ts';
import { useRightsChanged } from './changes.ts';
import { areaDraft, blankArea, newArea } from './licence-draft.ts';
import { useRoom } from './room/words.ts';
import { scopeOf, whereOf, windowOf } from './territories.ts';
import { useSay } from './words.ts';

/** What a licensor keeps back in spite of a licence. */
export function Holdbacks({ title }: { title: AdminTitle }) {
  const say = useSay();
  const list = useFresh(`holdbacks ${title.id}`, () => calls.list(title.id));
  const tell = useRightsChanged();
  const changed = () => {
    void list.refresh();
    tell();
  };
  return (
    <Section title={say('holdbacks.title')}>
      <p class="faint">{say('holdbacks.text')}</p>
      <Shown of={list}>
        {({ items }) => (
          <ul class="licences">
            {items.map((held) => (
              <Row key={held.id} held={held} title={title} onChanged={changed} />
            ))}
          </ul>
        )}
      </Shown>
      <details class="more">
        <summary>{say('holdbacks.add')}</summary>
        <HoldbackForm title={title} onSaved={changed} />
      </details>
    </Section>
  );
}

/** Adds a holdback, or changes one. */
function HoldbackForm({
  title,
  held,
  onSaved,
  onCancel,
}: {
  title: AdminTitle;
  held?: Holdback;
  onSaved: () => void;
  onCancel?: () => void;
}) {
  const { t, visit } = useDesk();
  const say = useSay();
  const room = useRoom();
  const draft = useDraft(
    `engawa.draft.${held?.id ?? title.id}.holdback`,
    held ? areaDraft(held, visit.timeZone) : blankArea(visit.timeZone, businessModels),
  );
  const area = () => ({ ...newArea(draft.draft), reason: held?.reason ?? null });
  const save = useSave(
    () => (held ? calls.change(held.id, area()) : calls.create(title.id, area())),
    () => {
      draft.clear();
      onSaved();
    },
  );
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble failure={save.failure} fields={[...Object.keys(draft.draft), '/territories']} />
      <AreaFields draft={draft.draft} set={draft.set} problem={save.failure?.problem} />
      <p class="faint">{room('holdback.effect')}</p>
      <div class="form__do">
        {onCancel && (
          <Button look="plain" onClick={onCancel}>
            {t('desk.cancel')}
          </Button>
        )}
        <Button type="submit" look="outline" disabled={save.busy}>
          {held ? room('holdback.save') : say('holdbacks.add')}
        </Button>
      </div>
    </form>
  );
}

function Row({ held, title, onChanged }: { held: Holdback; title: AdminTitle; onChanged: () => void }) {
  const { format } = useDesk();
  const say = useSay();
  const room = useRoom();
  const confirm = useConfirm();
  const toasts = useToasts();
  const [editing, setEditing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const where = whereOf(say, format, held.territories);
  const remove = async () => {
    const confirmed = await confirm({
      title: room('holdback.removeTitle'),
      text: room('holdback.removeText', { where, title: title.names.main }),
      yes: say('holdbacks.remove'),
    });
    if (!confirmed) return;
    const answer = await calls.remove(held.id);
    const gone = answer.ok || answer.problem?.status === 404;
    setFailure(gone ? null : answer);
    if (!gone) return;
    toasts.say({ text: room('holdback.removed'), tone: 'good' });
    onChanged();
  };
  const terms = [
    scopeOf(say, held),
    windowOf(say, format, held),
    format.list(held.models.map((model) => say(`model.${model}`))),
    held.reason,
  ].filter(Boolean);
  return (
    <li class="licence" id={held.id}>
      <div>
        <p>
          <strong>{where}</strong>
        </p>
        <p class="faint small">{terms.join(' · ')}</p>
        {failure && <FailureNotice failure={failure} />}
        {editing && (
          <HoldbackForm
            title={title}
            held={held}
            onSaved={() => {
              setEditing(false);
              onChanged();
            }}
            onCancel={() => setEditing(false)}
          />
        )}
      </div>
      {!editing && (
        <div class="heading__do">
          <Button small look="plain" onClick={() => setEditing(true)}>
            {room('holdback.edit')}
            <span class="only-heard">: {where}</span>
          </Button>
          <Button small look="plain" onClick={() => void remove()}>
            {say('holdbacks.remove')}
            <span class="only-heard">: {where}</span>
          </Button>
        </div>
      )}
    </li>
  );
}
