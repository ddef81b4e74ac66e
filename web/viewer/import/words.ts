import type { Translate } from '../../i18n/i18n.ts';
import type { importEn } from '../../i18n/import.en.ts';
import { useHere, type Head, type Here } from '../../visit.ts';

/** The words of lists that come in and go out. */
export type ImportWords = Translate<typeof importEn>;
export const useImportWords = (): ImportWords => useHere().words('import');

export const importHead = (_data: unknown, { words, t }: Here): Head => ({
  title: `${words('import')('import.title')} · ${t('site.name')}`,
});
