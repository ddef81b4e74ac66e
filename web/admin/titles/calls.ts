import type { InferInput } from 'valibot';
import type { imageRoles, orderKinds, relationKinds } from '../../../schema/catalog-terms.ts';
import type { EpisodeFields, TitleChange } from '../../../schema/api/editing.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';

/** Only over the state that was seen: another revision answers 412 `changed-meanwhile` (RFC 9110 §13.1.1). */
const over = (revision: number | null) => ({
  headers: revision === null ? {} : { 'if-match': `"${revision}"` },
});
const title = api.admin.titles[':id'];

export const editing = {
  change: (id: Id<'title'>, json: TitleChange, revision: number) =>
    ask(() => title.$patch({ param: { id }, json }, over(revision))),
  /** @param revision null: the episode is to be made */
  putEpisode: (
    id: Id<'title'>,
    { season, number }: { season: number; number: number },
    json: InferInput<typeof EpisodeFields>,
    revision: number | null,
  ) =>
    ask(() =>
      title.seasons[':season'].episodes[':number'].$put(
        { param: { id, season: String(season), number: String(number) }, json },
        over(revision),
      ),
    ),
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
