import { describe, expect, it } from 'vitest';
import { call } from './testing/call.ts';

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
    [
      'half a character',
      { json: { email: 'mio@engawa.test', password: 'long enough \ud83d' } },
      400,
      'invalid-request',
    ],
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
