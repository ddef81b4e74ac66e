import type { Context, Handler, MiddlewareHandler } from 'hono';
import type * as v from 'valibot';
import type { AppEnv } from '../http/context.ts';
import { noted } from '../http/contract.ts';
import { dataHeaders } from '../http/headers.ts';
import { onProblem } from '../http/problem.ts';
import { newId } from '../platform/clock.ts';
import { platform } from '../platform/platform.ts';

/** Any site's player may fetch these: the token is all there is to bring. */
const CORS = { 'access-control-allow-origin': '*' };
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, HEAD, POST',
  'access-control-max-age': '86400',
};

/** Of every answer to a player. */
export const playerHeaders = (origin: string): Record<string, string> => ({
  ...dataHeaders(origin),
  ...CORS,
});

/**
 * The headers of one kind of answer, the same for all of that kind: an object that exists is copied within the runtime, while each name
 * and value of a record is carried over to it, which takes a fifth of a bare answer's time (ADR 0048).
 */
export function sameHeaders(kind: Readonly<Record<string, string>>): (origin: string) => Headers {
  const made = new Map<string, Headers>(); // an isolate has one origin
  return (origin) => {
    let headers = made.get(origin);
    if (!headers) made.set(origin, (headers = new Headers({ ...playerHeaders(origin), ...kind })));
    return headers;
  };
}

/**
 * A route for players: guard, contract and answer in one step, since these requests come thousands to a play and each step more costs a
 * microsecond. They need neither cookies nor accounts; the guard is the token in the path, which the handler looks at. What goes well has no
 * request id: nothing is written about it that one could find by it.
 * @returns what `.get(...)` takes
 */
export function lean<P extends string>(
  path: P,
  summary: string,
  answers: Record<number, v.GenericSchema | null>,
  serve: Handler<AppEnv, P, object, Promise<Response>>,
): [P, typeof serve] {
  const lean: typeof serve = (c, next) => {
    if (!c.get('platform')) c.set('platform', platform(c.env));
    return serve(c, next).catch((error: Error) => refused(error, c));
  };
  const routed = noted(lean, (contract) => {
    contract.guard = 'playback';
    contract.summary = summary;
    contract.returns = answers;
  });
  return [path, routed];
}

async function refused(error: Error, c: Context<AppEnv>): Promise<Response> {
  const requestId = newId('request');
  c.set('requestId', requestId);
  const answer = await onProblem(error, c);
  const headers = { ...playerHeaders(c.get('platform').settings.origin), 'x-request-id': requestId };
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value); // or a player could not read why
  return answer;
}

/** Around them: preflights, and what is not there. */
export const open: MiddlewareHandler<AppEnv> = async (c, next) => {
  const outside = c.get('platform') ?? platform(c.env);
  const requestId = newId('request');
  c.set('platform', outside);
  c.set('requestId', requestId);
  const all = { ...playerHeaders(outside.settings.origin), 'x-request-id': requestId };
  if (c.req.method === 'OPTIONS') {
    const asked = c.req.header('access-control-request-headers');
    return new Response(null, {
      status: 204,
      headers: { ...all, ...PREFLIGHT, ...(asked ? { 'access-control-allow-headers': asked } : {}) },
    });
  }
  await next();
  if (c.error) for (const [name, value] of Object.entries(all)) c.header(name, value);
  return undefined;
};
