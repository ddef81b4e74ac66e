import type { Campaign, Creative } from '../../../schema/api/ads.ts';
import type { Answer } from '../../api.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { problemAt, tie, useDraft, useSave, type Draft } from '../form.ts';
import { SaveTrouble } from '../save-bar.tsx';
import { campaignFields } from './campaign-draft.ts';
import { CreativeField } from './creative-field.tsx';
import { DealFields } from './deal-fields.tsx';
import { TargetFields } from './target-fields.tsx';
import { TryTag } from './try-tag.tsx';
import { useSay } from './words.ts';

/** What a campaign shows, to whom, when and how often. What is typed and not saved stays in the tab. */
export function CampaignForm({
  name,
  saved,
  creative,
  word,
  send,
  onSaved,
}: {
  /** Tells drafts of several campaigns apart. */
  name: string;
  saved: Draft;
  /** What is known of the episode that is shown. */
  creative: Creative | null;
  /** The button's. */
  word: string;
  send: (fields: ReturnType<typeof campaignFields>) => Promise<Answer<Campaign>>;
  onSaved: (campaign: Campaign) => void;
}) {
  const say = useSay();
  const draft = useDraft(`engawa.draft.${name}.campaign`, saved);
  const save = useSave(
    () => send(campaignFields(draft.draft)),
    (campaign) => {
      draft.clear();
      onSaved(campaign);
    },
  );
  const problem = save.failure?.problem;
  const field = (pointer: string) => ({ ...tie(draft)(pointer), problem: problemAt(problem, pointer) });
  const isVast = draft.draft['kind'] === 'vast';
  return (
    <form ref={save.form} class="form" onSubmit={(event) => void save.submit(event)}>
      <SaveTrouble
        failure={save.failure}
        fields={[
          ...Object.keys(draft.draft),
          '/name',
          '/advertiser',
          '/creativeEpisodeId',
          '/vastUrl',
          '/cpm',
          '/endsAt',
          '/mostRating',
        ]}
      />
      <div class="form__grid">
        <Field
          label={say('form.name')}
          hint={say('form.nameHint')}
          required
          maxLength={200}
          {...field('/name')}
        />
        <Field
          label={say('form.advertiser')}
          hint={say('form.advertiserHint')}
          required
          maxLength={120}
          {...field('/advertiser')}
        />
      </div>
      <fieldset class="choice">
        <legend>{say('form.what')}</legend>
        {(['house', 'vast'] as const).map((kind) => (
          <label key={kind} class="tick">
            <input
              type="radio"
              name="kind"
              value={kind}
              checked={isVast === (kind === 'vast')}
              onChange={() => draft.set('kind', kind)}
            />
            <span>{say(`what.${kind}`)}</span>
          </label>
        ))}
      </fieldset>
      {isVast ? (
        <>
          <Field label={say('form.vast')} hint={say('form.vastHint')} type="url" {...field('/vastUrl')} />
          <TryTag tag={draft.draft['/vastUrl']?.trim() ?? ''} />
        </>
      ) : (
        <CreativeField
          known={creative}
          value={draft.draft['/creativeEpisodeId'] ?? ''}
          problem={problemAt(problem, '/creativeEpisodeId')}
          onChange={(id) => draft.set('/creativeEpisodeId', id)}
        />
      )}
      <Field label={say('form.click')} hint={say('form.clickHint')} type="url" {...field('/clickUrl')} />
      <TargetFields draft={draft} problem={problem} />
      <DealFields draft={draft} problem={problem} />
      <div class="form__do">
        <Button type="submit" look="primary" disabled={save.busy}>
          {save.busy ? say('form.saving') : word}
        </Button>
      </div>
    </form>
  );
}
