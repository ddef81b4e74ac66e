type Fetch = (request: Request) => Promise<Response>;

/**
 * What Stripe's CLI asks for that the published description does not have. Its fixtures name no version of the API, and are older than
 * ours: parameters that went away are said as they are said now. And it pays a Checkout page by an address that Stripe's own page uses.
 */
export const undescribed =
  (fetch: Fetch): Fetch =>
  async (request) => {
    const { pathname, origin } = new URL(request.url);
    if (!pathname.startsWith('/v1/') || request.headers.has('stripe-version')) return fetch(request);
    const form = new URLSearchParams(await request.clone().text());
    const [, session, verb] = /^\/v1\/payment_pages\/([^/]+)(\/confirm)?$/.exec(pathname) ?? [];
    if (session && !verb) return fetch(like(request, `${origin}/v1/checkout/sessions/${session}`));
    if (session)
      return fetch(
        new Request(`${origin}/_double/checkout/${session}/pay`, {
          method: 'POST',
          headers: { ...Object.fromEntries(request.headers), 'content-type': 'application/json' },
          body: JSON.stringify({ payment_method: form.get('payment_method') }),
        }),
      );
    return request.method === 'POST'
      ? fetch(like(request, request.url, sayAnew(pathname, form)))
      : fetch(request);
  };

function sayAnew(path: string, form: URLSearchParams): URLSearchParams {
  const said = new URLSearchParams();
  for (const [name, value] of form) {
    // Which kinds of payment a page offers is the account's setting by now; here it is cards.
    if (name.startsWith('payment_method_types')) continue;
    if (path === '/v1/promotion_codes' && name === 'coupon') {
      said.set('promotion[type]', 'coupon');
      said.set('promotion[coupon]', value);
    } else said.append(name, value);
  }
  return said;
}

function like(request: Request, url: string, body?: URLSearchParams): Request {
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  return new Request(url, { method: request.method, headers, ...(body ? { body } : {}) });
}
