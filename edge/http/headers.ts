import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './context.ts';

const FIXED = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  // What a page that shows films needs (fullscreen, picture in picture, passkeys, …) is its own by default; this is what it never needs.
  'permissions-policy':
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), ' +
    'microphone=(), midi=(), payment=(), serial=(), usb=(), xr-spatial-tracking=()',
};
const SECURE = { ...FIXED, 'strict-transport-security': 'max-age=63072000; includeSubDomains' };
const fixed = (origin: string): Record<string, string> => (origin.startsWith('https://') ? SECURE : FIXED);

const NOTHING = "default-src 'none'; frame-ancestors 'none'";
const DATA = { 'x-content-type-options': 'nosniff', 'content-security-policy': NOTHING };
const SECURE_DATA = { ...DATA, 'strict-transport-security': SECURE['strict-transport-security'] };
/** What of them means something for data that no page is made of, for answers made with all their headers (edge/playback). */
export const dataHeaders = (origin: string): Readonly<Record<string, string>> =>
  origin.startsWith('https://') ? SECURE_DATA : DATA;

/** Likewise for data that only this site's own pages read, and clients that are no browsers (http/cache.ts). */
export const jsonHeaders = (origin: string): Record<string, string> => ({
  ...dataHeaders(origin),
  'cross-origin-resource-policy': 'same-origin',
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
    // A window that another site's page opened or was opened by knows nothing of this one.
    if (c.res.headers.get('content-type')?.startsWith('text/html'))
      c.header('cross-origin-opener-policy', 'same-origin');
    // No other site's page gets it as a picture or a script either, and shares no process with ours (Spectre).
    if (!c.res.headers.has('cross-origin-resource-policy'))
      c.header('cross-origin-resource-policy', 'same-origin');
  };
}
