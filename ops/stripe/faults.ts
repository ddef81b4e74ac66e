import * as v from 'valibot';

/** What goes wrong, for requests to come. */
export const faultSchema = v.object({
  /** `down`: no answer that means anything; `error`: `status` (500); `slow`: answers after `ms`. */
  kind: v.picklist(['down', 'error', 'slow']),
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(400), v.maxValue(599))),
  ms: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(120_000))),
  /** How often; left out: until it is taken away. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Only of requests whose method and address, body or idempotency key has this in it: a path, a customer. */
  match: v.optional(v.string()),
  /** The work is done, and then the answer is lost. */
  after: v.optional(v.boolean()),
});
export type Fault = v.InferOutput<typeof faultSchema>;

/** The first fault that a request meets; it is counted. */
export function meets(faults: Fault[], request: string): Fault | null {
  const found = faults.find((fault) => !fault.match || request.includes(fault.match));
  if (!found) return null;
  if (found.times !== undefined && --found.times <= 0) faults.splice(faults.indexOf(found), 1);
  return found;
}

/** What a fault answers; null: it only takes its time. */
export function answerOf(fault: Fault): Response | null {
  if (fault.kind === 'slow') return null;
  if (fault.kind === 'down')
    return new Response('upstream connect error or disconnect/reset before headers', { status: 503 });
  const status = fault.status ?? 500;
  const error =
    status === 429
      ? {
          type: 'invalid_request_error',
          code: 'rate_limit',
          message:
            'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.',
        }
      : { type: 'api_error', message: 'An unknown error occurred' };
  return Response.json(
    { error },
    { status, headers: { 'stripe-should-retry': status === 429 || status >= 500 ? 'true' : 'false' } },
  );
}
