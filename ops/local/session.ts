import * as v from 'valibot';
import { AccessToken, Me } from '../../schema/api/accounts.ts';
import { ApiProblem, problemOf } from '../api.ts';

type Credentials = { email: string; password: string };

async function post(origin: string, path: string, body: unknown, cookie?: string): Promise<Response> {
  const answer = await fetch(new URL(path, origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new ApiProblem(`POST ${path}`, await problemOf(answer));
  return answer;
}

/** Changes nothing where the address has an account. */
export async function signUp(origin: string, person: Credentials & { name: string }): Promise<void> {
  await post(origin, '/api/auth/sign-up', person);
}

/** @throws ApiProblem `invalid-credentials` */
export async function signIn(
  origin: string,
  { email, password }: Credentials,
): Promise<Me & { cookie: string }> {
  const answer = await post(origin, '/api/auth/sign-in', { email, password });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { ...v.parse(Me, await answer.json()), cookie };
}

/** A bearer for tools. */
export async function bearer(
  origin: string,
  credentials: Credentials,
): Promise<v.InferOutput<typeof AccessToken>> {
  const { cookie } = await signIn(origin, credentials);
  return v.parse(AccessToken, await (await post(origin, '/api/auth/token', {}, cookie)).json());
}

/** What cannot be undone takes a sign-in of the last 15 minutes (ADR 0075). */
const SIGN_IN_ANEW_MS = 10 * 60_000;

/** A bearer whenever one is asked for, from a sign-in that is young enough for anything. */
export function freshBearer(origin: string, credentials: Credentials): () => Promise<string> {
  let current: Promise<v.InferOutput<typeof AccessToken>> | undefined;
  let signedInAt = 0;
  return async () => {
    if (current && Date.now() - signedInAt < SIGN_IN_ANEW_MS) return (await current).token;
    signedInAt = Date.now();
    current = bearer(origin, credentials);
    return (await current).token;
  };
}
