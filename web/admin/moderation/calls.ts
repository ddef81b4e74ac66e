import type { NoticeAct } from '../../../schema/api/moderation.ts';
import type { Id } from '../../../schema/ids.ts';
import type { noticeStates } from '../../../schema/moderation-terms.ts';
import { api, ask } from '../calls.ts';

export const notices = {
  list: (query: { state?: (typeof noticeStates)[number]; cursor?: string }) =>
    ask(() => api.admin['takedown-notices'].$get({ query })),
  read: (id: Id<'notice'>) => ask(() => api.admin['takedown-notices'][':id'].$get({ param: { id } })),
  act: (id: Id<'notice'>, json: NoticeAct) =>
    ask(() => api.admin['takedown-notices'][':id'].act.$post({ param: { id }, json })),
  reject: (id: Id<'notice'>, reason: string) =>
    ask(() => api.admin['takedown-notices'][':id'].reject.$post({ param: { id }, json: { reason } })),
};
