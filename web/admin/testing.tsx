import { render, type ComponentChildren } from 'preact';
import { vi } from 'vitest';
import { problems, problemType, type ProblemCode, type ProblemDocument } from '../../schema/problem.ts';
import { somebody } from '../testing/here.ts';
import { Confirming } from './confirm.tsx';
import { DeskContext, speak } from './desk.ts';
import { formats } from './format.ts';
import type { News } from './job-news.ts';
import { Toasted } from './toasts.tsx';
import type { UploadQueue } from './uploader/queue.ts';

/** Answers of the API by `METHOD /path`: a body, a refusal, or a whole response. */
type Answers = Record<string, () => unknown>;

export const refusal = (code: ProblemCode, extras: Partial<ProblemDocument> = {}): ProblemDocument => ({
  type: problemType(code),
  code,
  ...problems[code],
  ...extras,
});
const isRefusal = (body: unknown): body is ProblemDocument =>
  typeof body === 'object' && body !== null && 'type' in body && 'status' in body;

/** Words come as chunks: a second is not enough where much else runs. */
const PATIENCE = { timeout: 5_000 };

/** Draws a part of the dashboard against an API in memory; gives what was asked of it. */
export async function draw(children: ComponentChildren, answers: Answers, given: Partial<UploadQueue> = {}) {
  const asked: { call: string; json: unknown }[] = [];
  const heads: Headers[] = [];
  vi.stubGlobal('fetch', async (address: string | URL, init: RequestInit = {}) => {
    const call = `${init.method ?? 'GET'} ${new URL(address, location.href).pathname}`;
    asked.push({ call, json: typeof init.body === 'string' ? JSON.parse(init.body) : null });
    heads.push(new Headers(init.headers));
    const body = answers[call]?.() ?? refusal('not-found');
    if (body instanceof Response) return body;
    return Response.json(body, {
      status: isRefusal(body) ? body.status : 200,
      headers: { 'x-request-id': `req_${asked.length}` },
    });
  });
  const none: UploadQueue = {
    items: () => [],
    subscribe: () => () => {},
    add: () => '',
    pause: () => {},
    resume: () => {},
    online: () => {},
    fingerprint: async () => '',
    cancel: async () => {},
    dismiss: () => {},
    ...given,
  };
  const silent: News = { connected: () => false, subscribe: () => () => {}, line: () => () => {} };
  const visit = {
    me: { ...somebody('editor'), name: 'Edo' },
    language: 'en',
    theme: 'dark',
    path: '/admin',
    origin: 'http://localhost',
    now: 0,
    timeZone: 'UTC',
  } as const;
  const place = document.body.appendChild(document.createElement('div'));
  render(
    <DeskContext.Provider
      value={{ visit, t: await speak('en'), format: formats('en'), uploads: none, news: silent }}
    >
      <Toasted>
        <Confirming>{children}</Confirming>
      </Toasted>
    </DeskContext.Provider>,
    place,
  );
  const button = (name: string) =>
    [...place.querySelectorAll<HTMLElement>('button, a')].find((e) => e.textContent?.trim() === name);
  return {
    asked,
    place,
    button,
    /** A header of the last call. */
    header: (name: string) => heads.at(-1)?.get(name) ?? null,
    /** Calls that change something. */
    changes: () => asked.filter(({ call }) => !call.startsWith('GET')),
    shows: (text: string) =>
      vi.waitFor(() => {
        if (!place.textContent?.includes(text)) throw new Error(`no “${text}” in: ${place.textContent}`);
      }, PATIENCE),
    field: (name: string) => place.querySelector<HTMLInputElement>(`[name="${name}"]`)!,
    type: (field: HTMLInputElement, text: string) => {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    leave: () => {
      render(null, place);
      place.remove();
      vi.unstubAllGlobals();
    },
  };
}
