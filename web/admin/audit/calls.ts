import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';

/** What the list is narrowed by, as it stands in the address; times in ms UTC, as text. */
export type Narrowed = Partial<
  Record<'actor' | 'kind' | 'of' | 'operation' | 'request' | 'from' | 'to' | 'q', string>
>;

export const log = {
  list: (by: Narrowed, cursor?: string) =>
    ask(() => api.admin.audit.$get({ query: { ...by, ...(cursor ? { cursor } : {}) } })),
  state: () => ask(() => api.admin.audit.state.$get()),
  ofTitle: (id: Id<'title'>, cursor?: string) =>
    ask(() => api.admin.titles[':id'].history.$get({ param: { id }, query: cursor ? { cursor } : {} })),
  ofEpisode: (id: Id<'episode'>, cursor?: string) =>
    ask(() => api.admin.episodes[':id'].history.$get({ param: { id }, query: cursor ? { cursor } : {} })),
  undo: (request: Id<'request'>) =>
    ask(() => api.admin.changes[':request'].undo.$post({ param: { request } })),
};
