import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.ts';

const FIXED = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
};
const SECURE = { ...FIXED, 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
const fixed = (origin: string): Record<string, string> => (origin.startsWith('https://') ? SECURE : FIXED);

const NOTHING = "default-src 'none'; frame-ancestors 'none'";
/** All of them but the request's id, for answers that are data and are made with their headers (edge/playback/hls-routes.ts). */
export const dataHeaders = (origin: string): Record<string, string> => ({
  ...fixed(origin),
  'content-security-policy': NOTHING,
});

/**
 * Headers of every answer: its request id, and what keeps browsers from guessing, framing and leaking addresses.
 * Pages add their own Content-Security-Policy; everything else is data, for which nothing may be loaded.
 */
export function headers(): MiddlewareHandler<AppEnv> {
  return async function headers(c, next) {
    await next();
    c.header('x-request-id', c.var.requestId);
    for (const [name, value] of Object.entries(fixed(c.var.platform.settings.origin))) c.header(name, value);
    if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', NOTHING);
  };
}
