import type { Role } from '../../../schema/api/accounts.ts';
import type { personStates } from '../../../schema/api/people.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';

/** What the list is narrowed by: one of these at a time. */
export type Narrowed = { q?: string; role?: Role; plan?: string; state?: (typeof personStates)[number] };
const further = (cursor: string | undefined) => (cursor ? { cursor } : {});

export const people = {
  list: (by: Narrowed, cursor?: string) =>
    ask(() => api.admin.users.$get({ query: { ...by, ...further(cursor) } })),
  open: (id: string) => ask(() => api.admin.users[':id'].$get({ param: { id } })),
  email: (id: string, reason: string) =>
    ask(() => api.admin.users[':id'].email.$post({ param: { id }, json: { reason } })),
  plays: (id: string, reason: string) =>
    ask(() => api.admin.users[':id'].plays.$post({ param: { id }, json: { reason } })),
  role: (id: string, role: Role) =>
    ask(() => api.admin.users[':id'].$patch({ param: { id }, json: { role } })),
  plan: (id: string, planId: string | null, until: number | null) =>
    ask(() => api.admin.users[':id'].plan.$put({ param: { id }, json: { planId, until } })),
  close: (id: string, reason: string) =>
    ask(() => api.admin.users[':id'].$delete({ param: { id }, json: { reason } })),
  keep: (id: string) => ask(() => api.admin.users[':id'].keep.$post({ param: { id } })),
  signOut: (id: string, session: string) =>
    ask(() => api.admin.users[':id'].sessions[':session'].$delete({ param: { id, session } })),
  signOutAll: (id: string) => ask(() => api.admin.users[':id'].sessions.$delete({ param: { id } })),
};
export const plans = { list: () => ask(() => api.admin.plans.$get()) };

export const streams = {
  list: (by: { titleId?: string; country?: string }, cursor?: string) =>
    ask(() => api.admin.streams.$get({ query: { ...by, ...further(cursor) } })),
  summary: () => ask(() => api.admin.streams.summary.$get()),
  end: (id: string, session: Id<'playback'>, reason: string) =>
    ask(() =>
      api.admin.users[':id'].streams[':session'].end.$post({ param: { id, session }, json: { reason } }),
    ),
  endTitle: (id: Id<'title'>, reason: string) =>
    ask(() => api.admin.titles[':id'].streams.end.$post({ param: { id }, json: { reason } })),
};

export const staff = {
  list: () => ask(() => api.admin.staff.$get()),
  invite: (email: string, role: 'moderator' | 'editor' | 'admin') =>
    ask(() => api.admin.staff.invites.$post({ json: { email, role } })),
  uninvite: (id: Id<'invite'>) => ask(() => api.admin.staff.invites[':id'].$delete({ param: { id } })),
  own: () => ask(() => api.me.invite.$get()),
  accept: () => ask(() => api.me.invite.accept.$post()),
};
