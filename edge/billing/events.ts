import * as v from 'valibot';

/** What an event is about, and so has to be fetched and settled: never what the event says of it. */
export type Target = { kind: 'subscription' | 'invoice' | 'payment' | 'checkout'; id: string };

type Followed = (object: Said) => Target[];
const to =
  (kind: Target['kind']): Followed =>
  ({ id }) =>
    id ? [{ kind, id }] : [];
/** The invoice first: what of it was paid or went back says how its subscription stands. */
const invoice: Followed = ({ id, parent }) => {
  const subscription = parent?.subscription_details?.subscription;
  return [...to('invoice')({ id }), ...(subscription ? to('subscription')({ id: subscription }) : [])];
};
/** A charge, a refund or a dispute: all of the payment that it is of. */
const ofPayment: Followed = ({ id, payment_intent: payment, charge }) =>
  to('payment')({ id: payment ?? charge ?? (id?.startsWith('ch_') ? id : undefined) });

/** What we follow; ask Stripe to send these (docs/stripe.md). By their beginnings: `invoice.` is all that there is of invoices. */
const followed: readonly (readonly [string, Followed])[] = [
  ['checkout.session.', to('checkout')],
  ['customer.subscription.', to('subscription')],
  ['invoice.', invoice],
  ['payment_intent.', to('payment')],
  ['charge.dispute.', ofPayment],
  ['charge.refund', ofPayment],
  ['refund.', ofPayment],
];

const id = v.optional(v.nullable(v.string()));
/** As much of any object as says what is to be fetched. Ids only: events never have anything expanded. */
const Told = v.object({
  id,
  payment_intent: id,
  charge: id,
  parent: v.optional(
    v.nullable(v.object({ subscription_details: v.optional(v.nullable(v.object({ subscription: id }))) })),
  ),
});
type Said = v.InferOutput<typeof Told>;

/** What has to be settled because of an event; nothing where it is about something that we do not follow. */
export function targetsOf(type: string, object: unknown): Target[] {
  const [, find] = followed.find(([beginning]) => type.startsWith(beginning)) ?? [];
  const said = v.safeParse(Told, object);
  return find && said.success ? find(said.output) : [];
}

/** Of what is left of an event in the database. */
const Body = v.pipe(v.string(), v.parseJson(), v.object({ data: v.object({ object: v.unknown() }) }));
export function targetsIn(type: string, body: string | null): Target[] {
  const parsed = v.safeParse(Body, body);
  return parsed.success ? targetsOf(type, parsed.output.data.object) : [];
}

/** Seconds until an event that could not be settled is tried again: together some two hours, then somebody has to look. */
export const retryAfter = (attempts: number): number => PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? 2;
const PAUSES = [2, 8, 30, 120, 300, 900, 1_800, 3_600];

/** A message that did not come so long after it was due was lost, and is sent again. */
export const LOST_MS = 60_000;
/**
 * Their bodies name people; so long after an event is done nobody needs it any more. Stripe delivers for three days, and keeps events for
 * thirty itself (https://docs.stripe.com/api/events): what it did not deliver by then the nightly comparison has found.
 */
export const EVENTS_KEPT_MS = 30 * 86_400_000;
