import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as v from 'valibot';
import { TaskMessage } from '../schema/jobs/task.ts';
import { problems, problemType, type ProblemCode, type ProblemDocument } from '../schema/problem.ts';
import type { Answer, Desk, Log } from './desk.ts';

/** A package task of a long film lists tens of thousands of objects. */
const MAX_BODY = 64 * 1024 * 1024;

class Refusal extends Error {
  readonly code: ProblemCode;
  readonly extras: Pick<ProblemDocument, 'detail' | 'errors'>;
  constructor(code: ProblemCode, extras: Refusal['extras']) {
    super(extras.detail ?? code);
    this.code = code;
    this.extras = extras;
  }
}

/**
 * `GET /health` and `POST /tasks`.
 * @param diskLimit bytes that one task may have on the scratch disk, for /health
 */
export const transcoderServer = (desk: Desk, secret: string, log: Log, diskLimit: number): Server =>
  createServer((request, response) => {
    void respond(request, response, { desk, secret, diskLimit }).catch((error: unknown) => {
      if (!(error instanceof Refusal))
        log('request failed', { error: error instanceof Error ? error.stack : String(error) });
      const refusal = error instanceof Refusal ? error : new Refusal('internal', {});
      send(response, problems[refusal.code].status, document(refusal));
    });
  });

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { desk, secret, diskLimit }: { desk: Desk; secret: string; diskLimit: number },
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (path === '/health') {
    allow(request, 'GET', 'HEAD');
    return send(response, 200, {
      ok: true,
      ...desk.state,
      disk: { used: desk.disk, limitPerTask: diskLimit },
    });
  }
  if (path !== '/tasks')
    throw new Refusal('not-found', { detail: 'There are GET /health and POST /tasks here.' });
  allow(request, 'POST');
  if (!isBearer(request.headers.authorization, secret))
    throw new Refusal('invalid-token', { detail: 'Send the transcoder secret as a bearer token.' });
  const answer = desk.accept(await taskOf(request));
  const refusal = refusals[answer];
  if (refusal) throw new Refusal(...refusal);
  send(response, 202, { accepted: true });
}

const refusals: Record<Answer, ConstructorParameters<typeof Refusal> | null> = {
  accepted: null,
  here: ['conflict', { detail: 'This attempt is already here.' }],
  stale: ['stale-attempt', { detail: 'A later attempt of this task is already here.' }],
  busy: [
    'unavailable',
    { detail: 'Every core is busy and the waiting places are taken. Try again in a moment.' },
  ],
  stopping: ['unavailable', { detail: 'This transcoder is stopping. Try again in a moment.' }],
};

function allow(request: IncomingMessage, ...methods: string[]): void {
  if (!methods.includes(request.method ?? ''))
    throw new Refusal('method-not-allowed', { detail: `Only ${methods.join(' and ')} here.` });
}

/** Hashing first makes the lengths equal, as `timingSafeEqual` asks, and tells nothing of the secret's. */
function isBearer(header: string | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${secret}`));
}

async function taskOf(request: IncomingMessage): Promise<TaskMessage> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new Refusal('too-large', { detail: `A task has at most ${MAX_BODY} bytes.` });
    parts.push(part);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw new Refusal('invalid-request', { detail: 'The body is not JSON.' });
  }
  const parsed = v.safeParse(TaskMessage, body);
  if (!parsed.success)
    throw new Refusal('invalid-request', {
      detail: 'The body is not a task message.',
      errors: parsed.issues.slice(0, 20).map((issue) => ({
        pointer: `/${(v.getDotPath(issue) ?? '').replaceAll('.', '/')}`,
        detail: issue.message,
      })),
    });
  if (parsed.output.kind !== parsed.output.spec.kind)
    throw new Refusal('invalid-request', {
      detail: `A ${parsed.output.kind} task has a spec of another kind.`,
    });
  return parsed.output;
}

const document = ({ code, extras }: Refusal): ProblemDocument => ({
  type: problemType(code),
  code,
  title: problems[code].title,
  status: problems[code].status,
  ...extras,
});

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response
    .writeHead(status, {
      'content-type': status >= 400 ? 'application/problem+json' : 'application/json',
      'cache-control': 'no-store',
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(status === 503 ? { 'retry-after': '5' } : {}),
    })
    .end(JSON.stringify(body));
}
