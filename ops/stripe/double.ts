/**
 * A stand-in for Stripe, as an engine: `fetch(Request) → Response` of Stripe's own API, by web standards only, so that the SDK talks to it
 * over HTTP (ops/local) or from workerd (vitest.config.ts). Each secret key is an account of its own.
 *
 * Time: Stripe's own test clocks (`/v1/test_helpers/test_clocks`) for customers made with one; the account's clock for all others
 * (`/_double/clock`), the real time unless it is moved. Whatever is due by then is done in order: renewals, trials that end, payments
 * tried again, pages that expire. `tick()` does what has come due; each request does so for its account first.
 *
 * Steering that Stripe has no API for stands under `/_double/…` (steering.ts lists it). Pages of Stripe's are made outside, on `pay`
 * (checkout.ts) and the API itself.
 */
import { deliveries, type Deliveries } from './deliver.ts';
import { Refusal } from './errors.ts';
import { API_VERSION } from './events.ts';
import { expanded, shown, type Shown } from './show.ts';
import { answerOf, meets, type Fault } from './faults.ts';
import { decode } from './form.ts';
import { remember, replayed } from './idempotency.ts';
import { catchUp } from './clock.ts';
import { RETRY_DAYS } from './dunning.ts';
import { idsOf } from './route.ts';
import { routes } from './routes.ts';
import { emptyTables, newId, type Account } from './state.ts';
import { isKept, revived, written } from './saving.ts';
import { steer } from './steering.ts';

export type DoubleOptions = {
  /** The real time, ms. */
  now?: () => number;
  /** What `save()` gave, once read from JSON. */
  saved?: unknown;
  /** Signs what endpoints are sent that were registered without a secret of their own, and what `/_double/events` lists. */
  secret?: string;
  /** The account of whoever asks `/_double/…` without a key. */
  key?: string;
  /** Where Stripe's pages are; left out: at the address that is asked. */
  origin?: string;
};

export type Held = { account: Account; faults: Fault[]; deliveries: Deliveries };
export type StripeDouble = {
  fetch: (request: Request) => Promise<Response>;
  /** Does what has come due. */
  tick(): Promise<void>;
  /** All accounts, as JSON can hold them. */
  save(): unknown;
  /** Nothing more is delivered. */
  stop(): void;
};

const DEFAULT_KEY = 'sk_test_engawa';

export function stripeDouble(options: DoubleOptions = {}): StripeDouble {
  const real = () => Math.floor((options.now ?? Date.now)() / 1000);
  const held = new Map<string, Held>();
  const hold = (account: Account): Held => {
    const faults: Fault[] = [];
    const made = {
      account,
      faults,
      deliveries: deliveries(account, () => faults.some((fault) => fault.kind === 'down' && !fault.match)),
    };
    held.set(account.key, made);
    return made;
  };
  const accountOf = (key: string): Held =>
    held.get(key) ??
    hold({
      key,
      tables: emptyTables(),
      settings: { retryDays: RETRY_DAYS, afterRetries: 'cancel' },
      ahead: 0,
      real,
      pages: options.origin ?? '',
      request: null,
      at: null,
    });
  if (isKept(options.saved))
    for (const account of revived(options.saved, real, options.origin ?? '')) hold(account);

  return {
    fetch: async (request) => {
      const url = new URL(request.url);
      const id = newId('req', 14);
      if (url.pathname.startsWith('/_double/'))
        return steer(request, {
          accountOf: (key) => accountOf(key ?? options.key ?? held.keys().next().value ?? DEFAULT_KEY),
          all: () => [...held.values()],
          secret: options.secret ?? 'whsec_test',
          origin: options.origin ?? url.origin,
        });
      const key = keyOf(request);
      if (!key) return problem(unauthorized(request), id);
      const of = accountOf(key);
      of.account.pages = options.origin ?? url.origin;
      return answer(of, request, url, id);
    },
    tick: async () => {
      for (const { account } of held.values()) catchUp(account);
    },
    save: () => written([...held.values()].map(({ account }) => account)),
    stop: () => {
      for (const one of held.values()) one.deliveries.stop();
    },
  };
}

