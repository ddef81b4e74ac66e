import { useEffect, useRef } from 'preact/hooks';
import { episodeKinds } from '../../../schema/catalog-terms.ts';
import type { AdminEpisode } from '../../../schema/api/editing.ts';
import { Button } from '../../ui/button.tsx';
import { episodeDraft, episodeFields } from '../episodes/episode-draft.ts';
import { useDesk } from '../desk.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { useToasts } from '../toasts.tsx';
import { episodes as calls } from './calls.ts';
import { Clashes } from './clashes.tsx';
import type { PartOf } from './title-parts.ts';
import { useEdits } from './use-edits.ts';
import { episodeLabel, episodeValue } from '../episodes/episode-labels.ts';
import { useSay } from './words.ts';

/**
 * An episode changed in its row. Enter saves and goes on to the next row, as in a spreadsheet: names of a season are typed in one go;
 * Escape leaves it. What is not saved stays, also for the episode's own page.
 */
export function InlineEpisode({
  episode,
  title,
  loaded,
  onDone,
}: PartOf & { episode: AdminEpisode; onDone: (next: boolean) => void }) {
  const { t, format } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const first = useRef<HTMLInputElement>(null);
  const onward = useRef(false);
  useEffect(() => first.current?.focus(), []);
  const put = (now: AdminEpisode) =>
    loaded.put({ ...title, episodeList: title.episodeList.map((one) => (one.id === now.id ? now : one)) });
  const edits = useEdits<AdminEpisode>({
    key: `engawa.draft.${episode.id}`,
    value: episode,
    toDraft: episodeDraft,
    send: async (changed, revision) => {
      const answer = await calls.change(episode.id, episodeFields(changed), revision);
      if (answer.ok) {
        toasts.undoable(say('episode.saved', { number: episode.number }), answer, loaded.refresh);
        onDone(onward.current);
      }
      return answer;
    },
    read: () => calls.read(episode.id),
    show: put,
  });
  const field = (name: string) => ({
    name,
    value: edits.draft[name] ?? '',
    'aria-label': episodeLabel(t, name, format.language),
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
      edits.set(name, currentTarget.value),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') onDone(false);
    },
  });
  return (
    <form
      ref={edits.form}
      class="inline"
      onSubmit={(event) => {
        onward.current = event.submitter?.getAttribute('value') !== 'here';
        event.preventDefault();
        if (edits.changes === 0 && edits.clashes.length === 0) onDone(onward.current);
        else void edits.save();
      }}
    >
      <Clashes
        {...edits}
        labelOf={(name) => episodeLabel(t, name, format.language)}
        showValue={(name, value) => episodeValue(t, name, value)}
      />
      <SaveTrouble failure={edits.failure} fields={[]} />
      <div class="inline__fields">
        <input {...field('/name')} ref={first} maxLength={200} placeholder={t('episode.name')} />
        <select {...field('/kind')}>
          {episodeKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`episodeKind.${kind}`)}
            </option>
          ))}
        </select>
        <input {...field('/airsAt')} type="datetime-local" />
        {/* The first submit button is what Enter presses (HTML §4.10.22.2). */}
        <Button small type="submit" look="primary" disabled={edits.busy}>
          {say('episodes.saveNext')}
        </Button>
        <Button small type="submit" value="here" look="outline" disabled={edits.busy}>
          {say('episodes.saveHere')}
        </Button>
        <Button
          small
          look="plain"
          onClick={() => {
            edits.revert();
            onDone(false);
          }}
        >
          {t('desk.cancel')}
        </Button>
      </div>
    </form>
  );
}
