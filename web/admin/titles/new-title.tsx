import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useDraft, useSave } from '../form.ts';
import { go } from '../navigation.ts';
import { Heading } from '../parts.tsx';
import { at } from '../places.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { FactsFields } from './facts-form.tsx';
import { factsDraft, newTitle } from './title-draft.ts';
import { useSay } from './words.ts';

export function NewTitlePage() {
  const { t } = useDesk();
  const say = useSay();
  const draft = useDraft('engawa.draft.title', factsDraft(null));
  const save = useSave(
    () => calls.create(newTitle(draft.edits)),
    ({ id }) => {
      draft.clear();
      go(at('title', { id }), { replace: true }); // back leads to the list, not to an empty form
    },
  );
  return (
    <>
      <Heading title={t('title.new')} trail={[{ href: at('titles'), name: t('titles.title') }]} />
      <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
        {draft.restored && <Notice>{t('desk.restored')}</Notice>}
        <SaveTrouble failure={save.failure} fields={Object.keys(draft.draft)} />
        <p class="faint">{say('title.startsAsDraft')}</p>
        <FactsFields
          draft={draft.draft}
          set={draft.set}
          problem={save.failure?.problem}
          slugHint={t('field.slugHint')}
        />
        <div class="form__do">
          <Button type="submit" look="primary" disabled={save.busy}>
            {t(save.busy ? 'title.creating' : 'title.create')}
          </Button>
          {draft.changes > 0 && (
            <Button look="plain" disabled={save.busy} onClick={draft.clear}>
              {t('desk.revert')}
            </Button>
          )}
        </div>
      </form>
    </>
  );
}
