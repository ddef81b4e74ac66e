import type { JobsChange, JobTab } from '../../../schema/api/ingest.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';

/** What a list of jobs shows. */
export type Asked = { tab: JobTab | null; q: string };

export const jobs = {
  list: ({ tab, q }: Asked, cursor?: string) =>
    ask(() =>
      api.admin.jobs.$get({
        query: { ...(tab ? { tab } : {}), ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) },
      }),
    ),
  /** Those that the feed named. */
  some: (ids: readonly string[]) => ask(() => api.admin.jobs.$get({ query: { ids: ids.join(',') } })),
  change: (json: JobsChange) => ask(() => api.admin.jobs.bulk.$post({ json })),
};

export const storage = {
  used: () => ask(() => api.admin.storage.$get()),
  titles: (cursor?: string) => ask(() => api.admin.storage.titles.$get({ query: cursor ? { cursor } : {} })),
  versions: (cursor?: string) =>
    ask(() => api.admin.storage.versions.$get({ query: cursor ? { cursor } : {} })),
  sources: (cursor?: string) =>
    ask(() => api.admin.storage.sources.$get({ query: cursor ? { cursor } : {} })),
  deleteVersion: (id: Id<'asset'>) => ask(() => api.admin.assets[':id'].$delete({ param: { id } })),
  deleteSource: (id: Id<'asset'>) => ask(() => api.admin.assets[':id'].source.$delete({ param: { id } })),
};

/** Switches an episode to a version: at once, or at a time (ms UTC). */
export const publish = (
  id: Id<'episode'>,
  assetId: Id<'asset'>,
  { reason, at, revision }: { reason?: string | undefined; at?: number | undefined; revision: number },
) =>
  ask(() =>
    api.admin.episodes[':id'].publish.$post(
      {
        param: { id },
        json: {
          assetId,
          ...(reason ? { override: { reason } } : {}),
          ...(at === undefined ? {} : { at }),
        },
      },
      { headers: { 'if-match': `"${revision}"` } },
    ),
  );
