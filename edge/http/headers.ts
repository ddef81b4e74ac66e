import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.ts';

/**
 * Headers of every answer: its request id, and what keeps browsers from guessing, framing and leaking addresses.
 * Pages add their own Content-Security-Policy; everything else is data, for which nothing may be loaded.
 */
export function headers(): MiddlewareHandler<AppEnv> {
  return async function headers(c, next) {
    await next();
    c.header('x-request-id', c.var.requestId);
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'strict-origin-when-cross-origin');
    c.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()');
    if (!c.res.headers.has('content-security-policy'))
      c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    if (c.var.platform.settings.origin.startsWith('https://'))
      c.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
  };
}
