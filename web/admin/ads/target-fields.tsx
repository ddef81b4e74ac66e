import { ageRatings } from '../../../schema/catalog-terms.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { problemAt, tie, type useDraft } from '../form.ts';
import { Countries } from '../rights/countries.tsx';
import { TitleFinder } from '../titles/title-finder.tsx';
import { chosenTitles } from './campaign-draft.ts';
import { useSay } from './words.ts';

export type DealProps = {
  draft: Pick<ReturnType<typeof useDraft>, 'draft' | 'set'>;
  problem: ProblemDocument | null | undefined;
};

/** Whom it is shown to. Nothing chosen: everybody who watches with advertising. */
export function TargetFields({ draft, problem }: DealProps) {
  const say = useSay();
  const titles = chosenTitles(draft.draft);
  const put = (chosen: typeof titles) => draft.set('/titleIds', JSON.stringify(chosen));
  return (
    <fieldset class="campaign__part">
      <legend>{say('target.title')}</legend>
      <p class="faint small">{say('target.text')}</p>
      <Countries
        value={draft.draft['/countries'] ?? ''}
        problem={problemAt(problem, '/countries')}
        onChange={(value) => draft.set('/countries', value)}
      />
      <TitleFinder
        label={say('target.titles')}
        without={titles.map(({ id }) => id)}
        chooseWord={(name) => say('target.addTitle', { name })}
        onChoose={({ id, names }) => put([...titles, { id, name: names.main }])}
      />
      {titles.length > 0 && (
        <ul class="chips" aria-label={say('target.chosen')}>
          {titles.map(({ id, name }) => (
            <li key={id}>
              <button type="button" class="chip" onClick={() => put(titles.filter((one) => one.id !== id))}>
                <span class="only-heard">{say('target.removeTitle', { name })}</span>
                <span aria-hidden="true">{name}</span>
                <Icon name="cross" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="form__grid">
        <Field
          label={say('target.languages')}
          hint={say('target.languagesHint')}
          {...tie(draft)('/languages')}
          problem={problemAt(problem, '/languages')}
        />
        {(['leastRating', 'mostRating'] as const).map((name) => (
          <FieldFrame key={name} label={say(`target.${name}`)} problem={problemAt(problem, `/${name}`)}>
            {(tied) => (
              <select {...tied} {...tie(draft)(`/${name}`)}>
                <option value="">{say('target.anyRating')}</option>
                {ageRatings.map((rating) => (
                  <option key={rating} value={rating}>
                    {rating === 'all' ? say('target.all') : rating}
                  </option>
                ))}
              </select>
            )}
          </FieldFrame>
        ))}
      </div>
    </fieldset>
  );
}
