import { eq } from 'drizzle-orm';
import { customers } from '../../schema/db/billing.ts';
import { users } from '../../schema/db/accounts.ts';
import type { Actor } from '../http/context.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256 } from '../platform/sha256.ts';
import { customerOf, type Customer } from './subscription-own.ts';

/** Whoever asks twice within so long makes one customer. Not longer: Stripe remembers failures under a key as well, for a day. */
const KEY_MS = 10 * 60_000;

/**
 * The account's customer at Stripe, made where there is none. Several at once make one: the same key at Stripe, one row here. Its e-mail
 * address is that of the account, as bills go there; its name is theirs to change on Stripe's pages, as it stands on bills.
 * @throws Problem `unavailable`
 */
export async function ensureCustomer(
  platform: Platform,
  { userId, name, email }: Pick<Actor, 'userId' | 'name' | 'email'>,
): Promise<Customer> {
  const { db, stripe, now } = platform;
  const toldHash = await sha256(email);
  const known = await customerOf(db, userId);
  if (known) {
    if (known.toldHash !== toldHash) await tellAddress(platform, userId, known.stripeId, email);
    return known;
  }
  const made = await stripe.ask((sdk) =>
    sdk.customers.create(
      { email, name, metadata: { user: userId } },
      { idempotencyKey: `customer:${userId}:${toldHash.slice(0, 16)}:${Math.floor(now() / KEY_MS)}` },
    ),
  );
  await db
    .insert(customers)
    .values({ stripeId: made.id, userId, toldHash, createdAt: now() })
    .onConflictDoNothing();
  return (await customerOf(db, userId)) ?? { stripeId: made.id, currency: null, toldHash };
}

/**
 * Tells Stripe of another e-mail address, where it knows the account. Whoever changed it has changed it all the same where Stripe does
 * not answer: the next page that they pay on tells it.
 * @throws Problem `unavailable`
 */
export async function tellStripeOfAddress(platform: Platform, userId: string): Promise<void> {
  const [customer, [user]] = await Promise.all([
    customerOf(platform.db, userId),
    platform.db.select({ email: users.email }).from(users).where(eq(users.id, userId)),
  ]);
  if (!customer || !user || customer.toldHash === (await sha256(user.email))) return;
  await tellAddress(platform, userId, customer.stripeId, user.email);
}

async function tellAddress({ db, stripe }: Platform, userId: string, stripeId: string, email: string) {
  await stripe.ask((sdk) => sdk.customers.update(stripeId, { email }));
  await db
    .update(customers)
    .set({ toldHash: await sha256(email) })
    .where(eq(customers.userId, userId));
}
