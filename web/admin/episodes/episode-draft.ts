import type { InferInput } from 'valibot';
import type { AdminEpisode, EpisodeFields } from '../../../schema/api/editing.ts';
import type { Draft } from '../form.ts';
import { fromLocal, toLocal } from '../local-time.ts';

type Fields = InferInput<typeof EpisodeFields>;

export const episodeDraft = (episode: AdminEpisode): Draft => ({
  '/name': episode.name ?? '',
  '/kind': episode.kind,
  '/airsAt': toLocal(episode.airsAt),
  '/synopsis': episode.synopsis ?? '',
});

/** What is sent of the fields that were edited; an emptied one is taken away. */
export function episodeFields(edits: Draft): Fields {
  const fields: Fields = {};
  const { '/name': name, '/kind': kind, '/airsAt': airsAt, '/synopsis': synopsis } = edits;
  if (name !== undefined) fields.name = name.trim() || null;
  if (kind !== undefined) fields.kind = kind as NonNullable<Fields['kind']>; // the options of a select
  if (airsAt !== undefined) fields.airsAt = fromLocal(airsAt);
  if (synopsis !== undefined) fields.synopsis = synopsis.trim() || null;
  return fields;
}
