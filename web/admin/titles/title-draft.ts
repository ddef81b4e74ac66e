import type { AdminTitle, NewTitle, TitleChange } from '../../../schema/api/editing.ts';
import { listOf } from '../form.ts';
import type { Draft } from '../merge.ts';

/** The facts of a title as form fields; of none: those of a new one, as the API would make it. */
export const factsDraft = (title: AdminTitle | null): Draft => ({
  '/names/main': title?.names.main ?? '',
  '/names/native': title?.names.native ?? '',
  '/names/english': title?.names.english ?? '',
  '/kind': title?.kind ?? 'series',
  '/status': title?.status ?? 'announced',
  '/year': title?.year?.toString() ?? '',
  '/cour': title?.cour ?? '',
  '/ageRating': title?.ageRating ?? 'all',
  '/genres': title?.genres.join(', ') ?? '',
  '/tags': title?.tags.join(', ') ?? '',
  '/synonyms': title?.synonyms.join(', ') ?? '',
  '/studio': title?.studio ?? '',
  '/originalLanguage': title?.originalLanguage ?? 'ja',
  '/malId': title?.malId?.toString() ?? '',
  '/anilistId': title?.anilistId?.toString() ?? '',
  '/slug': title?.slug ?? '',
});

/** What is sent of the fields that were edited: words split, empty ones taken away. */
export function titleChange(edits: Draft): TitleChange {
  const change: TitleChange = {};
  for (const [name, text] of Object.entries(edits)) {
    const [, field = '', part = ''] = name.split('/');
    const filled = text.trim() || null;
    switch (field) {
      case 'names':
        change.names = { ...change.names, [part]: part === 'main' ? text.trim() : filled };
        break;
      case 'synopsis':
      case 'localNames':
        change[field] = { ...change[field], [part]: filled };
        break;
      case 'genres':
      case 'tags':
      case 'synonyms':
        change[field] = listOf(text);
        break;
      case 'year':
      case 'malId':
      case 'anilistId':
        change[field] = filled === null ? null : Number(filled);
        break;
      case 'people':
        change.people = JSON.parse(text) as TitleChange['people'] & object;
        break;
      default: // selects, whose options are the API's own words, and plain texts
        Object.assign(change, { [field]: field === 'slug' ? text.trim() : filled });
    }
  }
  return change;
}

/** A whole new title, for staff only at first. It has nothing to take away: what is empty is left to the API. */
export function newTitle(edits: Draft): NewTitle {
  const filled = Object.fromEntries(Object.entries(edits).filter(([, text]) => text.trim() !== ''));
  const { names, synopsis: _texts, localNames: _names, ...rest } = titleChange(filled);
  return { ...rest, names: { ...names, main: names?.main ?? '' }, draft: true };
}
