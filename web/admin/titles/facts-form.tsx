import type { ComponentChildren } from 'preact';
import { ageRatings, cours, titleKinds, titleStatuses } from '../../../schema/catalog-terms.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import { Field, FieldFrame } from '../../ui/field.tsx';
import { useDesk } from '../desk.ts';
import { problemAt, tie } from '../form.ts';
import type { Draft } from '../merge.ts';
import { useSay } from './words.ts';

/** The facts of a title: what matters first, the rest under `details`. */
export function FactsFields({
  draft,
  set,
  problem,
  slugHint,
}: {
  draft: Draft;
  set: (name: string, value: string) => void;
  problem: ProblemDocument | null | undefined;
  slugHint: string;
}) {
  const { t } = useDesk();
  const say = useSay();
  const field = tie({ draft, set });
  const text = (name: string, label: string, more: Record<string, unknown> = {}) => (
    <Field label={label} maxLength={200} problem={problemAt(problem, name)} {...more} {...field(name)} />
  );
  const choice = (name: string, label: string, options: ComponentChildren) => (
    <FieldFrame label={label} problem={problemAt(problem, name)}>
      {(tied) => (
        <select {...tied} {...field(name)}>
          {options}
        </select>
      )}
    </FieldFrame>
  );
  return (
    <>
      <div class="form__grid">
        {text('/names/main', t('field.main'), { hint: t('field.mainHint'), required: true })}
        {text('/names/native', t('field.native'), { lang: 'ja' })}
        {text('/names/english', t('field.english'))}
      </div>
      <div class="form__grid form__grid--small">
        {choice(
          '/kind',
          t('field.kind'),
          titleKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`kind.${kind}`)}
            </option>
          )),
        )}
        {choice(
          '/status',
          t('field.status'),
          titleStatuses.map((status) => (
            <option key={status} value={status}>
              {t(`status.${status}`)}
            </option>
          )),
        )}
        {text('/year', t('field.year'), { type: 'number', min: 1900, max: 2200, maxLength: undefined })}
        {choice('/cour', t('field.cour'), [
          <option key="" value="">
            {t('desk.none')}
          </option>,
          ...cours.map((cour) => (
            <option key={cour} value={cour}>
              {t(`cour.${cour}.name`)}
            </option>
          )),
        ])}
        {choice(
          '/ageRating',
          t('field.age'),
          ageRatings.map((age) => (
            <option key={age} value={age}>
              {age === 'all' ? t('age.all') : t('age.from', { age })}
            </option>
          )),
        )}
      </div>
      {text('/genres', t('field.genres'), { hint: t('desk.commas'), maxLength: undefined })}
      <details class="more">
        <summary>{t('desk.details')}</summary>
        <div class="form__grid">
          {text('/studio', t('field.studio'))}
          {text('/synonyms', t('field.synonyms'), { hint: t('desk.commas'), maxLength: undefined })}
          {text('/tags', t('field.tags'), { hint: t('desk.commas'), maxLength: undefined })}
          {text('/originalLanguage', say('facts.original'), {
            hint: say('facts.originalHint'),
            maxLength: 12,
            spellcheck: false,
            autocapitalize: 'off',
          })}
          {text('/malId', 'MyAnimeList', {
            hint: say('facts.elsewhere'),
            inputMode: 'numeric',
            pattern: '[0-9]*',
          })}
          {text('/anilistId', 'AniList', {
            hint: say('facts.elsewhere'),
            inputMode: 'numeric',
            pattern: '[0-9]*',
          })}
          {text('/slug', t('field.slug'), {
            hint: slugHint,
            maxLength: 80,
            spellcheck: false,
            autocapitalize: 'off',
          })}
        </div>
      </details>
    </>
  );
}
