import type { MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';
import type { AppEnv } from './context.ts';
import { noted } from './contract.ts';

/**
 * For public GETs that are the same for everyone: an ETag from the body, 304 for who has it (RFC 9110 §13.1.2), and
 * `Cache-Control` that lets shared caches keep it for `seconds` while browsers ask each time, so that an editor sees
 * a change at once. The tag is weak: caches on the way may compress the body anew.
 */
export function cached({ seconds = 30 }: { seconds?: number } = {}): MiddlewareHandler<AppEnv> {
  const tag = etag({ weak: true });
  const cached: MiddlewareHandler<AppEnv> = (c, next) =>
    tag(c, async () => {
      await next();
      if (c.res.ok) c.header('cache-control', `public, max-age=0, s-maxage=${seconds}, must-revalidate`);
    });
  return noted(cached, (contract) => {
    contract.cached = true;
  });
}
