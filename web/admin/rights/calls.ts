import type { NewHoldback, NewLicence } from '../../../schema/api/rights.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';

export const licences = {
  list: (id: Id<'title'>) => ask(() => api.admin.titles[':id'].licences.$get({ param: { id } })),
  create: (id: Id<'title'>, json: NewLicence) =>
    ask(() => api.admin.titles[':id'].licences.$post({ param: { id }, json })),
  amend: (id: Id<'licence'>, reason: string, licence: NewLicence) =>
    ask(() => api.admin.licences[':id'].amend.$post({ param: { id }, json: { reason, licence } })),
  revoke: (id: Id<'licence'>, reason: string) =>
    ask(() => api.admin.licences[':id'].revoke.$post({ param: { id }, json: { reason } })),
};
export const holdbacks = {
  list: (id: Id<'title'>) => ask(() => api.admin.titles[':id'].holdbacks.$get({ param: { id } })),
  create: (id: Id<'title'>, json: NewHoldback) =>
    ask(() => api.admin.titles[':id'].holdbacks.$post({ param: { id }, json })),
  remove: (id: Id<'holdback'>) => ask(() => api.admin.holdbacks[':id'].$delete({ param: { id } })),
};
export const licensors = {
  list: () => ask(() => api.admin.licensors.$get()),
  create: (name: string) => ask(() => api.admin.licensors.$post({ json: { name } })),
};
/** Of a title: what is down can be put back. */
export const takedown = {
  down: (id: Id<'title'>, reason: string) =>
    ask(() => api.admin.titles[':id'].takedown.$post({ param: { id }, json: { reason } })),
  lift: (id: Id<'title'>, reason: string) =>
    ask(() => api.admin.titles[':id'].takedown.lift.$post({ param: { id }, json: { reason } })),
};
export const plans = { list: () => ask(() => api.plans.$get()) };

/** What is made up of a viewer; empty: unknown, none, now. */
export type Asked = { country: string; plan: string; age: string; at: string };
export const decision = (id: Id<'episode'>, asked: Asked) =>
  ask(() =>
    api.admin.episodes[':id'].decision.$get({
      param: { id },
      query: Object.fromEntries(Object.entries(asked).filter(([, value]) => value)),
    }),
  );
