import { describe, expect, it } from 'vitest';
import { roles, type Role } from '../schema/api/accounts.ts';
import { idPrefixes, type IdKind } from '../schema/ids.ts';
import app from './app.ts';
import { contracts, type Contract } from './http/contract.ts';
import { allowed } from './http/guards.ts';
import { call } from './testing/call.ts';
import { bearer } from './testing/sign-in.ts';

/** Routes for machines; pages, which index.ts adds for people, are gone through in e2e/. */
const all = [...contracts(app)]
  .map(([key, contract]) => {
    const [method, path] = key.split(' ') as [string, string];
    return { key, method, path, contract };
  })
  .filter(({ path }) => /^\/(api|hls|images|\.well-known)\//.test(path));

describe('every route', () => {
  it.each(all.map(({ key, contract }) => [key, contract] as const))(
    '%s names its guard and its answers',
    (_, contract) => {
      expect(contract.guard).toBeDefined();
      expect(contract.summary).toBeDefined();
      expect(Object.keys(contract.returns).length).toBeGreaterThan(0);
    },
  );
});

describe('who may do what', () => {
  /** An address of the route, with ids that are well-formed and of nothing. */
  const address = (path: string) =>
    path.replaceAll(/:([A-Za-z]+)(\{[^}]*\})?/g, (_, name: string) => {
      const kind = Object.keys(idPrefixes).find((k) => path.includes(`/${k}s/:${name}`)) as
        | IdKind
        | undefined;
      return kind ? `${idPrefixes[kind]}_00000000` : '1';
    });
  const isRole = (guard: Contract['guard']): guard is Role => roles.some((role) => role === guard);
  const guarded = all.flatMap(({ key, method, path, contract: { guard } }) =>
    isRole(guard) ? [[key, guard, method, address(path)] as const] : [],
  );

  it('is said of more than a handful of routes', () => expect(guarded.length).toBeGreaterThan(10));

  it.each(guarded)('%s: %s', async (_, guard, method, path) => {
    const anonymous = await call(method, path);
    expect(anonymous.status).toBe(401);
    expect(await anonymous.json()).toMatchObject({ code: 'not-signed-in' });
    const forged = await call(method, path, { token: 'e30.e30.e30' });
    expect(await forged.json()).toMatchObject({ code: 'invalid-token' });
    const refused = new Map<Role, unknown>();
    for (const role of roles) {
      const answer = await call(method, path, { token: await bearer(role) });
      if (answer.status === 403) refused.set(role, await answer.json());
    }
    // Whatever the address and the body hold: the guard comes first.
    expect([...refused.keys()]).toEqual(roles.filter((role) => !allowed[guard].includes(role)));
    for (const problem of refused.values()) expect(problem).toMatchObject({ code: 'not-allowed' });
  });
});

describe('addresses and methods', () => {
  it('answers an unknown address with a problem document', async () => {
    const answer = await call('GET', '/api/nothing');
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ code: 'not-found', status: 404 });
  });

  it('says which methods an address takes', async () => {
    const answer = await call('DELETE', '/api/admin/titles');
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, POST');
    expect(await answer.json()).toMatchObject({ code: 'method-not-allowed' });
  });

  it('answers HEAD as GET, without the body', async () => {
    const [head, get] = await Promise.all([call('HEAD', '/api/titles'), call('GET', '/api/titles')]);
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });
});

describe('headers', () => {
  it.each(['/api/titles', '/api/nothing', '/api/me'])(
    'of every answer keep browsers from guessing and framing (%s)',
    async (path) => {
      const { headers } = await call('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('strict-transport-security')).toContain('max-age=');
      expect(headers.get('x-request-id')).toMatch(/^req_[0-9a-z]{23}$/);
    },
  );

  it('name the request that a problem document names', async () => {
    const answer = await call('GET', '/api/nothing');
    expect((await answer.json<{ instance: string }>()).instance).toBe(answer.headers.get('x-request-id'));
  });
});

describe('bodies', () => {
  const post = (init: Parameters<typeof call>[2]) => call('POST', '/api/auth/sign-in', init);
  const json = { headers: { 'content-type': 'application/json' } };
  it.each([
    ['not JSON', { ...json, body: '{"email":' }, 400, 'invalid-request'],
    ['not UTF-8', { ...json, body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'invalid-request'],
    ['a form', { body: new URLSearchParams({ email: 'a@b.c' }) }, 415, 'unsupported-media'],
    ['JSON that says it is text', { body: '{}' }, 415, 'unsupported-media'],
    ['none', {}, 415, 'unsupported-media'],
    ['a list', { json: [] }, 400, 'invalid-request'],
    ['too much', { json: { email: 'x'.repeat(1024 * 1024) } }, 413, 'too-large'],
  ])('that are refused: %s', async (_, init, status, code) => {
    const answer = await post(init);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('tell every wrong field by a pointer', async () => {
    const answer = await post({ json: { email: 'nobody', password: '' } });
    const { errors } = await answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map((e) => e.pointer)).toEqual(['/email', '/password']);
  });
});
