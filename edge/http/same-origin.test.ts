import { beforeAll, describe, expect, it } from 'vitest';
import { call } from '../testing/call.ts';
import { person, type Person } from '../testing/people.ts';
import { addressOf, formPaths, routes } from '../testing/routes.ts';

/** What browsers say of a request that another site's page made them send, the newest first. */
const elsewhere: Record<string, Record<string, string>> = {
  'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  'another host of our domain': { 'sec-fetch-site': 'same-site', origin: 'https://blog.engawa.test' },
  'a sandboxed frame': { 'sec-fetch-site': 'cross-site', origin: 'null' },
  'an older browser': { origin: 'https://evil.example' },
  'an older browser, hiding it': { origin: 'null' },
  'a page that looks like ours': { origin: 'https://engawa.test.evil.example' },
  'our page without TLS': { origin: 'http://engawa.test' },
  'a very old browser': { referer: 'https://evil.example/page' },
  'a beacon': {
    'sec-fetch-site': 'cross-site',
    'content-type': 'text/plain;charset=UTF-8',
    origin: 'https://evil.example',
  },
};

describe('what another site’s page makes a browser send with our cookies', () => {
  let [somebody, admin]: Person[] = [];
  beforeAll(async () => {
    [somebody, admin] = await Promise.all([person('same-origin'), person('same-origin-admin', 'admin')]);
  });
  // A playback token in the address is all that players go by, wherever their page is from: cookies count for nothing there.
  const changing = routes
    .filter(({ method, contract }) => method !== 'GET' && contract.guard !== 'playback')
    .map((route) => [route.key, route] as const);

  it.each(changing)('%s refuses it', async (_, route) => {
    const path = addressOf(route, { id: 'usr_00000000', session: 'ply_00000000' });
    for (const [what, headers] of Object.entries(elsewhere))
      for (const who of [somebody!, admin!]) {
        const answer = await call(route.method, path, { headers: { ...headers, cookie: who.cookie } });
        expect(await answer.json(), `from ${what}`).toMatchObject({ code: 'cross-site', status: 403 });
      }
  });

  it('is refused where a page’s form goes, too', async () => {
    expect(formPaths.length).toBeGreaterThan(8);
    for (const path of formPaths)
      for (const [what, headers] of Object.entries(elsewhere)) {
        const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
        const answer = await call('POST', path, {
          headers: { ...form, cookie: somebody!.cookie },
          body: 'a=b',
        });
        expect([path, what, answer.status]).toEqual([path, what, 403]);
      }
  });

  it('changes nothing: whoever it was is still signed in', async () => {
    expect((await somebody!.ask('GET', '/api/me')).status).toBe(200);
  });

  it.each([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'https://engawa.test' }],
    ['our own page in an older browser', { origin: 'https://engawa.test' }],
    ['our own page in a very old one', { referer: 'https://engawa.test/account' }],
    ['a tool', {}],
  ])('is taken from %s', async (_, headers) => {
    const answer = await call('POST', '/api/me/profiles/leave', {
      headers: { ...headers, cookie: somebody!.cookie } as Record<string, string>,
    });
    expect(answer.status).toBe(204);
  });

  it('may be read by nobody: no answer of the API names another origin', async () => {
    for (const path of ['/api/me', '/api/titles', '/api/me/profiles']) {
      const answer = await call('GET', path, {
        headers: { origin: 'https://evil.example', cookie: somebody!.cookie },
      });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });
});
