import { Button } from '../../ui/button.tsx';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { person as calls } from './calls.ts';
import { useSay } from './words.ts';

/** Gives somebody a title for rent or for good, paid by nobody. */
export function GiveForm({ id, onDone }: { id: string; onDone: () => void }) {
  const say = useSay();
  const draft = useDraft(`engawa.draft.give.${id}`, { '/titleId': '', '/kind': 'purchase', '/reason': '' });
  const of = draft.draft;
  const save = useSave(
    () =>
      calls.give(id, {
        titleId: (of['/titleId'] ?? '').trim(),
        kind: of['/kind'] === 'rental' ? 'rental' : 'purchase',
        reason: of['/reason'] ?? '',
      }),
    () => {
      draft.clear();
      onDone();
    },
  );
  const tied = tie(draft);
  const problem = (pointer: string) => problemAt(save.failure?.problem, pointer);
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble failure={save.failure} fields={Object.keys(of)} />
      <div class="form__grid">
        <Field
          label={say('give.titleId')}
          hint={say('give.titleIdHint')}
          required
          problem={problem('/titleId')}
          {...tied('/titleId')}
        />
        <FieldFrame label={say('offers.kind')}>
          {(frame) => (
            <select {...frame} {...tied('/kind')}>
              <option value="purchase">{say('kind.purchase')}</option>
              <option value="rental">{say('kind.rental')}</option>
            </select>
          )}
        </FieldFrame>
        <Field
          label={say('gifts.reason')}
          required
          maxLength={500}
          problem={problem('/reason')}
          {...tied('/reason')}
        />
      </div>
      <div class="form__do">
        <Button type="submit" look="outline" disabled={save.busy}>
          {say('give.yes')}
        </Button>
      </div>
    </form>
  );
}
