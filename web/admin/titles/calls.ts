import type { InferInput } from 'valibot';
import type { imageRoles, orderKinds, relationKinds } from '../../../schema/catalog-terms.ts';
import type {
  EpisodeFields,
  EpisodesChange as EpisodesChangeShape,
  TitleChange,
  TitlesChange as TitlesChangeShape,
} from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';
import type { EpisodeFilter } from '../episodes/episode-filter.ts';

/** Only over the state that was seen: another revision answers 412 `changed-meanwhile` (RFC 9110 §13.1.1). */
const over = (revision: number) => ({ headers: { 'if-match': `"${revision}"` } });
const title = api.admin.titles[':id'];

export const editing = {
  change: (id: Id<'title'>, json: TitleChange, revision: number) =>
    ask(() => title.$patch({ param: { id }, json }, over(revision))),
  erase: (id: Id<'title'>, revision: number) => ask(() => title.$delete({ param: { id } }, over(revision))),
  relate: (id: Id<'title'>, relatedId: Id<'title'>, kind: (typeof relationKinds)[number]) =>
    ask(() => title.relations[':relatedId'].$put({ param: { id, relatedId }, json: { kind } })),
  unrelate: (id: Id<'title'>, relatedId: Id<'title'>) =>
    ask(() => title.relations[':relatedId'].$delete({ param: { id, relatedId } })),
  putOrder: (
    id: Id<'title'>,
    kind: (typeof orderKinds)[number],
    episodeIds: Id<'episode'>[],
    revision: number,
  ) => ask(() => title.orders[':kind'].$put({ param: { id, kind }, json: { episodeIds } }, over(revision))),
  putImage: (
    id: Id<'title'>,
    role: (typeof imageRoles)[number],
    file: Blob,
    facts: { width: number; height: number; thumbhash: string },
    revision: number,
  ) =>
    ask(() =>
      title.images[':role'].$put(
        {
          param: { id, role },
          query: { ...facts, width: String(facts.width), height: String(facts.height) },
        },
        {
          init: { body: file, headers: { 'content-type': file.type, ...over(revision).headers } },
        },
      ),
    ),
  dropImage: (id: Id<'title'>, role: (typeof imageRoles)[number], revision: number) =>
    ask(() => title.images[':role'].$delete({ param: { id, role } }, over(revision))),
  dropOrder: (id: Id<'title'>, kind: (typeof orderKinds)[number]) =>
    ask(() => title.orders[':kind'].$delete({ param: { id, kind } })),
};

export const publishing = {
  /** @param at ms UTC; null: at once */
  publish: (id: Id<'title'>, at: number | null, revision: number) =>
    ask(() => title.publish.$post({ param: { id }, json: at === null ? {} : { at } }, over(revision))),
  unpublish: (id: Id<'title'>, revision: number) =>
    ask(() => title.unpublish.$post({ param: { id } }, over(revision))),
};

const episode = api.admin.episodes[':id'];
export const episodes = {
  list: (filter: EpisodeFilter, cursor?: string) =>
    ask(() => api.admin.episodes.$get({ query: { ...filter, limit: '100', ...(cursor ? { cursor } : {}) } })),
  read: (id: Id<'episode'>) => ask(() => episode.$get({ param: { id } })),
  change: (id: Id<'episode'>, json: InferInput<typeof EpisodeFields>, revision: number) =>
    ask(() => episode.$patch({ param: { id }, json }, over(revision))),
  erase: (id: Id<'episode'>, revision: number) =>
    ask(() => episode.$delete({ param: { id } }, over(revision))),
  /** @param at ms UTC; null: at once */
  publish: (id: Id<'episode'>, assetId: Id<'asset'>, at: number | null, revision: number) =>
    ask(() =>
      episode.publish.$post(
        { param: { id }, json: { assetId, ...(at === null ? {} : { at }) } },
        over(revision),
      ),
    ),
  /** Takes back a switch that is to come. */
  forget: (id: Id<'episode'>, revision: number) =>
    ask(() => episode.publish.$delete({ param: { id } }, over(revision))),
  unpublish: (id: Id<'episode'>, revision: number) =>
    ask(() => episode.unpublish.$post({ param: { id } }, over(revision))),
};

const season = title.seasons[':season'];
export const seasons = {
  name: (id: Id<'title'>, number: number, name: string | null, revision: number) =>
    ask(() => season.$put({ param: { id, season: String(number) }, json: { name } }, over(revision))),
  erase: (id: Id<'title'>, number: number) =>
    ask(() => season.$delete({ param: { id, season: String(number) } })),
};

export type EpisodesChange = InferInput<typeof EpisodesChangeShape>;
export type TitlesChange = InferInput<typeof TitlesChangeShape>;
export const bulk = {
  titles: (json: TitlesChange) => ask(() => api.admin.titles.bulk.$post({ json })),
  episodes: (json: EpisodesChange) => ask(() => api.admin.episodes.bulk.$post({ json })),
};

/** A season as a file: CSV, or JSON by its name or type. */
export function importFile(id: Id<'title'>, file: File, dryRun: boolean) {
  const json = file.type === 'application/json' || file.name.toLowerCase().endsWith('.json');
  return importBody(id, file, json ? 'application/json' : 'text/csv', dryRun);
}
/** Rows that were made here: all of them or none. */
export const importRows = (
  id: Id<'title'>,
  rows: readonly { season: number; number: number; airsAt?: number }[],
) => importBody(id, JSON.stringify(rows), 'application/json', false);

const importBody = (id: Id<'title'>, body: BodyInit, type: string, dryRun: boolean) =>
  ask(() =>
    title.import.$post(
      { param: { id }, query: { dryRun: dryRun ? 'true' : 'false' } },
      { init: { body, headers: { 'content-type': type } } },
    ),
  );
