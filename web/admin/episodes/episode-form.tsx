import { episodeKinds } from '../../../schema/catalog-terms.ts';
import type { AdminEpisode } from '../../../schema/api/editing.ts';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import { SaveBar, SaveTrouble } from '../save-bar.tsx';
import { episodeDraft, episodeFields } from './episode-draft.ts';

/** The facts of one episode. */
export function EpisodeForm({
  episode,
  onSaved,
}: {
  episode: AdminEpisode;
  onSaved: (e: AdminEpisode) => void;
}) {
  const { t } = useDesk();
  const draft = useDraft(`engawa.draft.${episode.id}`, episodeDraft(episode));
  const save = useSave(
    () => calls.putEpisode(episode.titleId, episode, episodeFields(draft.edits)),
    (saved) => {
      onSaved(saved);
      draft.clear();
    },
  );
  const problem = save.failure?.problem;
  const field = tie(draft);
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      {draft.restored && <Notice>{t('desk.restored')}</Notice>}
      <SaveTrouble failure={save.failure} fields={Object.keys(draft.draft)} />
      <div class="form__grid">
        <Field
          label={t('episode.name')}
          maxLength={200}
          problem={problemAt(problem, '/name')}
          {...field('/name')}
        />
        <FieldFrame label={t('episode.kind')} problem={problemAt(problem, '/kind')}>
          {(tied) => (
            <select {...tied} {...field('/kind')}>
              {episodeKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`episodeKind.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <Field
          label={t('episode.airsAt')}
          hint={t('episode.airsHint', { zone: Intl.DateTimeFormat().resolvedOptions().timeZone })}
          type="datetime-local"
          problem={problemAt(problem, '/airsAt')}
          {...field('/airsAt')}
        />
      </div>
      <FieldFrame label={t('episode.synopsis')} problem={problemAt(problem, '/synopsis')}>
        {(tied) => <textarea {...tied} rows={4} maxLength={5000} {...field('/synopsis')} />}
      </FieldFrame>
      <SaveBar changes={draft.changes} busy={save.busy} onRevert={draft.clear} />
    </form>
  );
}
