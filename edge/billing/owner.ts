import type { Platform } from '../platform/platform.ts';
import { accountOf, adoptCustomer } from './settle-queries.ts';

/** Whose something at Stripe is. `gone`: their account was deleted; `stranger`: nobody's here, Stripe's account serves others as well. */
export type Owner = { userId: string } | 'gone' | 'stranger';

/**
 * Whose a customer is: by our own row, and where there is none (its making was cut off) by what we wrote on it at Stripe.
 * @param said `metadata.user` of the object it is about
 */
export async function ownerOf(
  { db, stripe, now }: Platform,
  customerId: string | null,
  said: string | undefined,
): Promise<Owner> {
  if (customerId !== null) {
    const known = await accountOf(db, customerId);
    if (known !== 'unknown') return known.userId === null ? 'gone' : { userId: known.userId };
  }
  const userId = said ?? (customerId === null ? undefined : await saidOf(stripe, customerId));
  if (userId === undefined) return 'stranger';
  const there = await adoptCustomer(db, customerId, userId, now());
  return there ? { userId } : 'gone';
}

async function saidOf(stripe: Platform['stripe'], customerId: string): Promise<string | undefined> {
  const customer = await stripe.find((sdk) => sdk.customers.retrieve(customerId));
  return customer === null || customer.deleted === true ? undefined : customer.metadata['user'];
}
