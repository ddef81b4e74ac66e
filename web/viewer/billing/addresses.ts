import { to } from '../../paths.ts';

// Where the forms of these pages go (edge/pages/billing-routes.ts). They are sent by browsers themselves: no script is needed to pay.

const billing = to('billing');
export const billingActions = {
  checkout: `${billing}/checkout`,
  portal: `${billing}/portal`,
  cancel: to('cancel-plan'),
  resume: `${billing}/resume`,
  pause: `${billing}/pause`,
  unpause: `${billing}/unpause`,
  switch: to('switch-plan'),
  redeem: `${billing}/redeem`,
} as const;
export type BillingAction = keyof typeof billingActions;

/** What was done, said once on the page that follows: `?done=`. */
export const deeds = ['cancelled', 'resumed', 'paused', 'unpaused', 'switched', 'redeemed', 'paid'] as const;
export type Deed = (typeof deeds)[number];
export const isDeed = (text: string | undefined): text is Deed =>
  (deeds as readonly (string | undefined)[]).includes(text);

export const switchTo = (priceId: string): string =>
  `${to('switch-plan')}?price=${encodeURIComponent(priceId)}`;
