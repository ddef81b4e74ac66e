import type { InferInput } from 'valibot';
import type { AdminEpisode, EpisodeFields } from '../../../schema/api/editing.ts';
import { fromLocal, toLocal } from '../local-time.ts';
import type { Draft } from '../merge.ts';

type Fields = InferInput<typeof EpisodeFields>;

export const episodeDraft = (episode: AdminEpisode): Draft => ({
  '/name': episode.name ?? '',
  '/kind': episode.kind,
  '/airsAt': toLocal(episode.airsAt),
  '/absoluteNumber': episode.absoluteNumber?.toString() ?? '',
  '/synopsis': episode.synopsis ?? '',
  ...Object.fromEntries(
    Object.entries(episode.translations).flatMap(([locale, { name, synopsis }]) => [
      [`/translations/${locale}/name`, name ?? ''],
      [`/translations/${locale}/synopsis`, synopsis ?? ''],
    ]),
  ),
});

/** What is sent of the fields that were edited; an emptied one is taken away. */
export function episodeFields(edits: Draft): Fields {
  const fields: Fields = {};
  const { '/name': name, '/kind': kind, '/airsAt': airsAt, '/synopsis': synopsis } = edits;
  const absolute = edits['/absoluteNumber'];
  if (name !== undefined) fields.name = name.trim() || null;
  if (kind !== undefined) fields.kind = kind as NonNullable<Fields['kind']>; // the options of a select
  if (airsAt !== undefined) fields.airsAt = fromLocal(airsAt);
  if (absolute !== undefined) fields.absoluteNumber = absolute.trim() ? Number(absolute) : null;
  if (synopsis !== undefined) fields.synopsis = synopsis.trim() || null;
  for (const [pointer, text] of Object.entries(edits)) {
    const [, locale, part] = /^\/translations\/([a-z]{2})\/(name|synopsis)$/.exec(pointer) ?? [];
    if (!locale || !part) continue;
    fields.translations = {
      ...fields.translations,
      [locale]: { ...fields.translations?.[locale], [part]: text.trim() || null },
    };
  }
  return fields;
}

/** Locales that a form of an episode has fields of. */
export const episodeLocales = (draft: Draft): string[] => [
  ...new Set(Object.keys(draft).flatMap((name) => /^\/translations\/([a-z]{2})\//.exec(name)?.[1] ?? [])),
];
