import * as v from 'valibot';
import { ProblemDocument } from '../schema/problem.ts';

/** The public API as tools see it: an origin and whoever they act for. */
export type Api = {
  origin: string;
  /** A bearer, or a way to get a fresh one: long work outlives a short token. */
  token: string | (() => string | Promise<string>);
};
export type AskOptions = {
  json?: unknown;
  body?: Uint8Array<ArrayBuffer>;
  contentType?: string;
  signal?: AbortSignal | undefined;
};

/** The API said no, in its own words. */
export class ApiProblem extends Error {
  readonly problem: ProblemDocument;
  constructor(request: string, problem: ProblemDocument) {
    const fields = problem.errors?.map((e) => ` ${e.pointer}: ${e.detail}.`).join('') ?? '';
    super(`${request}: ${problem.title}. ${problem.detail ?? ''}${fields}`.trim());
    this.name = 'ApiProblem';
    this.problem = problem;
  }
}

/**
 * One call, whose answer is checked against `schema`. Lost connections, 429 and 5xx are tried again: every
 * route of the API may be repeated.
 * @throws ApiProblem on a problem document; the last network error when nothing answers
 */
export async function ask<S extends v.GenericSchema>(
  api: Api,
  method: string,
  path: string,
  schema: S,
  { json, body, contentType, signal }: AskOptions = {},
): Promise<v.InferOutput<S>> {
  return retrying(async () => {
    const token = typeof api.token === 'string' ? api.token : await api.token();
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (json !== undefined) headers['content-type'] = 'application/json';
    if (contentType) headers['content-type'] = contentType;
    const content = json === undefined ? body : JSON.stringify(json);
    const answer = await fetch(new URL(path, api.origin), {
      method,
      headers,
      ...(content === undefined ? {} : { body: content }),
      ...(signal ? { signal } : {}),
    });
    if (answer.ok) return v.parse(schema, answer.status === 204 ? null : await answer.json());
    const problem = await problemOf(answer);
    const refused = new ApiProblem(`${method} ${path}`, problem);
    if (answer.status === 429 || answer.status >= 500) throw new Again(refused, problem.retryAt);
    throw refused;
  }, signal);
}

/** A failure that may pass. */
export class Again extends Error {
  /** Milliseconds UTC before which there is no point in asking. */
  readonly notBefore: number | undefined;
  constructor(cause: Error, notBefore?: number) {
    super(cause.message, { cause });
    this.notBefore = notBefore;
  }
}

const ATTEMPTS = 6;
/** Runs `work` until it succeeds or fails for good, 0.25 s to 4 s apart. A TypeError is how fetch reports a lost connection. */
export async function retrying<T>(work: (attempt: number) => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      const passing = error instanceof Again || error instanceof TypeError;
      if (!passing || attempt === ATTEMPTS) throw error instanceof Again ? error.cause : error;
      const asked = error instanceof Again && error.notBefore ? error.notBefore - Date.now() : 0;
      await pause(Math.min(30_000, Math.max(asked, 250 * 2 ** (attempt - 1))), signal);
    }
  }
}

/** Rejects with the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done() {
      signal?.removeEventListener('abort', abort);
      resolve();
    }
    function abort() {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** The problem document of a refusal, or one that says what came instead. */
export async function problemOf(answer: Response): Promise<ProblemDocument> {
  const text = await answer.text();
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), ProblemDocument), text);
  if (parsed.success) return parsed.output;
  const code = answer.status >= 500 ? 'unavailable' : 'invalid-request';
  return {
    type: 'about:blank',
    code,
    title: `The server answered ${answer.status}`,
    status: answer.status,
    detail: text.slice(0, 200),
  };
}
