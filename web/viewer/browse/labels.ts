import { ageRatings, cours, titleKinds, titleStatuses } from '../../../schema/catalog-terms.ts';
import type { Here } from '../../visit.ts';
import { languageName } from '../cards/words.ts';
import type { SiteWords } from '../site/words.ts';
import type { FilterKey } from './filter.ts';

const isOne = <T extends string>(all: readonly T[], value: string): value is T =>
  (all as readonly string[]).includes(value);

/** A filter's value in the visitor's words; what is a name already stays one. */
export function filterLabel({ t, visit }: Here, s: SiteWords, key: FilterKey, value: string): string {
  if (key === 'kind' && isOne(titleKinds, value)) return t(`kind.${value}`);
  if (key === 'status' && isOne(titleStatuses, value)) return t(`status.${value}`);
  if (key === 'cour' && isOne(cours, value)) return s(`cour.${value}`);
  if (key === 'rating' && isOne(ageRatings, value))
    return value === 'all' ? t('age.all') : s('facet.upTo', { age: value });
  if (key === 'audio' || key === 'subtitle') return languageName(value, visit.language);
  return value;
}
