import type { AdminTitleDetail } from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import { to } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { useDraft, useSave } from '../form.ts';
import { useFresh, type Loaded } from '../fresh-hook.ts';
import { Heading, Section, Shown } from '../parts.tsx';
import { at } from '../places.ts';
import { SaveBar, SaveTrouble } from '../save-bar.tsx';
import { Artwork } from './artwork.tsx';
import { Episodes } from './episodes.tsx';
import { FactsFields } from './facts-form.tsx';
import { Rights } from './rights.tsx';
import { titleChange, titleDraft } from './title-draft.ts';

/** One title: its episodes first, because that is the daily work; then where it may be watched, its facts and artwork. */
export function TitlePage({ id }: { id: Id<'title'> }) {
  const { t } = useDesk();
  const title = useFresh(`title ${id}`, () => calls.read(id));
  const trail = [{ href: at('titles'), name: t('titles.title') }];
  return (
    <>
      {title.value ? (
        <Heading title={title.value.names.main} trail={trail}>
          <ButtonLink look="outline" href={to('title', { slug: title.value.slug })}>
            {t('title.seePage')}
          </ButtonLink>
        </Heading>
      ) : (
        <Heading title={t('titles.title')} trail={trail} />
      )}
      <Shown of={title}>
        {(value) => (
          <>
            {value.names.native && (
              <p class="native" lang="ja">
                {value.names.native}
              </p>
            )}
            <Episodes title={value} loaded={title} />
            <Rights title={value} />
            <Section title={t('title.facts')}>
              <Facts title={value} loaded={title} />
            </Section>
            <Artwork title={value} loaded={title} />
          </>
        )}
      </Shown>
    </>
  );
}

function Facts({ title, loaded }: { title: AdminTitleDetail; loaded: Loaded<AdminTitleDetail> }) {
  const { t } = useDesk();
  const draft = useDraft(`engawa.draft.${title.id}`, titleDraft(title));
  const save = useSave(
    () => calls.change(title.id, titleChange(draft.edits)),
    (saved) => {
      loaded.put({ ...title, ...saved });
      draft.clear();
    },
  );
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      {draft.restored && <Notice>{t('desk.restored')}</Notice>}
      <SaveTrouble failure={save.failure} fields={Object.keys(draft.draft)} />
      <FactsFields
        draft={draft.draft}
        set={draft.set}
        problem={save.failure?.problem}
        slugHint={t('field.slugChange')}
      />
      <SaveBar changes={draft.changes} busy={save.busy} onRevert={draft.clear} />
    </form>
  );
}
