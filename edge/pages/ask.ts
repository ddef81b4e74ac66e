import type { Context } from 'hono';
import * as v from 'valibot';
import { ProblemDocument } from '../../schema/problem.ts';
import app from '../app.ts';
import { client, type Client } from '../client.ts';
import type { AppEnv } from '../http/context.ts';

/** The API refused what a page needs; the page is about that then. */
export class Refused extends Error {
  readonly problem: ProblemDocument;
  constructor(problem: ProblemDocument) {
    super(problem.detail ?? problem.title);
    this.name = 'Refused';
    this.problem = problem;
  }
}

/** What the API goes by. Nothing else of a page's request is its business. */
const FORWARDED = ['cookie', 'accept-language', 'user-agent', 'cf-connecting-ip'];

/**
 * The typed API, called in this Worker: no network, and the same rules as for anybody else (ADR 0020).
 * Cookies that it renews on the way are set on the page's own answer.
 */
export function apiFor(c: Context<AppEnv>): Client {
  const headers: Record<string, string> = {};
  for (const name of FORWARDED) {
    const value = c.req.header(name);
    if (value !== undefined) headers[name] = value;
  }
  const { cf } = c.req.raw;
  const inProcess: typeof fetch = async (input, init) => {
    const request = new Request(input, {
      ...(init as RequestInit),
      ...(cf ? { cf } : {}),
    });
    const answer = await app.fetch(request, c.env, c.executionCtx); // c.env only passes through
    for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
    return answer;
  };
  return client(c.var.platform.settings.origin, { headers, fetch: inProcess });
}

type JsonAnswer<T> = { ok: boolean; json(): Promise<T> };

/**
 * The value of an answer.
 * @throws Refused with the API's problem document
 */
export async function value<T>(asked: Promise<JsonAnswer<T>>): Promise<T> {
  const answer = await asked;
  if (answer.ok) return answer.json();
  throw new Refused(v.parse(ProblemDocument, await answer.json()));
}
