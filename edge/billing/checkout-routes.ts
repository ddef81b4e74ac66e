import { Hono, type Context } from 'hono';
import * as v from 'valibot';
import { Checkout, CheckoutState, NewCheckout, NewPortal, Portal } from '../../schema/api/billing.ts';
import { idSchema } from '../../schema/ids.ts';
import { ensureUser } from '../accounts/me/current-profile.ts';
import { closingOf } from '../accounts/me/leaving.ts';
import { firstWanted } from '../catalog/locale.ts';
import type { Actor, AppEnv } from '../http/context.ts';
import { accepts, returns } from '../http/contract.ts';
import { allow, signedIn } from '../http/guards.ts';
import { limited } from '../http/limits.ts';
import { Problem } from '../http/problem.ts';
import type { OutgoingMail } from '../platform/mailer.ts';
import type { Platform } from '../platform/platform.ts';
import { beginCheckout } from './checkout-begin.ts';
import { localeFor } from './checkout-page.ts';
import { closeOne, ownCheckout } from './checkout-queries.ts';
import { offerSubject, planSubject } from './checkout-subject.ts';
import { buyerOf } from './offer-routes.ts';
import { openPortal } from './portal-open.ts';
import { settleCheckout } from './settle-checkout.ts';

const CheckoutId = v.object({ id: idSchema('checkout') });

/**
 * Who may pay: somebody whom bills and word of failed payments reach, and who is staying.
 * @throws Problem `unverified-address`, `account-closing`
 */
async function payer(platform: Platform, actor: Actor): Promise<void> {
  if (!actor.emailVerified)
    throw new Problem(
      'unverified-address',
      'Bills go to your e-mail address. Enter the code that was mailed to you; POST /api/me/email/code mails another.',
    );
  await ensureUser(platform, actor);
  const closing = await closingOf(platform.db, actor.userId);
  if (!closing) throw new Problem('not-signed-in', 'This account is not there any more.');
  if (closing.closesAt !== null)
    throw new Problem('account-closing', 'Keep the account first: POST /api/me/keep.');
}

/** Whoever comes back from paying waits for what they paid for, and not for the mail that says so. */
function mailingLater(c: Context<AppEnv>): Platform {
  const { mailer } = c.var.platform;
  const send = async (mail: OutgoingMail) => c.executionCtx.waitUntil(mailer.send(mail));
  return { ...c.var.platform, mailer: { send } };
}

/** Paying on Stripe's pages. */
export const checkoutRoutes = new Hono<AppEnv>()
  .post(
    '/api/billing/checkout',
    allow('viewer'),
    limited('checkout', 'actor'),
    accepts('json', NewCheckout),
    returns('A page of Stripe’s to pay on; asked again for the same thing, the same page', { 200: Checkout }),
    async (c) => {
      const { platform } = c.var;
      const actor = signedIn(await c.var.actor());
      const { priceId, offerId, next = null } = c.req.valid('json');
      await payer(platform, actor);
      const buyer = await buyerOf(c);
      const subject =
        priceId === undefined
          ? offerId && (await offerSubject(platform, actor.userId, offerId, buyer))
          : offerId === undefined && (await planSubject(platform, actor.userId, priceId, buyer.billedIn));
      if (!subject)
        throw new Problem('invalid-request', 'Name a price of a plan (priceId), or an offer (offerId).');
      const locale = localeFor(firstWanted(c.req.header('accept-language') ?? null));
      c.header('cache-control', 'no-store');
      return c.json(await beginCheckout(platform, { actor, subject, locale, next }), 200);
    },
  )
  .post(
    '/api/billing/checkouts/:id/settle',
    allow('viewer'),
    limited('billing', 'actor'),
    accepts('param', CheckoutId),
    returns('What came of a page to pay on; what was paid for holds from then on', { 200: CheckoutState }),
    async (c) => {
      const { platform } = c.var;
      const { userId } = signedIn(await c.var.actor());
      const row = await ownCheckout(platform.db, userId, c.req.valid('param').id);
      if (!row) throw new Problem('not-found', 'There is no such checkout.');
      c.header('cache-control', 'no-store');
      if (row.state === 'open' && row.stripeId !== null)
        return c.json({ state: await settleCheckout(mailingLater(c), row.stripeId), next: row.next }, 200);
      if (row.state === 'open' && row.expiresAt <= platform.now()) {
        await closeOne(platform.db, row.id);
        return c.json({ state: 'over' as const, next: row.next }, 200);
      }
      return c.json({ state: row.state, next: row.next }, 200);
    },
  )
  .post(
    '/api/billing/portal',
    allow('viewer'),
    limited('checkout', 'actor'),
    accepts('json', NewPortal, { optional: true }),
    returns('Stripe’s page for cards, addresses and bills', { 200: Portal }),
    async (c) => {
      const { platform } = c.var;
      const actor = signedIn(await c.var.actor());
      const { next } = c.req.valid('json');
      const locale = localeFor(firstWanted(c.req.header('accept-language') ?? null));
      c.header('cache-control', 'no-store');
      return c.json({ url: await openPortal(platform, actor, { next, locale }) }, 200);
    },
  );
