import { exports } from 'cloudflare:workers';
import * as v from 'valibot';
import { expect } from 'vitest';
import { ProblemDocument } from '../../schema/problem.ts';
import { routeAt } from './routes.ts';

// The Worker's own default export; its type is left out of worker-configuration.d.ts (see ops/generate.ts).
const worker = (exports as unknown as { default: Fetcher }).default;
export type CallInit = Omit<RequestInit, 'body'> & { json?: unknown; body?: BodyInit; token?: string };

/**
 * One request to the Worker, over HTTP, in workerd. Every JSON answer is checked against what its route declares:
 * an undeclared status or another shape fails the test, and so does an answer without our headers or with a careless cookie.
 */
export async function call(
  method: string,
  path: string,
  { json, token, ...init }: CallInit = {},
): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token) headers.set('authorization', `Bearer ${token}`);
  if (json !== undefined) headers.set('content-type', 'application/json');
  const answer = await worker.fetch(`https://engawa.test${path}`, {
    redirect: 'manual',
    ...init,
    method,
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  expectSafe(path, answer);
  const body = answer.clone();
  const type = answer.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) v.parse(ProblemDocument, await body.json());
  else if (path.startsWith('/api/')) {
    const bare = path.split('?')[0]!;
    const route = routeAt(method, bare);
    if (route && method !== 'HEAD' && answer.status < 300) {
      const schema = route.contract.returns[answer.status];
      expect(
        schema,
        `${method} ${bare} answered ${answer.status}, which it does not declare`,
      ).not.toBeUndefined();
      if (schema) v.parse(schema, await body.json());
    }
  }
  return answer;
}

/** Of every answer, whatever is asked: what keeps browsers from guessing and framing, and cookies that nobody but us reads. */
function expectSafe(path: string, { headers }: Response): void {
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
  // Of what players fetch nothing follows that would refer to it, and each header costs (edge/http/headers.ts).
  if (!/^\/(hls|media)\//.test(path)) expect(headers.get('referrer-policy')).toBeTruthy();
  for (const line of headers.getSetCookie()) {
    const [pair = '', ...rest] = line.split(/; */);
    const attributes = rest.map((attribute) => attribute.toLowerCase());
    // The CDN's own are for another host and for one folder of it (playback/media-cookies.ts).
    const ours = !pair.startsWith('CloudFront-');
    // RFC 6265bis §4.1.3.2: with this prefix browsers want `Secure` and `Path=/`, and take no `Domain`.
    if (ours) expect(pair).toMatch(/^__Host-engawa[\w-]*=/);
    for (const attribute of ours ? ['secure', 'path=/', 'httponly'] : ['httponly'])
      expect(attributes).toContain(attribute);
    expect(attributes.some((attribute) => /^samesite=(lax|strict)$/.test(attribute))).toBe(true);
  }
}
