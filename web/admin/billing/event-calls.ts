import type { EventState } from '../../../schema/api/billing-events.ts';
import { api, ask } from '../calls.ts';

/** What the list is narrowed by: one of these. */
export type Narrowed = { state?: EventState; type?: string; object?: string };

export const stripeEvents = {
  list: (by: Narrowed, cursor?: string) =>
    ask(() => api.admin.billing.events.$get({ query: { ...by, ...(cursor ? { cursor } : {}) } })),
  read: (id: string) => ask(() => api.admin.billing.events[':id'].$get({ param: { id } })),
  /** @param ids left out: the oldest that were given up */
  replay: (ids?: string[]) => ask(() => api.admin.billing.events.replay.$post({ json: ids ? { ids } : {} })),
  runs: () => ask(() => api.admin.billing.reconciliations.$get()),
  compare: () => ask(() => api.admin.billing.reconciliations.$post()),
};
