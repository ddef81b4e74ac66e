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
    if (known.toldHash === toldHash || (await tellAddress(platform, userId, known.stripeId, email)))
      return known;
    await letGo(platform, known.stripeId);
  }
  const key = `customer:${userId}:${toldHash.slice(0, 16)}:${Math.floor(now() / KEY_MS)}`;
  const make = async (idempotencyKey: string): Promise<string> => {
    const { id } = await stripe.ask((sdk) =>
      sdk.customers.create({ email, name, metadata: { user: userId } }, { idempotencyKey }),
    );
    await db
      .insert(customers)
      .values({ stripeId: id, userId, toldHash, createdAt: now() })
      .onConflictDoNothing();
    return id;
  };
  const first = await make(key);
  const made = await customerOf(db, userId);
  if (made) return made;
  // The key still answers with one that was deleted there and let go here.
  const second = await make(`${key}:${first}`);
  return (await customerOf(db, userId)) ?? { stripeId: second, currency: null, toldHash };
}

/**
 * Tells Stripe of another e-mail address, where it knows the account. Whoever changed it has changed it all the same where Stripe does
 * not answer: the next page that they pay on tells it again.
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

/** @returns false where Stripe does not know the customer any more */
async function tellAddress(
  { db, stripe }: Platform,
  userId: string,
  stripeId: string,
  email: string,
): Promise<boolean> {
  if (!(await stripe.find((sdk) => sdk.customers.update(stripeId, { email })))) return false;
  await db
    .update(customers)
    .set({ toldHash: await sha256(email) })
    .where(eq(customers.userId, userId));
  return true;
}

/**
 * Whether a customer was deleted at Stripe: then it is nobody's here any more, and whoever pays next is made another. What it had subscribed
 * to ended with it there, and is told of.
 */
export async function letGoIfDeleted(platform: Platform, stripeId: string): Promise<boolean> {
  const there = await platform.stripe.find((sdk) => sdk.customers.retrieve(stripeId));
  if (there && there.deleted !== true) return false;
  await letGo(platform, stripeId);
  return true;
}
const letGo = ({ db, now }: Platform, stripeId: string) =>
  db.update(customers).set({ userId: null, endedAt: now() }).where(eq(customers.stripeId, stripeId));
