import { html } from 'hono/html';
import type { Stripe } from 'stripe';
import { summed } from './customer.ts';
import { alert, button, day, moment, page, type Markup } from './layout.ts';

export type ConsoleSight = {
  /** By the account's own clock, s. */
  now: number;
  customers: readonly Stripe.Customer[];
  subscriptions: readonly Stripe.Subscription[];
  events: readonly Stripe.Event[];
  /** What is wrong on purpose. */
  faults: readonly string[];
  problem?: string | undefined;
};

/** Moves of the clock, s. */
export const moves = [
  ['hour', 'An hour', 3_600],
  ['day', 'A day', 86_400],
  ['month', 'A month', 31 * 86_400],
] as const;

const faultWords: Record<string, string> = {
  down: 'down: nothing is answered, nothing delivered',
  slow: 'slow: every answer takes five seconds',
  decline: 'every card is declined',
};

/** What goes on at the double: the first page of its console. */
export const consolePage = ({ now, customers, subscriptions, events, faults, problem }: ConsoleSight) =>
  page(
    'Console',
    html`<h1>Console</h1>
      ${alert(problem)}
      <section>
        <h2>Time here is ${moment(now)}</h2>
        <p class="faint">
          Moved on, everything in between happens: trials end, renewals are charged, failed payments are tried
          again.
        </p>
        ${moves.map(([name, label]) => button('/clock', label, { by: name }))}
        ${button('/clock', 'To the next renewal', { by: 'renewal' })}
      </section>
      <section>
        <h2>Bad days</h2>
        <p>
          ${
            faults.length > 0
              ? html`<strong class="bad"
                  >On purpose: ${faults.map((kind) => faultWords[kind] ?? kind).join(', ')}</strong
                >`
              : 'All is well.'
          }
        </p>
        ${button('/faults', 'Down', { fault: 'down' })} ${button('/faults', 'Slow', { fault: 'slow' })}
        ${button('/faults', 'Every card declined', { fault: 'decline' })}
        ${button('/faults', 'All well', { fault: 'none' })}
      </section>
      <section>
        <h2>Customers</h2>
        ${customers.length === 0 ? html`<p class="faint">Nobody has paid yet.</p>` : ''}
        <table>
          <tbody>
            ${customers.map(
              (one) =>
                html`<tr>
                  <td><a href="/customers/${one.id}">${one.email ?? one.name ?? one.id}</a></td>
                  <td>
                    ${subscriptions
                      .filter(({ customer }) => customer === one.id)
                      .map((its) => html`${summed(its)} (${its.status}) `)}
                  </td>
                  <td>${day(one.created)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </section>
      <section>
        <h2>What was told</h2>
        ${eventTable(events)}
      </section>`,
    { wide: true },
  );

const eventTable = (events: readonly Stripe.Event[]): Markup =>
  html`<table>
    <tbody>
      ${events.map(
        (one) =>
          html`<tr>
            <td>${moment(one.created)}</td>
            <td><a href="/events/${one.id}">${one.type}</a></td>
            <td class="${one.pending_webhooks > 0 ? 'faint' : 'good'}">
              ${one.pending_webhooks > 0 ? 'not delivered yet' : 'delivered'}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;

export type Attempt = { at: number; endpoint: string; status: number | null };

/** One event: what is in it, and how its deliveries went. */
export const eventPage = (event: Stripe.Event, attempts: readonly Attempt[], problem?: string) =>
  page(
    event.type,
    html`<h1>${event.type}</h1>
      <p class="faint"><code>${event.id}</code>, ${moment(event.created)}</p>
      ${alert(problem)}
      <section>
        <h2>Deliveries</h2>
        ${attempts.length === 0 ? html`<p class="faint">None yet.</p>` : ''}
        ${attempts.map(
          ({ at, endpoint, status }) =>
            html`<p class="${status !== null && status < 300 ? 'good' : 'bad'}">
              ${moment(at)} <code>${endpoint}</code> ${status ?? 'no answer'}
            </p>`,
        )}
        ${button(`/events/${event.id}/resend`, 'Send it again')}
      </section>
      <section><pre>${JSON.stringify(event, null, 2)}</pre></section>`,
    { wide: true },
  );
