import { html } from 'hono/html';
import type { Stripe } from 'stripe';
import { cards } from '../cards.ts';
import { alert, button, day, money, page, type Markup } from './layout.ts';
import { summed } from './customer.ts';
import { offeredCards } from './test-cards.ts';

export type PortalSight = {
  session: Pick<Stripe.BillingPortal.Session, 'id' | 'flow' | 'return_url'>;
  features: Stripe.BillingPortal.Configuration.Features;
  customer: Stripe.Customer;
  subscriptions: readonly Stripe.Subscription[];
  saved: readonly Stripe.PaymentMethod[];
  invoices: readonly Stripe.Invoice[];
  /** What a subscription may be switched to. */
  prices: readonly Stripe.Price[];
  problem?: string | undefined;
};
/** A switch that is being looked at: what it costs now. */
export type Preview = { subscription: string; price: Stripe.Price; invoice: Stripe.Invoice; at: number };

/** Where somebody sees to what they pay. What may be done is what the session's configuration lets them. */
export function portalPage(sight: PortalSight, preview: Preview | null) {
  const { session, features, problem } = sight;
  const { flow } = session;
  // A flow is for one thing: nothing else stands on its page.
  const only = flow?.type;
  const shows = (kind: string, enabled: boolean) => (only ? only === kind : enabled);
  const action = `/p/session/${session.id}`;
  return page(
    'Your billing',
    html`<h1>Your billing</h1>
      ${alert(problem)} ${preview ? previewed(action, preview) : ''}
      ${
        preview
          ? ''
          : sight.subscriptions.map((one) =>
              subscriptionPart(action, one, sight, {
                cancel: shows('subscription_cancel', features.subscription_cancel.enabled),
                update:
                  only === 'subscription_update_confirm' ||
                  shows('subscription_update', features.subscription_update.enabled),
              }),
            )
      }
      ${shows('payment_method_update', features.payment_method_update.enabled) ? cardPart(action, sight) : ''}
      ${!only && features.customer_update.enabled ? addressPart(action, sight) : ''}
      ${!only && features.invoice_history.enabled ? invoicesPart(sight) : ''}
      ${session.return_url ? html`<p><a href="${session.return_url}">Back</a></p>` : ''}`,
  );
}

function subscriptionPart(
  action: string,
  subscription: Stripe.Subscription,
  { prices }: PortalSight,
  may: { cancel: boolean; update: boolean },
): Markup {
  const current = subscription.items.data[0];
  const ending = subscription.cancel_at !== null || subscription.cancel_at_period_end;
  const others = prices.filter(
    ({ id, currency }) => id !== current?.price.id && currency === current?.price.currency,
  );
  const one = { subscription: subscription.id };
  return html`<section>
    <h2>${summed(subscription)}</h2>
    <p>
      ${subscription.status}${
        ending
          ? html`, <strong>ends ${day(subscription.cancel_at ?? current?.current_period_end)}</strong>`
          : `, renews ${day(current?.current_period_end)}`
      }
    </p>
    ${may.cancel && !ending ? button(`${action}/cancel`, 'Cancel', one) : ''}
    ${may.cancel && ending ? button(`${action}/resume`, 'Do not cancel', one) : ''}
    ${
      may.update && others.length > 0
        ? html`<form method="get" action="${action}">
            <input type="hidden" name="subscription" value="${subscription.id}" />
            <label>
              Switch to
              <select name="price">
                ${others.map(
                  ({ id, nickname, product, unit_amount, currency, recurring }) =>
                    html`<option value="${id}">
                      ${typeof product === 'object' && 'name' in product ? product.name : (nickname ?? '')}
                      ${money(unit_amount ?? 0, currency)} / ${recurring?.interval}
                    </option>`,
                )}
              </select>
            </label>
            <button>See what it costs</button>
          </form>`
        : ''
    }
  </section>`;
}

const previewed = (action: string, { subscription, price, invoice, at }: Preview) =>
  html`<section>
    <h2>Switch to ${money(price.unit_amount ?? 0, price.currency)} / ${price.recurring?.interval}</h2>
    <dl class="sums">
      ${invoice.lines.data.map(
        ({ description, amount }) =>
          html`<dt>${description ?? ''}</dt>
            <dd>${money(amount, invoice.currency)}</dd>`,
      )}
      <dt class="total">${invoice.amount_due > 0 ? 'Due today' : 'Nothing is due today'}</dt>
      <dd class="total">${money(invoice.amount_due, invoice.currency)}</dd>
    </dl>
    ${button(`${action}/switch`, 'Confirm', { subscription, price: price.id, at: String(at) }, 'main')}
    <p><a href="${action}">Leave it as it is</a></p>
  </section>`;

const cardPart = (action: string, { saved, customer }: PortalSight) => {
  const standard = customer.invoice_settings.default_payment_method;
  return html`<section>
    <h2>Card</h2>
    ${saved.map(
      ({ id, card }) =>
        html`<p>
          ${card?.brand} •••• ${card?.last4} ${id === standard ? html`<strong>(pays)</strong>` : ''}
        </p>`,
    )}
    <form method="post" action="${action}/card">
      <label>
        Another card
        <select name="card">
          ${offeredCards.map(([name, words]) => html`<option value="${name}">${words} (${cards[name].number})</option>`)}
        </select>
      </label>
      <button>Pay with it from now on</button>
    </form>
  </section>`;
};

const addressPart = (action: string, { customer: { name, address } }: PortalSight) =>
  html`<section>
    <h2>Name and address on bills</h2>
    <form method="post" action="${action}/address">
      <label>Name <input name="name" value="${name ?? ''}" autocomplete="name" /></label>
      <label
        >Street <input name="line1" value="${address?.line1 ?? ''}" autocomplete="address-line1"
      /></label>
      <div class="two">
        <label>City <input name="city" value="${address?.city ?? ''}" autocomplete="address-level2" /></label>
        <label
          >Postal code
          <input name="postal_code" value="${address?.postal_code ?? ''}" autocomplete="postal-code"
        /></label>
      </div>
      <label>
        Country, two letters
        <input name="country" value="${address?.country ?? ''}" pattern="[A-Z]{2}" autocomplete="country" />
      </label>
      <button>Save</button>
    </form>
  </section>`;

const invoicesPart = ({ invoices }: PortalSight) =>
  html`<section>
    <h2>Invoices</h2>
    <table>
      <tbody>
        ${invoices.map(
          (one) =>
            html`<tr>
              <td>${day(one.created)}</td>
              <td><a href="${one.hosted_invoice_url ?? '#'}">${one.number ?? one.id}</a></td>
              <td>${one.status}</td>
              <td class="number">${money(one.total, one.currency)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
