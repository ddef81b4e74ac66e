import type { Checkout } from '../../schema/api/billing.ts';
import type { Actor } from '../http/context.ts';
import { Problem } from '../http/problem.ts';
import type { Platform } from '../platform/platform.ts';
import { ensureCustomer, letGoIfDeleted } from './checkout-customer.ts';
import { MAKING_MS, PAGE_MS, TOO_LATE_MS, pageOf } from './checkout-page.ts';
import { closeOne, notePage, openCheckout, openOne, type CheckoutRow } from './checkout-queries.ts';
import type { Subject } from './checkout-subject.ts';
import { settleCheckout } from './settle-checkout.ts';

/** As often as somebody else may open, pay or replace the same page meanwhile. */
const TRIES = 5;

type Asked = { actor: Actor; subject: Subject; locale: string; next: string | null };

/**
 * The page to pay for something on: one for each thing and person (ADR 0085). Who asks again, on another device or with a second click, comes
 * to the same page while it is open and for the same price; one for another price, or nearly over, is closed at Stripe first.
 * @throws Problem `already-subscribed`, `already-bought` where the open page turns out to be paid; `unavailable`: nothing was charged
 */
export async function beginCheckout(platform: Platform, asked: Asked): Promise<Checkout> {
  const { db } = platform;
  const { actor, subject } = asked;
  for (let tried = 0; tried < TRIES; tried++) {
    const customer = await ensureCustomer(platform, actor);
    const open = await openCheckout(db, actor.userId, subject.key);
    const row = open ?? (await openOne(db, newRow(platform, asked)));
    if (!row) continue; // closed between the two
    const page =
      row.stripeId === null
        ? await makePage(platform, row, subject, customer.stripeId)
        : await openPage(platform, { ...row, stripeId: row.stripeId }, subject);
    if (page) return page;
  }
  throw new Problem('conflict', 'This is being paid for on another device at this moment. Try again.');
}

function newRow({ newId, now }: Platform, { actor, subject, locale, next }: Asked): CheckoutRow {
  const at = now();
  return {
    id: newId('checkout'),
    userId: actor.userId,
    subject: subject.key,
    priceId: subject.priceId,
    offerId: subject.offerId,
    state: 'open',
    stripeId: null,
    url: null,
    next,
    locale,
    trialDays: subject.trialDays,
    createdAt: at,
    expiresAt: at + PAGE_MS,
  };
}

/**
 * Makes the page of a row that has none: by whoever comes first, or by several at once under one key. Where that fails the row makes room:
 * Stripe remembers failures under a key, too, and a page that was made all the same has an address that nobody was told.
 */
async function makePage(
  platform: Platform,
  row: CheckoutRow,
  subject: Subject,
  customer: string,
): Promise<Checkout | null> {
  const { db, stripe, settings, now } = platform;
  const stale = row.createdAt < now() - MAKING_MS;
  if (stale || row.priceId !== subject.priceId) {
    await closeOne(db, row.id, true);
    return null;
  }
  try {
    const made = await stripe.find((sdk) =>
      sdk.checkout.sessions.create(pageOf(row, subject, { customer, origin: settings.origin }), {
        idempotencyKey: `checkout:${row.id}`,
      }),
    );
    if (!made) {
      // Deleted at Stripe: the customer, or else the price.
      if (!(await letGoIfDeleted(platform, customer)))
        throw new Problem('not-for-sale', 'This cannot be paid for any more. Load the plans anew.');
      await closeOne(db, row.id, true);
      return null;
    }
    const { id, url } = made;
    if (url === null) throw new Error(`Stripe made ${id} without an address`);
    const noted = await notePage(db, row.id, { stripeId: id, url });
    return noted ? { id: row.id, url, expiresAt: row.expiresAt } : null;
  } catch (error) {
    await closeOne(db, row.id, true);
    if (error instanceof Problem && error.code === 'unavailable')
      throw new Problem(
        'unavailable',
        'Payments do not work right now. Nothing was charged; try again in a minute.',
      );
    throw error;
  }
}

/** The page that is open already, as Stripe sees it now. Null: it is none any more, and there is room for another. */
async function openPage(
  platform: Platform,
  row: CheckoutRow & { stripeId: string },
  subject: Subject,
): Promise<Checkout | null> {
  const { db, stripe, now } = platform;
  const session = await stripe.find((sdk) => sdk.checkout.sessions.retrieve(row.stripeId));
  if (session?.status === 'complete') {
    const came = await settleCheckout(platform, row.stripeId);
    throw new Problem(
      subject.mode === 'subscription' ? 'already-subscribed' : 'already-bought',
      came === 'paid'
        ? 'It has just been paid for, on another device or in another tab.'
        : 'It has been paid for, and your bank is still confirming it.',
    );
  }
  const { url } = row;
  const same = row.priceId === subject.priceId && url !== null && row.expiresAt > now() + TOO_LATE_MS;
  if (session?.status === 'open' && same) return { id: row.id, url, expiresAt: row.expiresAt };
  if (session?.status === 'open')
    await stripe
      .ask((sdk) => sdk.checkout.sessions.expire(row.stripeId))
      .catch(async (error: unknown) => {
        // Paid, or expired by itself, at this very moment: the next look tells which.
        const after = await stripe.find((sdk) => sdk.checkout.sessions.retrieve(row.stripeId));
        if (after?.status === 'open') throw error;
      });
  const settled = await settleCheckout(platform, row.stripeId);
  if (settled === 'open') await closeOne(db, row.id);
  return null;
}
