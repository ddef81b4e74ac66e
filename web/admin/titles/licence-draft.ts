import type { NewLicence } from '../../../schema/api/rights.ts';
import { listOf, type Draft } from '../form.ts';
import { fromLocal } from '../local-time.ts';

export const blankLicence: Draft = {
  /** `world` is our word for excluding nothing. */
  '/territories/mode': 'world',
  '/territories/countries': '',
  '/startsAt': '',
  '/endsAt': '',
  '/maxHeight': '',
  '/audioLanguages': '',
  '/subtitleLanguages': '',
};

/** A licence as the API takes it. What is left empty is without limit. */
export function newLicence(draft: Draft): NewLicence {
  const text = (name: string) => draft[name]?.trim() ?? '';
  const languages = (name: string) => (text(name) ? listOf(text(name)) : null);
  const mode = text('/territories/mode');
  return {
    territories:
      mode === 'world'
        ? { mode: 'exclude', countries: [] }
        : {
            mode: mode === 'include' ? 'include' : 'exclude',
            countries: listOf(text('/territories/countries')),
          },
    startsAt: fromLocal(text('/startsAt')),
    endsAt: fromLocal(text('/endsAt')),
    maxHeight: text('/maxHeight') ? Number(text('/maxHeight')) : null,
    audioLanguages: languages('/audioLanguages'),
    subtitleLanguages: languages('/subtitleLanguages'),
  };
}
