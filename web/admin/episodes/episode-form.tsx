import { useState } from 'preact/hooks';
import { episodeKinds } from '../../../schema/catalog-terms.ts';
import type { AdminEpisode } from '../../../schema/api/editing.ts';
import { languages } from '../../i18n/i18n.ts';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useDesk } from '../desk.ts';
import { problemAt, tie } from '../form.ts';
import { SaveBar, SaveTrouble } from '../save-bar.tsx';
import { useToasts } from '../toasts.tsx';
import { episodes as calls } from '../titles/calls.ts';
import { Clashes } from '../titles/clashes.tsx';
import { MomentField } from '../titles/moment-field.tsx';
import { useEdits } from '../titles/use-edits.ts';
import { useSay } from '../titles/words.ts';
import { episodeDraft, episodeFields, episodeLocales } from './episode-draft.ts';
import { episodeLabel, episodeValue } from './episode-labels.ts';

/** The facts of one episode, and its texts in every language. */
export function EpisodeForm({
  episode,
  show,
  refresh,
}: {
  episode: AdminEpisode;
  show: (episode: AdminEpisode) => void;
  refresh: () => Promise<void>;
}) {
  const { t, format } = useDesk();
  const say = useSay();
  const toasts = useToasts();
  const edits = useEdits<AdminEpisode>({
    key: `engawa.draft.${episode.id}`,
    value: episode,
    toDraft: episodeDraft,
    send: async (changed, revision) => {
      const answer = await calls.change(episode.id, episodeFields(changed), revision);
      if (answer.ok) toasts.undoable(say('episode.saved', { number: episode.number }), answer, refresh);
      return answer;
    },
    read: () => calls.read(episode.id),
    show,
  });
  const problem = edits.failure?.problem;
  const field = (name: string) => ({ ...tie(edits)(name), problem: problemAt(problem, name) });
  const has = [...new Set([...languages, ...episodeLocales(edits.draft)])];
  const [locale, setLocale] = useState<string>(has.find((one) => one in episode.translations) ?? 'en');
  const whole = (one: string) =>
    Boolean(edits.draft[`/translations/${one}/name`] && edits.draft[`/translations/${one}/synopsis`]);
  const labelOf = (name: string) => episodeLabel(t, name, format.language);
  return (
    <form ref={edits.form} class="form" onSubmit={(event) => void edits.save(event)}>
      {edits.restored && edits.clashes.length === 0 && <Notice>{t('desk.restored')}</Notice>}
      <Clashes {...edits} labelOf={labelOf} showValue={(name, value) => episodeValue(t, name, value)} />
      <SaveTrouble failure={edits.failure} fields={[...Object.keys(edits.draft), '/translations']} />
      <div class="form__grid">
        <Field label={t('episode.name')} maxLength={200} {...field('/name')} />
        <FieldFrame label={t('episode.kind')} problem={problemAt(problem, '/kind')}>
          {(tied) => (
            <select {...tied} {...tie(edits)('/kind')}>
              {episodeKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`episodeKind.${kind}`)}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <MomentField
          label={t('episode.airsAt')}
          required={false}
          value={edits.draft['/airsAt'] ?? ''}
          problem={problemAt(problem, '/airsAt')}
          onChange={(value) => edits.set('/airsAt', value)}
        />
        <Field
          label={say('episode.absolute')}
          hint={say('episode.absoluteHint')}
          type="number"
          min={0}
          {...field('/absoluteNumber')}
        />
      </div>
      <FieldFrame label={t('episode.synopsis')} problem={problemAt(problem, '/synopsis')}>
        {(tied) => <textarea {...tied} rows={4} maxLength={5000} {...tie(edits)('/synopsis')} />}
      </FieldFrame>
      <fieldset class="form texts__one">
        <legend>{say('episode.texts')}</legend>
        <FieldFrame label={say('texts.coverage')} hint={say('episode.textsHint')}>
          {(tied) => (
            <select {...tied} value={locale} onChange={({ currentTarget }) => setLocale(currentTarget.value)}>
              {has.map((one) => (
                <option key={one} value={one}>
                  {`${format.language(one)} – ${say(whole(one) ? 'texts.whole' : 'texts.missing')}`}
                </option>
              ))}
            </select>
          )}
        </FieldFrame>
        <Field
          label={labelOf(`/translations/${locale}/name`)}
          maxLength={200}
          lang={locale}
          {...field(`/translations/${locale}/name`)}
        />
        <FieldFrame
          label={labelOf(`/translations/${locale}/synopsis`)}
          problem={problemAt(problem, `/translations/${locale}/synopsis`)}
        >
          {(tied) => (
            <textarea
              {...tied}
              rows={4}
              maxLength={5000}
              lang={locale}
              {...tie(edits)(`/translations/${locale}/synopsis`)}
            />
          )}
        </FieldFrame>
      </fieldset>
      <SaveBar changes={edits.changes} busy={edits.busy} onRevert={edits.revert} />
    </form>
  );
}
