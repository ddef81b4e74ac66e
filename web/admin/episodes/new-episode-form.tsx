import type { AdminEpisode } from '../../../schema/api/editing.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { titles as calls } from '../calls.ts';
import { useDesk } from '../desk.ts';
import { problemAt, tie, useDraft, useSave } from '../form.ts';
import { SaveTrouble } from '../save-bar.tsx';

/** Makes an episode. Its place cannot change afterwards, so an existing one is pointed out rather than overwritten. */
export function NewEpisodeForm({
  titleId,
  taken,
  next,
  onAdded,
}: {
  titleId: AdminEpisode['titleId'];
  taken: (season: number, number: number) => boolean;
  next: { season: number; number: number };
  onAdded: (episode: AdminEpisode) => void;
}) {
  const { t } = useDesk();
  const draft = useDraft(`engawa.draft.${titleId}.episode`, {
    '/season': String(next.season),
    '/number': String(next.number),
    '/name': '',
  });
  const season = Number(draft.draft['/season']);
  const number = Number(draft.draft['/number']);
  const exists = taken(season, number);
  const save = useSave(
    () => calls.putEpisode(titleId, { season, number }, { name: draft.draft['/name']?.trim() || null }),
    (saved) => {
      draft.clear();
      onAdded(saved);
    },
  );
  const problem = save.failure?.problem;
  const field = (name: string) => ({ ...tie(draft)(name), problem: problemAt(problem, name) });
  return (
    <form
      ref={save.form}
      class="form form--row"
      onSubmit={(event) => (exists ? event.preventDefault() : void save.submit(event))}
    >
      <SaveTrouble failure={save.failure} fields={Object.keys(draft.draft)} />
      <Field
        label={t('episode.season')}
        hint={t('episode.seasonHint')}
        type="number"
        min={0}
        max={999}
        required
        {...field('/season')}
      />
      <Field
        label={t('episode.numberField')}
        type="number"
        min={0}
        max={99999}
        required
        {...field('/number')}
        {...(exists ? { problem: t('episodes.exists', { season, number }) } : {})}
      />
      <Field label={`${t('episode.name')} (${t('desk.optional')})`} maxLength={200} {...field('/name')} />
      <Button type="submit" look="outline" disabled={save.busy || exists}>
        {t(save.busy ? 'episodes.adding' : 'episodes.add')}
      </Button>
    </form>
  );
}
