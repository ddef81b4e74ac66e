import type { AdminTitle, NewTitle, TitleChange } from '../../../schema/api/editing.ts';
import { listOf, type Draft } from '../form.ts';

/** Locales that every title is offered; those it has beside them stay. */
const usual = ['en', 'ja'];

/** The facts of a title as form fields; of none: those of a new one, as the API would make it. */
export function titleDraft(title: AdminTitle | null): Draft {
  const synopsis = title?.synopsis ?? {};
  const locales = [...new Set([...usual, ...Object.keys(synopsis)])];
  return {
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
    '/slug': title?.slug ?? '',
    ...Object.fromEntries(locales.map((locale) => [`/synopsis/${locale}`, synopsis[locale] ?? ''])),
  };
}

export const synopsisFields = (draft: Draft): string[] =>
  Object.keys(draft).filter((name) => name.startsWith('/synopsis/'));

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
        change.synopsis = { ...change.synopsis, [part]: filled };
        break;
      case 'genres':
      case 'tags':
      case 'synonyms':
        change[field] = listOf(text);
        break;
      case 'year':
        change.year = filled === null ? null : Number(filled);
        break;
      default: // selects, whose options are the API's own words, and plain texts
        Object.assign(change, { [field]: field === 'slug' ? text.trim() : filled });
    }
  }
  return change;
}

/** A whole new title. It has nothing to take away: what is empty is left to the API. */
export function newTitle(edits: Draft): NewTitle {
  const filled = Object.fromEntries(Object.entries(edits).filter(([, text]) => text.trim() !== ''));
  const { names, synopsis, localNames: _unedited, ...rest } = titleChange(filled);
  const texts = Object.entries(synopsis ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return {
    ...rest,
    names: { ...names, main: names?.main ?? '' },
    ...(texts.length > 0 ? { synopsis: Object.fromEntries(texts) } : {}),
  };
}
