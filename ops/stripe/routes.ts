import { catalogueRoutes } from './catalogue.ts';
import { checkoutRoutes } from './checkout-routes.ts';
import { clockRoutes } from './clock.ts';
import { customerRoutes } from './customers.ts';
import { eventRoutes } from './event-routes.ts';
import { promotionRoutes } from './promotions.ts';
import { subscriptionRoutes } from './subscription-routes.ts';
import type { Route } from './route.ts';

/** Stripe's API, as far as it is known here. */
export const routes: Route[] = [
  ...catalogueRoutes,
  ...promotionRoutes,
  ...customerRoutes,
  ...checkoutRoutes,
  ...subscriptionRoutes,
  ...eventRoutes,
  ...clockRoutes,
];
