import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { wordsOf, type Backstage } from './backstage.ts';
import { challengePage, checkoutPage, overPage, type Typed } from './checkout.ts';
import { said, type Said } from './said.ts';

/** What the double does with a page that somebody pays on. */
const Paid = v.union([v.object({ requires_action: v.literal(true) }), v.object({ session: v.unknown() })]);
const Promised = v.object({ trial_end: v.nullable(v.number()) });

/** Checkout: Stripe's page to pay on. */
export function checkoutRoutes(stage: Backstage) {
  const { stripe, ask } = stage;
  const find = (id: string) => stripe.checkout.sessions.retrieve(id, { expand: ['line_items', 'customer'] });

  async function show(c: Context, session: Stripe.Checkout.Session, typed: Typed, problem?: string) {
    const { customer } = session;
    const owner = typeof customer === 'object' && customer && !customer.deleted ? customer : null;
    const [{ trial_end: trialEnd }, saved] = await Promise.all([
      ask(`checkout/${session.id}`, Promised),
      owner ? stripe.paymentMethods.list({ customer: owner.id }).then(({ data }) => data) : [],
    ]);
    return c.html(checkoutPage(session, { typed, saved, trialEnd, problem }), problem ? 402 : 200);
  }
  const done = (c: Context, session: Stripe.Checkout.Session) =>
    session.success_url
      ? c.redirect(session.success_url.replaceAll('{CHECKOUT_SESSION_ID}', session.id), 303)
      : c.html(overPage(session));

  return new Hono()
    .get('/c/pay/:id', async (c) => {
      const session = await find(c.req.param('id'));
      if (session.status === 'complete') return done(c, session);
      if (session.status === 'expired') return c.html(overPage(session), 410);
      return show(c, session, unsaid(session));
    })
    .post('/c/pay/:id', async (c) => {
      const id = c.req.param('id');
      const field = await said(c);
      const typed = typedIn(field);
      const session = await find(id);
      // Pressed twice: the first press has paid.
      if (session.status === 'complete') return done(c, session);
      if (session.status === 'expired') return c.html(overPage(session), 410);
      try {
        await ask(`checkout/${id}/price`, v.unknown(), {
          promotion_code: typed.promotionCode || null,
          country: typed.country,
        });
        if (field('do') !== 'pay') return await show(c, await find(id), typed);
        const authenticate = field('authenticate') || 'ask';
        const paid = await ask(`checkout/${id}/pay`, Paid, { ...sent(typed), authenticate });
        return 'requires_action' in paid ? c.html(challengePage(session, typed)) : done(c, session);
      } catch (error) {
        const now = await find(id);
        if (now.status === 'complete') return done(c, now);
        return show(c, now, typed, wordsOf(error));
      }
    });
}

const typedIn = (field: Said): Typed => ({
  email: field('email'),
  name: field('name'),
  country: field('country'),
  postalCode: field('postal_code'),
  card: field('card'),
  promotionCode: field('promotion_code'),
});

function unsaid({ customer, customer_email }: Stripe.Checkout.Session): Typed {
  const owner = typeof customer === 'object' && customer && !customer.deleted ? customer : null;
  return {
    email: owner?.email ?? customer_email ?? '',
    name: owner?.name ?? '',
    country: owner?.address?.country ?? 'US',
    postalCode: owner?.address?.postal_code ?? '',
    card: 'pm_card_visa',
    promotionCode: '',
  };
}

const sent = ({ email, name, country, postalCode, card }: Typed) => ({
  payment_method: card,
  ...(email ? { email } : {}),
  ...(name ? { name } : {}),
  address: { country, ...(postalCode ? { postal_code: postalCode } : {}) },
});
