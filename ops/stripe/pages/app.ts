import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { Stripe } from 'stripe';
import { backstage, wordsOf } from './backstage.ts';
import { checkoutRoutes } from './checkout-routes.ts';
import { consoleRoutes } from './console-routes.ts';
import { invoicePage, receiptPage } from './invoice.ts';
import { page } from './layout.ts';
import { portalRoutes } from './portal-routes.ts';
import { said } from './said.ts';

const css = readFileSync(new URL('pages.css', import.meta.url), 'utf8');

/** The pages that Stripe would show to people, and a console; everything else is the API, and goes on to it. */
export function pages(fetch: (request: Request) => Promise<Response>, key: string) {
  const stage = backstage(fetch, key);
  const { stripe } = stage;
  const app = new Hono();
  app.all('/v1/*', (c) => fetch(c.req.raw));
  app.all('/_double/*', (c) => fetch(c.req.raw));
  app.use(async (c, next) => {
    // Other sites that are open in the same browser have nothing to press here.
    const from = c.req.header('origin');
    if (c.req.method === 'POST' && from && from !== 'null' && new URL(from).host !== c.req.header('host'))
      return c.text('Forms of other sites are not taken.', 403);
    await next();
    c.header('content-security-policy', "default-src 'none'; style-src 'self'; frame-ancestors 'none'");
    c.header('referrer-policy', 'no-referrer');
    c.header('cache-control', 'no-store');
    return undefined;
  });
  app.onError((error, c) => {
    const missing = error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode === 404;
    const title = missing ? 'There is nothing here' : 'That did not work';
    const body = html`<section>
      <h1>${title}</h1>
      <p>${wordsOf(error)}</p>
      <p><a href="/">To the console</a></p>
    </section>`;
    return c.html(page(title, body), missing ? 404 : 500);
  });
  app.get('/pages.css', (c) => c.body(css, 200, { 'content-type': 'text/css; charset=utf-8' }));
  const cardsOf = async ({ customer }: Stripe.Invoice) =>
    typeof customer === 'string' ? (await stripe.paymentMethods.list({ customer })).data : [];
  app.on('GET', ['/i/:id', '/i/:id/pdf'], async (c) => {
    const invoice = await stripe.invoices.retrieve(c.req.param('id'));
    return c.html(invoicePage(invoice, { saved: await cardsOf(invoice) }));
  });
  app.get('/r/:id', async (c) => c.html(receiptPage(await stripe.charges.retrieve(c.req.param('id')))));
  app.post('/i/:id', async (c) => {
    const id = c.req.param('id');
    try {
      await stripe.invoices.pay(id, { payment_method: (await said(c))('card') });
      return c.redirect(`/i/${id}`, 303);
    } catch (error) {
      const invoice = await stripe.invoices.retrieve(id);
      return c.html(invoicePage(invoice, { saved: await cardsOf(invoice), problem: wordsOf(error) }), 402);
    }
  });
  app.route('/', checkoutRoutes(stage));
  app.route('/', portalRoutes(stage));
  app.route('/', consoleRoutes(stage));
  return app;
}
