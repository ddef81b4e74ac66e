import type { Context } from 'hono';
import * as v from 'valibot';
import { ProblemDocument } from '../../schema/problem.ts';
import app from '../app.ts';
import { client, type Client } from '../client.ts';
import type { AppEnv } from '../http/context.ts';
import { wantedLanguages } from './display.ts';

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
const FORWARDED = ['cookie', 'user-agent', 'cf-connecting-ip'];

/**
 * The typed API, called in this Worker: no network, and the same rules as for anybody else (ADR 0020).
 * Cookies that it renews on the way are set on the page's own answer.
 */
export const apiFor = (c: Context<AppEnv>): Client => {
  const { headers, inProcess } = caller(c);
  return client(c.var.platform.settings.origin, { headers, fetch: inProcess });
};

/**
 * The answer at an address of the API that was put together, such as a narrowed list's.
 * @param sent what is sent there, as JSON; left out: it is read
 * @throws Refused with the API's problem document
 */
export function at<T>(
  c: Context<AppEnv>,
  path: `/api/${string}`,
  sent?: { method: 'POST' | 'PUT'; json: unknown },
): Promise<T> {
  const { headers, inProcess } = caller(c);
  const init = sent && { method: sent.method, body: JSON.stringify(sent.json) };
  const all = { ...headers, ...(sent ? { 'content-type': 'application/json' } : {}) };
  return value<T>(inProcess(new URL(path, c.var.platform.settings.origin), { ...init, headers: all }));
}

/** Who asks, for the API; and the way to it. */
function caller(c: Context<AppEnv>) {
  const headers: Record<string, string> = {};
  for (const name of FORWARDED) {
    const value = c.req.header(name);
    if (value !== undefined) headers[name] = value;
  }
  const languages = wantedLanguages(c);
  if (languages !== undefined) headers['accept-language'] = languages;
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
  return { headers, inProcess };
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

/**
 * A part that its page can do without: where the API fails, the page has a gap rather than being none.
 * @throws Refused where nobody could do anything about it but who asks: signed out, or too many requests
 */
export async function orNothing<T>(asked: Promise<T>, nothing: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return nothing;
  }
}
