import { refusal } from './check.ts';

type Fetch = (request: Request) => Promise<Response>;

/**
 * The double, strict: what Stripe's description does not allow is refused in Stripe's words, before the double sees it. Our code and its
 * tests then cannot ask for what Stripe would not give. The description is of one version of the API: who names none (Stripe's CLI) gets
 * what an account is set to, and is not held to it.
 */
export const described =
  (fetch: Fetch): Fetch =>
  async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (!pathname.startsWith('/v1/') || !request.headers.has('stripe-version')) return fetch(request);
    // Stripe takes parameters from the address, the body or both.
    const body = new URLSearchParams(await request.clone().text());
    const refused = refusal(request.method, pathname, [...searchParams, ...body]);
    if (!refused) return fetch(request);
    const { status, code, param, message } = refused;
    const error = {
      type: 'invalid_request_error',
      message,
      ...(code ? { code } : {}),
      ...(param ? { param } : {}),
    };
    return Response.json({ error }, { status, headers: { 'request-id': 'req_refused' } });
  };
