import type {
  GivenPurchase,
  NewGifts,
  NewOffer,
  NewPlanPrice,
  NewPromotion,
  NewRefund,
  OfferFields,
} from '../../../schema/api/billing-admin.ts';
import type { Id } from '../../../schema/ids.ts';
import { api, ask } from '../calls.ts';

type PlanFields = Parameters<(typeof api.admin.plans)[':id']['$put']>[0]['json'];
const further = (cursor: string | undefined) => (cursor ? { cursor } : {});

export const plans = {
  list: () => ask(() => api.admin.plans.$get()),
  put: (id: string, json: PlanFields) => ask(() => api.admin.plans[':id'].$put({ param: { id }, json })),
  price: (id: string, json: NewPlanPrice) =>
    ask(() => api.admin.plans[':id'].prices.$post({ param: { id }, json })),
  endPrice: (id: Id<'price'>) => ask(() => api.admin.prices[':id'].end.$post({ param: { id } })),
};
export const gifts = {
  list: (cursor?: string) => ask(() => api.admin.gifts.$get({ query: further(cursor) })),
  make: (json: NewGifts) => ask(() => api.admin.gifts.$post({ json })),
  end: (id: Id<'gift'>) => ask(() => api.admin.gifts[':id'].end.$post({ param: { id } })),
};
export const promotions = {
  list: (cursor?: string) => ask(() => api.admin.promotions.$get({ query: further(cursor) })),
  make: (json: NewPromotion) => ask(() => api.admin.promotions.$post({ json })),
  end: (id: string) => ask(() => api.admin.promotions[':id'].end.$post({ param: { id } })),
};
export const offers = {
  list: (id: Id<'title'>) => ask(() => api.admin.titles[':id'].offers.$get({ param: { id } })),
  make: (id: Id<'title'>, json: NewOffer) =>
    ask(() => api.admin.titles[':id'].offers.$post({ param: { id }, json })),
  change: (id: Id<'offer'>, json: OfferFields) =>
    ask(() => api.admin.offers[':id'].$put({ param: { id }, json })),
};
export const person = {
  billing: (id: string) => ask(() => api.admin.users[':id'].billing.$get({ param: { id } })),
  give: (id: string, json: GivenPurchase) =>
    ask(() => api.admin.users[':id'].purchases.$post({ param: { id }, json })),
  revoke: (id: Id<'purchase'>, reason: string) =>
    ask(() => api.admin.purchases[':id'].revoke.$post({ param: { id }, json: { reason } })),
  refund: (id: string, json: NewRefund) =>
    ask(() => api.admin.payments[':id'].refund.$post({ param: { id }, json })),
};
