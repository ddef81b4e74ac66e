import * as v from 'valibot';
import { page, PageQuery } from './page.ts';

/** `dead`: tried too often; somebody has to look. */
export const eventStates = ['waiting', 'done', 'dead'] as const;
export type EventState = (typeof eventStates)[number];

/** What Stripe told us, as lists have it. Times ms UTC. */
export const StripeEvent = v.object({
  /** evt_… */
  id: v.string(),
  /** `customer.subscription.updated`, as Stripe names it. */
  type: v.string(),
  /** What it is about: sub_…, in_…, pi_…; null: nothing that is followed. */
  objectId: v.nullable(v.string()),
  state: v.picklist(eventStates),
  /** By Stripe's clock, and when it first came. */
  happenedAt: v.number(),
  receivedAt: v.number(),
  /** How often it came. */
  deliveries: v.number(),
  /** How often settling it failed, and what was the matter last; of one that is done: why nothing followed. */
  attempts: v.number(),
  problem: v.nullable(v.string()),
  /** Of one that waits: when it is tried. */
  dueAt: v.number(),
  doneAt: v.nullable(v.number()),
});
export type StripeEvent = v.InferOutput<typeof StripeEvent>;

/** `GET /api/admin/billing/events`: the newest first; by one of these at a time. */
export const StripeEventsQuery = v.object({
  ...PageQuery,
  state: v.optional(v.picklist(eventStates)),
  type: v.optional(v.pipe(v.string(), v.regex(/^[a-z_.]{3,80}$/, 'as Stripe names it: invoice.paid'))),
  /** sub_…, in_…, pi_…, cs_… */
  object: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z]{2,10}_[A-Za-z0-9_]{1,120}$/, 'an id of Stripe’s: sub_1')),
  ),
});
export type StripeEventsQuery = v.InferOutput<typeof StripeEventsQuery>;
export const StripeEvents = page(StripeEvent);

export const StripeEventId = v.object({
  id: v.pipe(v.string(), v.regex(/^evt_[A-Za-z0-9_]{1,120}$/, 'an id of an event: evt_1')),
});
/** `GET /api/admin/billing/events/:id`. */
export const StripeEventDetail = v.object({
  ...StripeEvent.entries,
  /** As it came, names, addresses and the like left out; null: it is forgotten, or nothing followed from it. */
  body: v.nullable(v.unknown()),
});
export type StripeEventDetail = v.InferOutput<typeof StripeEventDetail>;

/** `POST /api/admin/billing/events/replay`: these, or the oldest hundred dead ones. */
export const Replay = v.object({
  ids: v.optional(v.pipe(v.array(StripeEventId.entries.id), v.minLength(1), v.maxLength(90))),
});
/** Those that are tried again now; whatever waits already is left out. */
export const Replayed = v.object({ ids: v.array(v.string()) });

/** What a comparison with Stripe found (`GET`, `POST /api/admin/billing/reconciliations`). */
export const Reconciliation = v.object({
  startedAt: v.number(),
  /** Null: it is still going on. */
  endedAt: v.nullable(v.number()),
  /** Objects looked at, and those that were brought to what Stripe says. */
  looked: v.number(),
  mended: v.number(),
  /** What was amiss: the first hundred. */
  findings: v.array(v.object({ id: v.string(), what: v.string() })),
});
export type Reconciliation = v.InferOutput<typeof Reconciliation>;
export const Reconciliations = v.object({ items: v.array(Reconciliation) });
