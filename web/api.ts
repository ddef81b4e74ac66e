import type { ProblemDocument } from '../schema/problem.ts';

/** What a request came to. `request`: its `x-request-id`, where the dashboard asked: a change is undone by it. `offline`: no answer at all. */
export type Answer<T> =
  | { ok: true; value: T; request?: string | null }
  | { ok: false; problem: ProblemDocument }
  | { ok: false; problem: null; offline: true };

/**
 * Reads the answer of any API call: of `api.post` below, or of the typed client
 * (`answer<Play>(() => client(location.origin).api.episodes[':id'].hls.$post(…))`).
 */
export async function answer<T>(
  ask: () => Promise<{ ok: boolean; text(): Promise<string> }>,
): Promise<Answer<T>> {
  try {
    const response = await ask();
    const text = await response.text();
    // Whether an answer has a body its status does not tell: a 202 may name the job that was begun, or say nothing.
    const body: unknown = response.ok && text === '' ? null : JSON.parse(text);
    return response.ok ? { ok: true, value: body as T } : { ok: false, problem: body as ProblemDocument };
  } catch {
    return { ok: false, problem: null, offline: true }; // no network, or an answer that is not JSON: a proxy's page
  }
}

/** Answers are in the language of the page, then as the browser says: the choice on this site goes before it (ADR 0062). */
const languages = () => [document.documentElement.lang, ...navigator.languages].filter(Boolean).join(',');

/** The few calls that viewers' pages make themselves; the dashboard uses the typed client. */
export const api = {
  get: <T>(path: `/api/${string}`): Promise<Answer<T>> =>
    answer<T>(() => fetch(path, { headers: { 'accept-language': languages() } })),
  post: <T>(
    path: `/api/${string}`,
    body: unknown,
    options: Pick<RequestInit, 'keepalive'> & { method?: 'POST' | 'PUT' | 'PATCH' | 'DELETE' } = {},
  ): Promise<Answer<T>> =>
    answer<T>(() =>
      fetch(path, {
        method: 'POST',
        ...options,
        headers: { 'content-type': 'application/json', 'accept-language': languages() },
        body: JSON.stringify(body),
      }),
    ),
};
