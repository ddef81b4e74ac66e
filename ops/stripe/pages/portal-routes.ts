import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { wordsOf, type Backstage } from './backstage.ts';
import { portalPage, type PortalSight, type Preview } from './portal.ts';
import { said } from './said.ts';

const Found = v.object({
  customer: v.string(),
  configuration: v.string(),
  return_url: v.nullable(v.string()),
  flow: v.nullable(
    v.custom<Stripe.BillingPortal.Session.Flow>((value) => v.is(v.object({ type: v.string() }), value)),
  ),
});

/** The customer portal. Whoever has its address may do what its configuration allows, as with Stripe's. */
export function portalRoutes(stage: Backstage) {
  const { stripe, ask } = stage;
  async function sight(id: string) {
    const session = { id, ...(await ask(`portal/${id}`, Found)) };
    const configuration = await stripe.billingPortal.configurations.retrieve(session.configuration);
    const of = { customer: session.customer };
    const [customer, subscriptions, saved, invoices] = await Promise.all([
      stripe.customers.retrieve(session.customer),
      stripe.subscriptions.list(of),
      stripe.paymentMethods.list(of),
      stripe.invoices.list(of),
    ]);
    if (customer.deleted) throw new Error('This customer is gone.');
    const products = configuration.features.subscription_update.products ?? [];
    const prices = await Promise.all(
      products
        .flatMap((one) => one.prices)
        .map((price) => stripe.prices.retrieve(price, { expand: ['product'] })),
    );
    return {
      session,
      features: configuration.features,
      customer,
      subscriptions: subscriptions.data,
      saved: saved.data,
      invoices: invoices.data,
      prices,
    };
  }
  /** Does it, and goes back to where the session came from; where it cannot be done, the page says why. */
  async function does(c: Context, work: (all: Awaited<ReturnType<typeof sight>>) => Promise<unknown>) {
    const id = c.req.param('id') ?? '';
    const all = await sight(id);
    try {
      await work(all);
    } catch (error) {
      return c.html(portalPage({ ...all, problem: wordsOf(error) }, null), 402);
    }
    const after = all.session.flow?.after_completion;
    return c.redirect(after?.redirect?.return_url ?? `/p/session/${id}`, 303);
  }
  const theirs = ({ subscriptions }: Awaited<ReturnType<typeof sight>>, id: string) => {
    const found = subscriptions.find((one) => one.id === id);
    if (!found) throw new Error('That is no subscription of this customer.');
    return found;
  };

  return new Hono()
    .get('/p/session/:id', async (c) => {
      const all = await sight(c.req.param('id'));
      const { subscription, price } = c.req.query();
      const wanted = all.session.flow?.subscription_update_confirm;
      const target = {
        subscription: subscription ?? wanted?.subscription,
        price: price ?? wanted?.items[0]?.price ?? undefined,
      };
      const preview =
        target.subscription && target.price
          ? await previewOf(stage, theirs(all, target.subscription), target.price)
          : null;
      return c.html(portalPage(all, preview));
    })
    .post('/p/session/:id/cancel', async (c) => {
      const id = (await said(c))('subscription');
      return does(c, (all) =>
        all.features.subscription_cancel.mode === 'immediately'
          ? stripe.subscriptions.cancel(theirs(all, id).id)
          : stripe.subscriptions.update(theirs(all, id).id, { cancel_at_period_end: true }),
      );
    })
    .post('/p/session/:id/resume', async (c) => {
      const id = (await said(c))('subscription');
      return does(c, (all) =>
        stripe.subscriptions.update(theirs(all, id).id, { cancel_at_period_end: false }),
      );
    })
    .post('/p/session/:id/switch', async (c) => {
      const field = await said(c);
      const [id, price, at] = [field('subscription'), field('price'), field('at')];
      return does(c, (all) => {
        const current = theirs(all, id);
        return stripe.subscriptions.update(current.id, {
          items: [{ id: current.items.data[0]!.id, price }],
          proration_behavior: 'always_invoice',
          proration_date: Number(at),
          payment_behavior: 'error_if_incomplete',
        });
      });
    })
    .post('/p/session/:id/card', async (c) => {
      const card = (await said(c))('card');
      return does(c, (all) => payFromNowOn(stripe, all, card));
    })
    .post('/p/session/:id/address', async (c) => {
      const field = await said(c);
      const address = {
        line1: field('line1'),
        city: field('city'),
        postal_code: field('postal_code'),
        country: field('country'),
      };
      return does(c, ({ customer }) =>
        stripe.customers.update(customer.id, { name: field('name'), address }),
      );
    });
}

/** What pays from now on, also where a subscription has a card of its own (Checkout gives it one), and for what is owed at once. */
async function payFromNowOn(
  stripe: Stripe,
  { customer, subscriptions, invoices }: Pick<PortalSight, 'customer' | 'subscriptions' | 'invoices'>,
  card: string,
): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(card, { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
  for (const one of subscriptions)
    if (one.default_payment_method !== null)
      await stripe.subscriptions.update(one.id, { default_payment_method: id });
  for (const owed of invoices)
    if (owed.status === 'open' && owed.id !== undefined) await stripe.invoices.pay(owed.id);
}

async function previewOf(
  { stripe, ask }: Backstage,
  current: Stripe.Subscription,
  price: string,
): Promise<Preview> {
  const { now: at } = await ask('clock', v.object({ now: v.number() }));
  const invoice = await stripe.invoices.createPreview({
    subscription: current.id,
    subscription_details: {
      items: [{ id: current.items.data[0]!.id, price }],
      proration_behavior: 'always_invoice',
      proration_date: at,
    },
  });
  return { subscription: current.id, price: await stripe.prices.retrieve(price), invoice, at };
}
