import type { CheckoutSession } from './stored.ts';
import * as v from 'valibot';
import { type Account, get } from './state.ts';

export const address = v.object({
  country: v.optional(v.nullable(v.string()), null),
  postal_code: v.optional(v.nullable(v.string()), null),
  state: v.optional(v.nullable(v.string()), null),
  city: v.optional(v.nullable(v.string()), null),
  line1: v.optional(v.nullable(v.string()), null),
  line2: v.optional(v.nullable(v.string()), null),
});
export const paying = v.strictObject({
  payment_method: v.optional(v.string()),
  card: v.optional(
    v.object({
      number: v.string(),
      exp_month: v.number(),
      exp_year: v.number(),
      name: v.optional(v.string()),
      country: v.optional(v.string()),
      postal_code: v.optional(v.string()),
    }),
  ),
  email: v.optional(v.string()),
  name: v.optional(v.string()),
  address: v.optional(address),
  promotion_code: v.optional(v.string()),
  /** 3-D Secure: `ask` says that it is asked; otherwise it has been, and went so. */
  authenticate: v.optional(v.picklist(['ask', 'pass', 'fail']), 'pass'),
});

export const sessionOf = (account: Account, id = ''): CheckoutSession =>
  get(account.tables['checkout.session'], 'checkout.session', id);
