import { catalogueRoutes } from './catalogue.ts';
import { checkoutRoutes } from './checkout-routes.ts';
import { clockRoutes } from './clock.ts';
import { customerRoutes } from './customers.ts';
import { disputeRoutes } from './dispute-routes.ts';
import { eventRoutes } from './event-routes.ts';
import { invoiceRoutes } from './invoice-routes.ts';
import { methodRoutes } from './method-routes.ts';
import { paymentRoutes } from './payment-routes.ts';
import { portalRoutes } from './portal.ts';
import { promotionRoutes } from './promotions.ts';
import { refundRoutes } from './refunds.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import type { Route } from './route.ts';

/** Stripe's API, as far as it is known here. */
export const routes: Route[] = [
  ...catalogueRoutes,
  ...promotionRoutes,
  ...customerRoutes,
  ...checkoutRoutes,
  ...subscriptionRoutes,
  ...invoiceRoutes,
  ...methodRoutes,
  ...paymentRoutes,
  ...refundRoutes,
  ...disputeRoutes,
  ...portalRoutes,
  ...eventRoutes,
  ...clockRoutes,
];
