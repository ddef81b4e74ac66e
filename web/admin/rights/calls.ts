import type { InferInput } from 'valibot';
import type { AttentionQuery, LicenceQuery } from '../../../schema/api/rights-room.ts';
import type { NewHoldback, NewLicence, NewLicensor } from '../../../schema/api/rights.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';

export type LicenceAsked = InferInput<typeof LicenceQuery>;
export const licences = {
  list: (id: Id<'title'>) => ask(() => api.admin.titles[':id'].licences.$get({ param: { id } })),
  create: (id: Id<'title'>, json: NewLicence) =>
    ask(() => api.admin.titles[':id'].licences.$post({ param: { id }, json })),
  amend: (id: Id<'licence'>, reason: string, licence: NewLicence) =>
    ask(() => api.admin.licences[':id'].amend.$post({ param: { id }, json: { reason, licence } })),
  /** Of all titles. */
  page: (query: LicenceAsked) => ask(() => api.admin.licences.$get({ query })),
  read: (id: Id<'licence'>) => ask(() => api.admin.licences[':id'].$get({ param: { id } })),
  effect: (id: Id<'licence'>) => ask(() => api.admin.licences[':id'].effect.$get({ param: { id } })),
  revoke: (id: Id<'licence'>, reason: string) =>
    ask(() => api.admin.licences[':id'].revoke.$post({ param: { id }, json: { reason } })),
};
export const holdbacks = {
  list: (id: Id<'title'>) => ask(() => api.admin.titles[':id'].holdbacks.$get({ param: { id } })),
  create: (id: Id<'title'>, json: NewHoldback) =>
    ask(() => api.admin.titles[':id'].holdbacks.$post({ param: { id }, json })),
  change: (id: Id<'holdback'>, json: NewHoldback) =>
    ask(() => api.admin.holdbacks[':id'].$put({ param: { id }, json })),
  remove: (id: Id<'holdback'>) => ask(() => api.admin.holdbacks[':id'].$delete({ param: { id } })),
};
export const licensors = {
  list: () => ask(() => api.admin.licensors.$get()),
  create: (name: string) => ask(() => api.admin.licensors.$post({ json: { name } })),
  read: (id: Id<'licensor'>) => ask(() => api.admin.licensors[':id'].$get({ param: { id } })),
  change: (id: Id<'licensor'>, json: NewLicensor) =>
    ask(() => api.admin.licensors[':id'].$put({ param: { id }, json })),
  remove: (id: Id<'licensor'>) => ask(() => api.admin.licensors[':id'].$delete({ param: { id } })),
};
/** What of the whole catalogue needs somebody. */
export const attention = {
  list: (query: InferInput<typeof AttentionQuery>) => ask(() => api.admin.rights.attention.$get({ query })),
};
/** Of a title: what is down can be put back. */
export const takedown = {
  down: (id: Id<'title'>, reason: string) =>
    ask(() => api.admin.titles[':id'].takedown.$post({ param: { id }, json: { reason } })),
  lift: (id: Id<'title'>, reason: string) =>
    ask(() => api.admin.titles[':id'].takedown.lift.$post({ param: { id }, json: { reason } })),
};
export const plans = { list: () => ask(() => api.admin.plans.$get()) };

/** What is made up of a viewer, and the moment; empty: unknown, none, now. */
export type Asked = Partial<
  Record<'country' | 'plan' | 'age' | 'at' | 'signedOut' | 'asIfPublished', string>
>;
type Supposed = Pick<Asked, 'plan' | 'age' | 'at' | 'asIfPublished'>;
const said = (asked: Asked) => Object.fromEntries(Object.entries(asked).filter(([, value]) => value));
export const decision = (id: Id<'episode'>, asked: Asked) =>
  ask(() => api.admin.episodes[':id'].decision.$get({ param: { id }, query: said(asked) }));
export const world = {
  ofTitle: (id: Id<'title'>, asked: Supposed) =>
    ask(() => api.admin.titles[':id'].world.$get({ param: { id }, query: said(asked) })),
  ofEpisode: (id: Id<'episode'>, asked: Supposed) =>
    ask(() => api.admin.episodes[':id'].world.$get({ param: { id }, query: said(asked) })),
  reach: (age: string) => ask(() => api.admin.rights.reach.$get({ query: said({ age }) })),
};
