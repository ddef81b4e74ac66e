import { useState } from 'preact/hooks';
import type { AdminTitle } from '../../../schema/api/editing.ts';
import type { Holdback } from '../../../schema/api/rights.ts';
import { businessModels } from '../../../schema/plans.ts';
import { Button } from '../../ui/button.tsx';
import { useDesk } from '../desk.ts';
import { useDraft, useSave } from '../form.ts';
import { useFresh, type Failure } from '../fresh-hook.ts';
import { FailureNotice, Section, Shown } from '../parts.tsx';
import { SaveTrouble } from '../save-bar.tsx';
import { AreaFields } from './area-fields.tsx';
import { holdbacks as calls } from './calls.ts';
import { blankArea, newArea } from './licence-draft.ts';
import { scopeOf, whereOf, windowOf } from './territories.ts';
import { useSay } from './words.ts';

/** What a licensor keeps back in spite of a licence. */
export function Holdbacks({ title }: { title: AdminTitle }) {
  const { visit } = useDesk();
  const say = useSay();
  const list = useFresh(`holdbacks ${title.id}`, () => calls.list(title.id));
  const draft = useDraft(`engawa.draft.${title.id}.holdback`, blankArea(visit.timeZone, businessModels));
  const save = useSave(
    () => calls.create(title.id, newArea(draft.draft)),
    () => {
      draft.clear();
      void list.refresh();
    },
  );
  return (
    <Section title={say('holdbacks.title')}>
      <p class="faint">{say('holdbacks.text')}</p>
      <Shown of={list}>
        {({ items }) => (
          <ul class="licences">
            {items.map((held) => (
              <Row key={held.id} held={held} onRemoved={() => void list.refresh()} />
            ))}
          </ul>
        )}
      </Shown>
      <details class="more">
        <summary>{say('holdbacks.add')}</summary>
        <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
          <SaveTrouble failure={save.failure} fields={[...Object.keys(draft.draft), '/territories']} />
          <AreaFields draft={draft.draft} set={draft.set} problem={save.failure?.problem} />
          <div class="form__do">
            <Button type="submit" look="outline" disabled={save.busy}>
              {say('holdbacks.add')}
            </Button>
          </div>
        </form>
      </details>
    </Section>
  );
}

function Row({ held, onRemoved }: { held: Holdback; onRemoved: () => void }) {
  const { format } = useDesk();
  const say = useSay();
  const [failure, setFailure] = useState<Failure | null>(null);
  const where = whereOf(say, format, held.territories);
  const remove = async () => {
    const answer = await calls.remove(held.id);
    const gone = answer.ok || answer.problem?.status === 404;
    setFailure(gone ? null : answer);
    if (gone) onRemoved();
  };
  const terms = [
    scopeOf(say, held),
    windowOf(say, format, held),
    format.list(held.models.map((model) => say(`model.${model}`))),
  ];
  return (
    <li class="licence" id={held.id}>
      <div>
        <p>
          <strong>{where}</strong>
        </p>
        <p class="faint small">{terms.join(' · ')}</p>
        {failure && <FailureNotice failure={failure} />}
      </div>
      <Button small look="plain" onClick={() => void remove()}>
        {say('holdbacks.remove')}
        <span class="only-heard">: {where}</span>
      </Button>
    </li>
  );
}
