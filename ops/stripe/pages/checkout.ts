import { html } from 'hono/html';
import type { Stripe } from 'stripe';
import { cards } from '../cards.ts';
import { alert, button, day, money, page } from './layout.ts';
import { offeredCards } from './test-cards.ts';

/** What is typed into a pay page, as it comes back when something is wrong with it. */
export type Typed = {
  email: string;
  name: string;
  country: string;
  postalCode: string;
  card: string;
  promotionCode: string;
};
const countries = new Intl.DisplayNames('en', { type: 'region' });
const offeredCountries = ['JP', 'US', 'DE', 'FR', 'ES', 'GB', 'BR', 'PT', 'CA', 'AU', 'IN', 'KR', 'CH', 'SG'];

/** What is bought, and what it costs: the left half of Stripe's page. */
function bought(session: Stripe.Checkout.Session, trialEnd: number | null) {
  const currency = session.currency ?? 'usd';
  const { amount_discount: discount = 0, amount_tax: tax = 0 } = session.total_details ?? {};
  const included = tax > 0 && session.amount_total === (session.amount_subtotal ?? 0) - discount;
  const lines = session.line_items?.data ?? [];
  return html`<section>
    ${lines.map(({ description, quantity, price, amount_subtotal, currency }) => {
      const every = price?.recurring ? ` per ${price.recurring.interval}` : '';
      return html`<h1>${description ?? 'Something'}</h1>
        <p class="faint">
          ${money(price?.unit_amount ?? amount_subtotal, currency)}${every}${(quantity ?? 1) > 1 ? ` × ${quantity}` : ''}
        </p>`;
    })}
    ${trialEnd ? html`<p class="good">Free until ${day(trialEnd)}; then as above, unless it is cancelled before.</p>` : ''}
    <dl class="sums">
      <dt>Subtotal</dt>
      <dd>${money(session.amount_subtotal ?? 0, currency)}</dd>
      ${
        discount > 0
          ? html`<dt>Discount</dt>
              <dd>−${money(discount, currency)}</dd>`
          : ''
      }
      <dt>
        ${included ? 'Tax, which is in it' : session.automatic_tax.enabled ? 'Tax' : 'Tax (not reckoned)'}
      </dt>
      <dd>${money(tax, currency)}</dd>
      <dt class="total">Due today</dt>
      <dd class="total">${money(session.amount_total ?? 0, currency)}</dd>
    </dl>
  </section>`;
}

const cardChoice = (value: string, chosen: string, words: string, digits: string) =>
  html`<label class="choice">
    <input type="radio" name="card" value="${value}" ${value === chosen ? 'checked' : ''} required />
    <span>${words}</span>
    <code class="faint">${digits}</code>
  </label>`;

/** A page to pay on. It works without script; pressed twice, it pays once. */
export function checkoutPage(
  session: Stripe.Checkout.Session,
  {
    typed,
    saved,
    trialEnd,
    problem,
  }: {
    typed: Typed;
    saved: readonly Stripe.PaymentMethod[];
    trialEnd: number | null;
    problem?: string | undefined;
  },
) {
  const does = session.mode === 'subscription' ? (trialEnd ? 'Start trial' : 'Subscribe') : 'Pay';
  const total = session.amount_total ?? 0;
  const label = total > 0 ? `${does} ${money(total, session.currency ?? 'usd')}` : does;
  return page(
    'Pay',
    html`${bought(session, trialEnd)}
      <section>
        ${alert(problem)}
        <form method="post" action="/c/pay/${session.id}">
          <label
            >Email <input type="email" name="email" value="${typed.email}" required autocomplete="email"
          /></label>
          <fieldset>
            <legend>Card</legend>
            ${saved.map(({ id, card }) => cardChoice(id, typed.card, `Saved: ${card?.brand}`, `•••• ${card?.last4}`))}
            ${offeredCards.map(([name, words]) => cardChoice(name, typed.card, words, spaced(cards[name].number)))}
          </fieldset>
          <label>Name on card <input name="name" value="${typed.name}" autocomplete="cc-name" /></label>
          <div class="two">
            <label>
              Country
              <select name="country">
                ${offeredCountries.map(
                  (code) =>
                    html`<option value="${code}" ${code === typed.country ? 'selected' : ''}>
                      ${countries.of(code)}
                    </option>`,
                )}
              </select>
            </label>
            <label
              >Postal code <input name="postal_code" value="${typed.postalCode}" autocomplete="postal-code"
            /></label>
          </div>
          ${
            session.allow_promotion_codes
              ? html`<label>
                  Promotion code
                  <input name="promotion_code" value="${typed.promotionCode}" autocomplete="off" />
                </label>`
              : ''
          }
          <p><button name="do" value="reckon">Reckon tax and discount</button></p>
          <button class="main" name="do" value="pay">${label}</button>
        </form>
        ${session.cancel_url ? html`<p><a href="${session.cancel_url}">Back without paying</a></p>` : ''}
      </section>`,
  );
}

const spaced = (digits: string) => digits.replaceAll(/(\d{4})(?=\d)/g, '$1 ');

/** The bank of a card wants to know that it is its owner who pays. What was typed goes along. */
export function challengePage(session: Stripe.Checkout.Session, typed: Typed) {
  const { postalCode, promotionCode, ...rest } = typed;
  const again = { ...rest, postal_code: postalCode, promotion_code: promotionCode, do: 'pay' };
  const action = `/c/pay/${session.id}`;
  return page(
    '3-D Secure',
    html`<section>
      <h1>3-D Secure: your bank asks</h1>
      <p>
        A payment of <strong>${money(session.amount_total ?? 0, session.currency ?? 'usd')}</strong> waits for
        its owner’s consent. A real bank would ask for a code or a look at the telephone.
      </p>
      ${button(action, 'Complete', { ...again, authenticate: 'pass' }, 'main')}
      ${button(action, 'Fail', { ...again, authenticate: 'fail' })}
      <p><a href="${action}">Another card</a></p>
    </section>`,
  );
}

/** There is nothing to pay here any more. */
export const overPage = ({ status, cancel_url }: Stripe.Checkout.Session) =>
  page(
    'Over',
    html`<section>
      <h1>${status === 'expired' ? 'This page has expired' : 'This is paid'}</h1>
      <p>${status === 'expired' ? 'Nothing was charged.' : ''}</p>
      ${cancel_url ? html`<p><a href="${cancel_url}">Back</a></p>` : ''}
    </section>`,
  );
