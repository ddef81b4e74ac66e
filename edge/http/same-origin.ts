import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.ts';
import { Problem } from './problem.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses requests that change something and that another site's page made the browser send with our cookies.
 * Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`, very old ones at least in `Referer`; without any of them the request is
 * not a browser's (the algorithm of Go's net/http CrossOriginProtection, but for `Referer`). It holds for `sendBeacon` and forms as well. A bearer token is never sent by itself, so it is exempt:
 * cookies are not looked at beside one (accounts/identity.ts).
 */
export function sameOrigin(exempt: (headers: Headers) => boolean): MiddlewareHandler<AppEnv> {
  return async function sameOrigin(c, next) {
    const { method, headers } = c.req.raw;
    if (!SAFE.has(method) && !exempt(headers)) refuseCrossSite(c.req.raw, c.var.platform.settings.origin);
    await next();
  };
}

/** @throws Problem `cross-site` for what another site's page made a browser send */
export function refuseCrossSite({ headers, url }: Request, ownOrigin: string): void {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const referer = headers.get('referer');
  const from = origin ?? (referer !== null && URL.canParse(referer) ? new URL(referer).origin : null);
  const ours = [new URL(url).origin, ownOrigin];
  if (site ? site !== 'same-origin' && site !== 'none' : from !== null && !ours.includes(from))
    throw new Problem(
      'cross-site',
      'Send it from this site, or with a bearer token (POST /api/auth/token) instead of cookies.',
    );
}
