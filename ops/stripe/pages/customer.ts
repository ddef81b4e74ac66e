import { html } from 'hono/html';
import type { Stripe } from 'stripe';
import { alert, button, day, money, moment, page } from './layout.ts';
import type { Backstage } from './backstage.ts';

/** What a subscription is, on one line. */
export const summed = ({ items: { data } }: Stripe.Subscription): string =>
  data
    .map(
      ({ price }) =>
        `${money(price.unit_amount ?? 0, price.currency)} / ${price.recurring?.interval ?? 'once'}`,
    )
    .join(' + ');

/** One customer, for the console: all they have, and what may happen to it. */
export async function customerPage({ stripe }: Backstage, id: string, problem?: string) {
  const customer = await stripe.customers.retrieve(id);
  const of = { customer: id, limit: 20 };
  const [subscriptions, invoices, charges, cards] = await Promise.all([
    stripe.subscriptions.list({ ...of, status: 'all' }),
    stripe.invoices.list(of),
    stripe.charges.list(of),
    stripe.paymentMethods.list(of),
  ]);
  const name = customer.deleted ? 'Deleted customer' : (customer.email ?? customer.name ?? id);
  return page(
    name,
    html`<h1>${name}</h1>
      <p class="faint"><code>${id}</code></p>
      ${alert(problem)}
      <section>
        <h2>Subscriptions</h2>
        ${subscriptions.data.length === 0 ? html`<p class="faint">None.</p>` : ''}
        ${subscriptions.data.map(
          (one) =>
            html`<p>
                <strong>${one.status}</strong>, ${summed(one)}, until
                ${day(one.items.data[0]?.current_period_end)}
                ${one.cancel_at ? `, ends ${day(one.cancel_at)}` : ''}
                ${one.pause_collection ? ', collection paused' : ''}<br /><code>${one.id}</code>
              </p>
              ${one.status === 'canceled' ? '' : button(`/customers/${id}/end`, 'End it now', { subscription: one.id })}`,
        )}
      </section>
      <section>
        <h2>Cards</h2>
        ${cards.data.map(({ id, card }) => html`<p>${card?.brand} •••• ${card?.last4} <code>${id}</code></p>`)}
      </section>
      <section>
        <h2>Invoices</h2>
        <table>
          <tbody>
            ${invoices.data.map(
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
      </section>
      <section>
        <h2>Payments</h2>
        <table>
          <tbody>
            ${charges.data.map(
              (one) =>
                html`<tr>
                  <td>${moment(one.created)}<br /><code>${one.id}</code></td>
                  <td class="${one.status === 'failed' ? 'bad' : ''}">
                    ${[one.status, one.failure_message, one.refunded && 'refunded', one.disputed && 'disputed'].filter(Boolean).join(', ')}
                  </td>
                  <td class="number">${money(one.amount, one.currency)}</td>
                  <td>
                    ${
                      one.status === 'succeeded' && !one.refunded
                        ? button(`/customers/${id}/refund`, 'Refund', { charge: one.id })
                        : ''
                    }
                    ${
                      one.status === 'succeeded' && !one.disputed
                        ? button(`/customers/${id}/dispute`, 'Dispute', { charge: one.id })
                        : ''
                    }
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </section>`,
    { wide: true },
  );
}
