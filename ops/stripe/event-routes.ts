import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { accepts, labelled, metadata, page, range, text, yes } from './form.ts';
import { listOf, within } from './list.ts';
import { route, type Route } from './route.ts';
import { get, newId, type Account } from './state.ts';
import type { Event, WebhookEndpoint } from './stored.ts';

// `invoice.*` takes in every event of invoices.
const named = (pattern: string, type: string): boolean =>
  pattern === '*' || (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type);

export function makeEndpoint(
  account: Account,
  given: {
    url: string;
    enabled_events: string[];
    secret?: string;
    description?: string | undefined;
    metadata?: Record<string, string> | undefined;
    api_version?: string | undefined;
  },
): WebhookEndpoint {
  const endpoint: WebhookEndpoint = {
    id: newId('we'),
    object: 'webhook_endpoint',
    api_version: given.api_version ?? null,
    application: null,
    created: account.real(),
    description: given.description ?? null,
    enabled_events: given.enabled_events,
    livemode: false,
    metadata: given.metadata ?? {},
    secret: given.secret ?? `whsec_${newId('x', 32).slice(2)}`,
    status: 'enabled',
    url: given.url,
  };
  account.tables.webhook_endpoint.set(endpoint.id, endpoint);
  return endpoint;
}

/** An endpoint as it is shown after it was made: its secret is told once. */
const quiet = (endpoint: WebhookEndpoint): WebhookEndpoint => {
  const told = { ...endpoint };
  delete told.secret;
  return told;
};

const inTypes = (
  params: { type?: string | undefined; types?: string[] | undefined },
  event: Event,
): boolean =>
  (!params.type || named(params.type, event.type)) &&
  (!params.types || params.types.some((one) => named(one, event.type)));

export const eventRoutes: Route[] = [
  route('GET', '/v1/events/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.event, 'event', id),
  ),
  route(
    'GET',
    '/v1/events',
    accepts<Stripe.EventListParams>()({
      ...page,
      created: range,
      delivery_success: v.optional(yes),
      type: v.optional(text),
      types: v.optional(v.array(text)),
    }),
    (account, params) =>
      listOf(
        '/v1/events',
        [...account.tables.event.values()].filter(
          (one) =>
            inTypes(params, one) &&
            (params.delivery_success === undefined ||
              params.delivery_success === one.pending_webhooks <= 0) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
  route(
    'POST',
    '/v1/webhook_endpoints',
    accepts<Stripe.WebhookEndpointCreateParams>()({
      enabled_events: v.array(text),
      url: text,
      api_version: v.optional(text),
      connect: v.optional(yes),
      description: v.optional(text),
      metadata: v.optional(metadata),
    }),
    // The secret is told this once.
    (account, params) => makeEndpoint(account, { ...params, metadata: labelled(null, params.metadata) }),
  ),
  route('GET', '/v1/webhook_endpoints/:id', v.strictObject({}), (account, _, id) =>
    quiet(get(account.tables.webhook_endpoint, 'webhook endpoint', id)),
  ),
  route(
    'POST',
    '/v1/webhook_endpoints/:id',
    accepts<Stripe.WebhookEndpointUpdateParams>()({
      enabled_events: v.optional(v.array(text)),
      url: v.optional(text),
      disabled: v.optional(yes),
      description: v.optional(text),
      metadata: v.optional(metadata),
    }),
    (account, params, id) => {
      const endpoint = get(account.tables.webhook_endpoint, 'webhook endpoint', id);
      endpoint.enabled_events = params.enabled_events ?? endpoint.enabled_events;
      endpoint.url = params.url ?? endpoint.url;
      endpoint.description = params.description ?? endpoint.description;
      endpoint.metadata = labelled(endpoint.metadata, params.metadata);
      if (params.disabled !== undefined) endpoint.status = params.disabled ? 'disabled' : 'enabled';
      return quiet(endpoint);
    },
  ),
  route('DELETE', '/v1/webhook_endpoints/:id', v.strictObject({}), (account, _, id) => {
    get(account.tables.webhook_endpoint, 'webhook endpoint', id);
    account.tables.webhook_endpoint.delete(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }),
  route('GET', '/v1/webhook_endpoints', v.strictObject(page), (account, params) =>
    listOf('/v1/webhook_endpoints', [...account.tables.webhook_endpoint.values()].map(quiet), params),
  ),
];
