/**
 * What Stripe has no API for, for tests and for people who try things by hand. JSON in, JSON out; the account is that of the request's
 * key, or else of what it names, or else the only one.
 *
 *   GET  /_double/checkout/:cs                  session, with line items and `trial_end`
 *   POST /_double/checkout/:cs/price            { promotion_code?: string | null, country? } → session
 *   POST /_double/checkout/:cs/pay              { payment_method?, card?, email?, name?, address?, promotion_code?, authenticate? }
 *                                               → { session } | { requires_action: true } | 402 { error }
 *   GET  /_double/events?customer=&since=&type= [{ id, type, created, body, signature }], the oldest first; since: evt_… or s
 *   GET|POST|DELETE /_double/faults             faults.ts
 *   POST /_double/disputes                      { charge | payment_intent, reason?, amount? } → dispute
 *   POST /_double/disputes/:dp/close            { status: 'won' | 'lost' } → dispute
 *   POST /_double/events/:evt/resend            sent once more to all endpoints
 *   GET  /_double/portal/:bps                   portal session
 *   POST /_double/deliver                       { url, secret?, shuffle?, times?, customer?, since? } → { sent, failed }
 *   GET|POST /_double/clock                     { seconds } or { to } → { now, next }
 *   GET|POST /_double/endpoints                 { url, secret?, enabled_events? } → endpoint, the same one for the same url
 *   GET|POST /_double/settings                  { retryDays?, afterRetries?, declines? }: how failed payments go on; whether every card is declined
 *   GET  /_double/deliveries                    the last attempts
 */
import * as v from 'valibot';
import { nextDue } from './billing-cycle.ts';
import { pay } from './checkout.ts';
import { price, promote, trialEnd } from './checkout-price.ts';
import { catchUp, moveOn } from './clock.ts';
import { decideDispute, dispute } from './disputes.ts';
import type { Held } from './double.ts';
import { Refusal, missing } from './errors.ts';
import { makeEndpoint } from './event-routes.ts';
import { bodyOf, signature } from './events.ts';
import { faultSchema } from './faults.ts';
import { typedMethod } from './methods.ts';
import { type Account, get } from './state.ts';
import { paying, sessionOf } from './steering-checkout.ts';
import { deliver, listed } from './steering-events.ts';
import { type Action, type Desk, json } from './steering-words.ts';

const clockOf = (account: Account) => ({
  now: account.real() + account.ahead,
  ahead: account.ahead,
  next: nextDue(account, null)?.at ?? null,
});

