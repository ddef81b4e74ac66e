import type { Context } from 'hono';
import type { AppEnv } from '../http/context.ts';
import { paths, type Visit } from '../../web/server.tsx';
import { apiFor, Refused, value } from './ask.ts';
import { displayOf } from './display.ts';
import { sentFrom } from './form.ts';

/** Who is here, and how they read. @throws Refused unless nobody being signed in is all that is wrong */
export async function visitOf(c: Context<AppEnv>): Promise<Visit> {
  return { ...stranger(c), me: await me(c) };
}

/** The visit without asking who it is: for pages about something being out of order. */
export function stranger(c: Context<AppEnv>): Visit {
  const url = new URL(c.req.url);
  const { cf } = c.req.raw;
  const { language, theme } = displayOf(c);
  return {
    me: null,
    language,
    theme,
    // What a form was sent to is no page: whoever chooses a language there, or signs out, goes back to where the form stood.
    path: c.req.method === 'POST' ? sentFrom(c, paths.home) : url.pathname + url.search,
    origin: c.var.platform.settings.origin,
    now: c.var.platform.now(),
    timeZone: typeof cf?.timezone === 'string' ? cf.timezone : 'UTC',
  };
}

async function me(c: Context<AppEnv>): Promise<Visit['me']> {
  if (!c.req.header('cookie')) return null;
  try {
    return await value(apiFor(c).api.me.$get());
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) return null;
    throw error;
  }
}
