import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { RECENT_S } from '../../schema/api/accounts.ts';
import { problems, problemType, type ProblemCode, type ProblemDocument } from '../../schema/problem.ts';
import type { AppEnv } from './context.ts';
import { complain } from '../platform/log.ts';

type Extras = Pick<
  ProblemDocument,
  'detail' | 'errors' | 'retryAt' | 'offer' | 'streams' | 'rental' | 'because' | 'why'
>;

/** Thrown by routes to refuse a request; `onProblem` is the only place that turns one into an answer. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly extras: Extras;

  constructor(code: ProblemCode, extras: Extras | string = {}) {
    const given = typeof extras === 'string' ? { detail: extras } : extras;
    super(given.detail ?? problems[code].title);
    this.name = 'Problem';
    this.code = code;
    this.extras = given;
  }
}

/** The RFC 9457 body of a problem. */
export const problemDocument = (code: ProblemCode, extras: Extras, instance?: string): ProblemDocument => ({
  type: problemType(code),
  code,
  title: problems[code].title,
  status: problems[code].status,
  ...extras,
  ...(instance ? { instance } : {}),
});

const asProblem = (error: unknown): Problem | null => {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException && error.status < 500)
    return new Problem('invalid-request', error.message);
  return null;
};

/** RFC 6750 §3; RFC 9470 §3 for a sign-in that is too old, its age in seconds. */
const challenge = (code: ProblemCode): string =>
  code === 'step-up-required'
    ? `Bearer error="insufficient_user_authentication", error_description="${problems[code].title}", max_age="${RECENT_S}"`
    : 'Bearer';

/** `app.onError`. An unknown error tells the caller nothing and the log everything. */
export const onProblem: ErrorHandler<AppEnv> = (error, c) => {
  const problem = asProblem(error);
  if (!problem) complain({ requestId: c.var.requestId, error });
  const body = problemDocument(problem?.code ?? 'internal', problem?.extras ?? {}, c.var.requestId);
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
  };
  if (body.status === 401) headers['www-authenticate'] = challenge(body.code);
  if (body.retryAt)
    headers['retry-after'] = String(Math.max(1, Math.ceil((body.retryAt - Date.now()) / 1000)));
  return c.body(JSON.stringify(body), body.status as ContentfulStatusCode, headers);
};