const actions: Action[] = [
  {
    method: 'GET',
    path: /^\/_double\/checkout\/([^/]+)$/,
    does: ({ account, ids }) => {
      const session = sessionOf(account, ids[0]);
      return { ...session, trial_end: trialEnd(account, session) };
    },
  },
  {
    method: 'GET',
    path: /^\/_double\/portal\/([^/]+)$/,
    does: ({ account, ids }) => get(account.tables['billing_portal.session'], 'portal session', ids[0] ?? ''),
  },
  {
    method: 'POST',
    path: /^\/_double\/events\/([^/]+)\/resend$/,
    does: ({ of, account, ids }) => {
      const event = get(account.tables.event, 'event', ids[0] ?? '');
      of.deliveries.send(event);
      return event;
    },
  },
  {
    method: 'POST',
    path: /^\/_double\/checkout\/([^/]+)\/price$/,
    does: ({ account, ids, given }) => {
      const asked = json(
        v.object({ promotion_code: v.optional(v.nullable(v.string())), country: v.optional(v.string()) }),
        given,
      );
      const session = sessionOf(account, ids[0]);
      if (session.status === 'open') {
        if (asked.promotion_code !== undefined) promote(account, session, asked.promotion_code);
        price(account, session, asked.country);
      }
      return session;
    },
  },
  {
    method: 'POST',
    path: /^\/_double\/checkout\/([^/]+)\/pay$/,
    does: ({ account, ids, given }) => {
      const asked = json(paying, given);
      const { card } = asked;
      const session = sessionOf(account, ids[0]);
      const method =
        asked.payment_method ??
        (card &&
          typedMethod(account, {
            number: card.number,
            expMonth: card.exp_month,
            expYear: card.exp_year,
            name: card.name,
            country: card.country,
            postalCode: card.postal_code,
          }).id);
      const made = pay(account, session, {
        // Somebody who says nothing else has a card that works.
        method: method ?? 'pm_card_visa',
        email: asked.email,
        name: asked.name,
        address: asked.address,
        promotionCode: asked.promotion_code,
        authenticated: { ask: undefined, pass: 'passed' as const, fail: 'failed' as const }[
          asked.authenticate
        ],
      });
      if (made.state === 'declined') throw made.refusal;
      return made.state === 'paid' ? { session: made.session } : { requires_action: true };
    },
  },
  {
    method: 'GET',
    path: /^\/_double\/events$/,
    does: async ({ account, url, desk }) =>
      Promise.all(
        listed({ account, url }).map(async (event) => {
          const body = bodyOf(event);
          const sign = url.searchParams.get('secret') ?? desk.secret;
          return {
            id: event.id,
            type: event.type,
            created: event.created,
            body,
            signature: await signature(body, sign, account.real()),
          };
        }),
      ),
  },
  { method: 'GET', path: /^\/_double\/faults$/, does: ({ of }) => of.faults },
  {
    method: 'POST',
    path: /^\/_double\/faults$/,
    does: ({ of, given }) => {
      of.faults.push(json(faultSchema, given));
      return of.faults;
    },
  },
  {
    method: 'DELETE',
    path: /^\/_double\/faults$/,
    does: ({ of, url }) => {
      const match = url.searchParams.get('match');
      of.faults.splice(
        0,
        of.faults.length,
        ...of.faults.filter((fault) => match !== null && fault.match !== match),
      );
      return of.faults;
    },
  },
  {
    method: 'POST',
    path: /^\/_double\/disputes$/,
    does: ({ account, given }) => {
      const asked = json(
        v.object({
          charge: v.optional(v.string()),
          payment_intent: v.optional(v.string()),
          reason: v.optional(v.string()),
          amount: v.optional(v.number()),
        }),
        given,
      );
      const id =
        asked.charge ?? account.tables.payment_intent.get(asked.payment_intent ?? '')?.latest_charge ?? '';
      return dispute(account, get(account.tables.charge, 'charge', id), asked.reason, asked.amount);
    },
  },
  {
    method: 'POST',
    path: /^\/_double\/disputes\/([^/]+)\/close$/,
    does: ({ account, ids, given }) =>
      decideDispute(
        account,
        get(account.tables.dispute, 'dispute', ids[0] ?? ''),
        json(v.object({ status: v.picklist(['won', 'lost']) }), given).status,
      ),
  },
  { method: 'POST', path: /^\/_double\/deliver$/, does: deliver },
  { method: 'GET', path: /^\/_double\/clock$/, does: ({ account }) => clockOf(account) },
  {
    method: 'POST',
    path: /^\/_double\/clock$/,
    does: ({ account, given }) => {
      const asked = json(v.object({ seconds: v.optional(v.number()), to: v.optional(v.number()) }), given);
      moveOn(account, Math.round(asked.seconds ?? (asked.to ?? 0) - clockOf(account).now));
      return clockOf(account);
    },
  },
  {
    method: 'GET',
    path: /^\/_double\/endpoints$/,
    does: ({ account }) => [...account.tables.webhook_endpoint.values()],
  },
  {
    method: 'POST',
    path: /^\/_double\/endpoints$/,
    does: ({ account, given, desk }) => {
      const asked = json(
        v.object({
          url: v.pipe(v.string(), v.url()),
          secret: v.optional(v.string()),
          enabled_events: v.optional(v.array(v.string()), ['*']),
        }),
        given,
      );
      const known = [...account.tables.webhook_endpoint.values()].find((one) => one.url === asked.url);
      if (!known) return makeEndpoint(account, { ...asked, secret: asked.secret ?? desk.secret });
      known.secret = asked.secret ?? desk.secret;
      known.enabled_events = asked.enabled_events;
      return known;
    },
  },
  { method: 'GET', path: /^\/_double\/settings$/, does: ({ account }) => account.settings },
  {
    method: 'POST',
    path: /^\/_double\/settings$/,
    does: ({ account, given }) =>
      Object.assign(
        account.settings,
        json(
          v.partial(
            v.object({
              declines: v.boolean(),
              retryDays: v.array(v.pipe(v.number(), v.minValue(0))),
              afterRetries: v.picklist(['cancel', 'unpaid', 'past_due']),
            }),
          ),
          given,
        ),
      ),
  },
  { method: 'GET', path: /^\/_double\/deliveries$/, does: ({ of }) => of.deliveries.attempts },
];

// Pages have no key: what they name says whose it is.
function whose(request: Request, ids: string[], desk: Desk): Held {
  const key = request.headers.get('authorization')?.replace(/^Bearer /i, '') ?? null;
  const [id] = ids;
  const named =
    key || !id
      ? undefined
      : desk
          .all()
          .find(({ account }) =>
            (['checkout.session', 'billing_portal.session', 'dispute', 'event'] as const).some((table) =>
              account.tables[table].has(id),
            ),
          );
  return named ?? desk.accountOf(key);
}

export async function steer(request: Request, desk: Desk): Promise<Response> {
  const url = new URL(request.url);
  try {
    for (const action of actions) {
      const found = action.path.exec(url.pathname);
      if (!found || action.method !== request.method) continue;
      const text = request.method === 'POST' ? await request.text() : '';
      const given: unknown = text ? JSON.parse(text) : {};
      const ids = found.slice(1);
      const of = whose(request, ids, desk);
      of.account.pages = desk.origin;
      catchUp(of.account);
      return Response.json(await action.does({ of, account: of.account, url, ids, given, desk }));
    }
    throw missing('steering', url.pathname);
  } catch (error) {
    if (error instanceof Refusal) return Response.json({ error: error.body }, { status: error.status });
    if (error instanceof SyntaxError)
      return Response.json(
        { error: { type: 'invalid_request_error', message: 'The body is not JSON.' } },
        { status: 400 },
      );
    throw error;
  }
}
