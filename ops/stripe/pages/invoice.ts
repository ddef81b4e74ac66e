import { html } from 'hono/html';
import type { Stripe } from 'stripe';
import { cards } from '../cards.ts';
import { alert, day, money, page } from './layout.ts';
import { offeredCards } from './test-cards.ts';

/** That a payment was made: what mails about single purchases link to. */
export const receiptPage = ({ id, amount, amount_refunded, currency, created, status }: Stripe.Charge) =>
  page(
    'Receipt',
    html`<section>
      <h1>Receipt</h1>
      <p class="faint">${day(created)} · ${status} · <code>${id}</code></p>
      <dl class="sums">
        <dt>Paid</dt>
        <dd>${money(amount, currency)}</dd>
        <dt>Given back</dt>
        <dd>${money(amount_refunded, currency)}</dd>
      </dl>
    </section>`,
  );

/** An invoice for whoever owes it or keeps it: the page that mails link to, made to be printed as well. */
export function invoicePage(
  invoice: Stripe.Invoice,
  { saved, problem }: { saved: readonly Stripe.PaymentMethod[]; problem?: string | undefined },
) {
  const { currency } = invoice;
  const tax = (invoice.total_taxes ?? []).reduce((sum, one) => sum + one.amount, 0);
  const off = (invoice.total_discount_amounts ?? []).reduce((sum, one) => sum + one.amount, 0);
  const address = invoice.customer_address;
  return page(
    `Invoice ${invoice.number ?? ''}`,
    html`<section>
        <h1>Invoice ${invoice.number ?? '(draft)'}</h1>
        <p class="faint">
          ${day(invoice.created)} ·
          <strong class="${invoice.status === 'paid' ? 'good' : ''}">${invoice.status}</strong>
        </p>
        <p>
          ${invoice.customer_name ?? ''}<br />${invoice.customer_email ?? ''}<br />
          ${[address?.line1, address?.city, address?.postal_code, address?.country].filter(Boolean).join(', ')}
        </p>
        <table>
          <tbody>
            ${invoice.lines.data.map(
              ({ description, amount, period }) =>
                html`<tr>
                  <td>
                    ${description ?? ''}<br /><span class="faint"
                      >${day(period.start)} – ${day(period.end)}</span
                    >
                  </td>
                  <td class="number">${money(amount, currency)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <dl class="sums">
          <dt>Subtotal</dt>
          <dd>${money(invoice.subtotal, currency)}</dd>
          ${
            off > 0
              ? html`<dt>Discount</dt>
                  <dd>−${money(off, currency)}</dd>`
              : ''
          }
          <dt>${invoice.total === invoice.subtotal - off ? 'Tax, which is in it' : 'Tax'}</dt>
          <dd>${money(tax, currency)}</dd>
          <dt class="total">Total</dt>
          <dd class="total">${money(invoice.total, currency)}</dd>
          <dt>Paid</dt>
          <dd>${money(invoice.amount_paid, currency)}</dd>
          <dt>Due</dt>
          <dd>${money(invoice.amount_remaining, currency)}</dd>
        </dl>
        <p class="screen"><a href="${invoice.invoice_pdf ?? '#'}">To print</a></p>
      </section>
      ${invoice.status === 'open' ? payForm(invoice, saved, problem) : ''}`,
  );
}

const payForm = (
  { id, amount_remaining, currency }: Stripe.Invoice,
  saved: readonly Stripe.PaymentMethod[],
  problem: string | undefined,
) =>
  html`<section class="screen">
    <h2>Pay it</h2>
    ${alert(problem)}
    <form method="post" action="/i/${id}">
      <label>
        Card
        <select name="card">
          ${saved.map(({ id, card }) => html`<option value="${id}">Saved: ${card?.brand} •••• ${card?.last4}</option>`)}
          ${offeredCards.map(([name, words]) => html`<option value="${name}">${words} (${cards[name].number})</option>`)}
        </select>
      </label>
      <button class="main">Pay ${money(amount_remaining, currency)}</button>
    </form>
  </section>`;
