import type { Context } from 'hono';
import { safeNext } from '../../web/server.tsx';
import { readBody } from '../http/body.ts';
import type { AppEnv } from '../http/context.ts';

const MAX_FORM_BYTES = 4096;

/** A small form, as browsers send it by themselves. @throws Problem `too-large` */
export const formOf = async (c: Context<AppEnv>): Promise<URLSearchParams> =>
  new URLSearchParams(new TextDecoder().decode(await readBody(c.req.raw, MAX_FORM_BYTES)));

/** The page that a form stood on, as its browser says; `otherwise` where it does not. */
export function sentFrom(c: Context<AppEnv>, otherwise: string): string {
  const referer = c.req.header('referer');
  if (referer === undefined || !URL.canParse(referer)) return otherwise;
  const { origin, pathname, search } = new URL(referer);
  return origin === new URL(c.req.url).origin || origin === c.var.platform.settings.origin
    ? safeNext(pathname + search)
    : otherwise;
}
