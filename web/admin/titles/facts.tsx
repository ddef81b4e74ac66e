import { ageRatings } from '../../../schema/catalog-terms.ts';
import { useDesk, type Desk } from '../desk.ts';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../parts.tsx';
import { SaveBar, SaveTrouble } from '../save-bar.tsx';
import { editing } from './calls.ts';
import { Clashes } from './clashes.tsx';
import { Erase } from './erase.tsx';
import { FactsFields } from './facts-form.tsx';
import type { PartOf } from './title-parts.ts';
import { Relations } from './relations.tsx';
import { factsDraft, titleChange } from './title-draft.ts';
import { useTitleEdits } from './use-title-edits.ts';
import { useSay, type Say } from './words.ts';

/** What a title is, and what it belongs to. */
export function FactsPart(part: PartOf) {
  const { t } = useDesk();
  return (
    <>
      <Section title={t('title.facts')}>
        <Facts {...part} />
      </Section>
      <Relations {...part} />
      <Erase {...part} />
    </>
  );
}

function Facts({ title, loaded }: PartOf) {
  const { t } = useDesk();
  const say = useSay();
  const edits = useTitleEdits(
    { title, loaded },
    `engawa.draft.${title.id}`,
    factsDraft,
    (changed, revision) => editing.change(title.id, titleChange(changed), revision),
  );
  const label = labels(t, say);
  return (
    <form ref={edits.form} class="form" onSubmit={(event) => void edits.save(event)}>
      {edits.restored && edits.clashes.length === 0 && <Notice>{t('desk.restored')}</Notice>}
      <Clashes {...edits} labelOf={label} showValue={(name, value) => shown(t, name, value)} />
      <SaveTrouble failure={edits.failure} fields={Object.keys(edits.draft)} />
      <FactsFields
        draft={edits.draft}
        set={edits.set}
        problem={edits.failure?.problem}
        slugHint={t('field.slugChange')}
      />
      <SaveBar changes={edits.changes} busy={edits.busy} onRevert={edits.revert} />
    </form>
  );
}

const labels = (t: Desk['t'], say: Say) => (name: string) =>
  ({
    '/names/main': t('field.main'),
    '/names/native': t('field.native'),
    '/names/english': t('field.english'),
    '/kind': t('field.kind'),
    '/status': t('field.status'),
    '/year': t('field.year'),
    '/cour': t('field.cour'),
    '/ageRating': t('field.age'),
    '/genres': t('field.genres'),
    '/tags': t('field.tags'),
    '/synonyms': t('field.synonyms'),
    '/studio': t('field.studio'),
    '/originalLanguage': say('facts.original'),
    '/malId': 'MyAnimeList',
    '/anilistId': 'AniList',
    '/slug': t('field.slug'),
  })[name] ?? name;

/** A select's value in the words of its option. */
function shown(t: Desk['t'], name: string, value: string): string {
  if (name === '/ageRating') return value === ageRatings[0] ? t('age.all') : t('age.from', { age: value });
  const word: Record<string, (value: string) => string> = {
    '/kind': (kind) => t(`kind.${kind as 'series'}`),
    '/status': (status) => t(`status.${status as 'airing'}`),
    '/cour': (cour) => (cour ? t(`cour.${cour as 'winter'}.name`) : ''),
  };
  return word[name]?.(value) ?? value;
}