// `Authorization: Bearer sk_test_…`, or the key as the user of Basic.
function keyOf(request: Request): string | null {
  const [scheme, value = ''] = (request.headers.get('authorization') ?? '').split(' ');
  const key = scheme?.toLowerCase() === 'basic' ? atob(value).split(':')[0] : value;
  return key && /^(sk|rk)_test_\w+$/.test(key) ? key : null;
}

const unauthorized = (request: Request): Refusal =>
  new Refusal(401, {
    type: 'invalid_request_error',
    message: request.headers.has('authorization')
      ? 'Invalid API Key provided: this stand-in takes keys of test mode (sk_test_…).'
      : "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
  });

const headers = (id: string, more: Record<string, string> = {}) => ({
  'content-type': 'application/json',
  'request-id': id,
  'stripe-version': API_VERSION,
  ...more,
});
const problem = (refusal: Refusal, id: string): Response =>
  new Response(
    JSON.stringify(
      { error: { ...refusal.body, request_log_url: `https://dashboard.stripe.com/test/logs/${id}` } },
      null,
      2,
    ),
    {
      status: refusal.status,
      headers: headers(id),
    },
  );

async function answer(of: Held, request: Request, url: URL, id: string): Promise<Response> {
  const { account } = of;
  const body = request.method === 'POST' ? await request.text() : '';
  const asked = `${request.method} ${url.pathname}${url.search}\n${body}`;
  const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null;
  const fault = meets(of.faults, `${asked}\n${key ?? ''}`);
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
  const lost = fault && answerOf(fault);
  if (lost && !fault.after) return lost;
  const given = handle(account, request.method, url, body, asked, key, id);
  return lost ?? given;
}

/** One request of the API. All of it happens at once: nothing else comes between. */
function handle(
  account: Account,
  method: string,
  url: URL,
  body: string,
  asked: string,
  key: string | null,
  id: string,
): Response {
  const echo: Record<string, string> = key ? { 'idempotency-key': key } : {};
  try {
    const before = key ? replayed(account, key, asked, account.real()) : null;
    if (before)
      return new Response(before.body, {
        status: before.status,
        headers: headers(id, { ...echo, 'idempotent-replayed': 'true' }),
      });
    catchUp(account);
    account.request = { id, idempotency_key: key };
    const given = perform(account, method, url, method === 'POST' ? body : url.search);
    if (key) remember(account, key, asked, { status: 200, body: given }, account.real());
    return new Response(given, { status: 200, headers: headers(id, echo) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (key && error.body.type !== 'idempotency_error')
      remember(
        account,
        key,
        asked,
        { status: error.status, body: JSON.stringify({ error: error.body }, null, 2) },
        account.real(),
      );
    return problem(error, id);
  } finally {
    account.request = null;
  }
}

const isShown = (value: object): value is Shown =>
  'object' in value && value.object !== 'list' && 'id' in value && !('deleted' in value);

function wire(value: object): object {
  if ('object' in value && value.object === 'list' && 'data' in value && Array.isArray(value.data))
    return {
      ...value,
      data: value.data.map((one: unknown) => (typeof one === 'object' && one ? wire(one) : one)),
    };
  return isShown(value) ? shown(value) : value;
}

function perform(account: Account, method: string, url: URL, form: string): string {
  for (const route of routes) {
    if (route.method !== method) continue;
    const ids = idsOf(route.path, url.pathname);
    if (!ids) continue;
    // Every operation takes it (https://docs.stripe.com/api/expanding_objects).
    const { expand, ...given } = decode(form.replace(/^\?/, ''));
    const answered = wire(route.answer(account, given, ids));
    const paths = Array.isArray(expand) ? expand.filter((one) => typeof one === 'string') : [];
    return JSON.stringify(expanded(account, answered, paths), null, 2);
  }
  throw new Refusal(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${url.pathname}). (Stripe may know it; this stand-in for Stripe does not.)`,
  });
}
