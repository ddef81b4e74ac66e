import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '../../schema/api/accounts.ts';
import { credentials, sessions, users } from '../../schema/db/accounts.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';

const db = database(env.DB);
const password = 'correct horse battery';
const ACCESS = '__Host-engawa';
const SESSION = '__Host-engawa-session';

/** Signs up and in: the answer of the sign-in. */
async function signUp(email: string, name = 'Mio') {
  const up = await call('POST', '/api/auth/sign-up', { json: { name, email, password } });
  expect(up.status).toBe(202);
  expect(up.headers.getSetCookie()).toEqual([]);
  return signIn(email);
}
const signIn = (email: string, given = password) =>
  call('POST', '/api/auth/sign-in', { json: { email, password: given } });
/** A `Cookie` header of what an answer set, or of some of it. */
const cookies = (answer: Response, ...names: string[]) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .filter((pair) => names.length === 0 || names.includes(pair.split('=')[0]!))
    .join('; ');
const me = (cookie: string) => call('GET', '/api/me', { headers: { cookie } });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('sign-up, sign-in, sign-out', () => {
  it('goes round', async () => {
    const up = await signUp('mio@engawa.test');
    expect(up.status).toBe(200);
    const mio = await up.json<Me>();
    expect(mio).toMatchObject({
      email: 'mio@engawa.test',
      emailVerified: false,
      role: 'viewer',
      name: 'Mio',
    });
    expect(mio.id).toMatch(/^usr_[0-9a-z]{23}$/);
    expect(await (await me(cookies(up))).json()).toMatchObject(mio);

    const out = await call('POST', '/api/auth/sign-out', { headers: { cookie: cookies(up) } });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie().map((line) => line.split('=')[0])).toEqual(
      expect.arrayContaining([ACCESS, SESSION]),
    );
    for (const line of out.headers.getSetCookie()) expect(line).toMatch(/max-age=0/i);
    expect((await me(cookies(up, SESSION))).status).toBe(401); // the session itself is gone, not only its cookie

    const again = await signIn('  MIO@engawa.test ');
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual(mio);
  });

  it('sets cookies that scripts, other hosts and plain HTTP cannot read', async () => {
    const lines = (await signUp('cookie@engawa.test')).headers.getSetCookie();
    expect(new Set(lines.map((line) => line.split('=')[0]))).toEqual(new Set([ACCESS, SESSION]));
    for (const line of lines) {
      for (const attribute of [
        /; path=\/(;|$)/i,
        /; httponly/i,
        /; samesite=lax/i,
        /; secure/i,
        /; max-age=\d+/i,
      ])
        expect(line).toMatch(attribute);
      expect(line).not.toMatch(/; domain/i);
    }
  });

  it('answers an unknown address as it answers a wrong password', async () => {
    await signUp('known@engawa.test');
    const [unknown, wrong] = await Promise.all([
      signIn('unknown@engawa.test'),
      signIn('known@engawa.test', 'wrong password'),
    ]);
    const problem = async (answer: Response) => ({ ...(await answer.json<object>()), instance: null });
    expect(unknown.status).toBe(401);
    expect(unknown.headers.getSetCookie()).toEqual([]);
    const body = await problem(unknown);
    expect(body).toMatchObject({ code: 'invalid-credentials' });
    expect(await problem(wrong)).toEqual(body);
  });

  it('makes one account of an address, also of two at the same moment', async () => {
    const json = { name: 'Mio', email: 'twice@engawa.test', password };
    const answers = await Promise.all([
      call('POST', '/api/auth/sign-up', { json }),
      call('POST', '/api/auth/sign-up', { json: { ...json, email: 'Twice@engawa.test' } }),
    ]);
    expect(answers.map((a) => a.status)).toEqual([202, 202]);
    expect(await db.select().from(users).where(eq(users.email, 'twice@engawa.test'))).toHaveLength(1);
    const other = await call('POST', '/api/auth/sign-up', {
      json: { ...json, password: 'the password of a stranger' },
    });
    expect(other.status).toBe(202);
    expect(await other.text()).toBe('');
    expect((await signIn('twice@engawa.test', 'the password of a stranger')).status).toBe(401);
    expect((await signIn('twice@engawa.test')).status).toBe(200);
  });

  it('mends a sign-up that broke off half-way', async () => {
    const left = (await (await signUp('half@engawa.test')).json<Me>()).id;
    await db.delete(credentials).where(eq(credentials.userId, left));
    expect((await signUp('half@engawa.test')).status).toBe(401); // it may still be on its way
    await db
      .update(users)
      .set({ createdAt: new Date(0) })
      .where(eq(users.id, left));
    expect((await signUp('half@engawa.test')).status).toBe(200);
  });

  it('keeps no password', async () => {
    const { id } = await (await signUp('hash@engawa.test')).json<Me>();
    const [row] = await db.select().from(credentials).where(eq(credentials.userId, id));
    expect(row!.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/); // scrypt: salt and key
  });

  it.each([
    ['a short password', { name: 'A', email: 'a@engawa.test', password: 'short' }, '/password'],
    ['a bad address', { name: 'A', email: 'nobody', password }, '/email'],
    ['no name', { name: '  ', email: 'a@engawa.test', password }, '/name'],
  ])('refuses %s', async (_, json, pointer) => {
    const answer = await call('POST', '/api/auth/sign-up', { json });
    expect(await answer.json()).toMatchObject({ code: 'invalid-request', errors: [{ pointer }] });
  });

  it('lets nobody choose their role', async () => {
    const json = { name: 'Eve', email: 'eve@engawa.test', password, role: 'admin' };
    expect((await call('POST', '/api/auth/sign-up', { json })).status).toBe(202);
    expect(await (await signIn('eve@engawa.test')).json()).toMatchObject({ role: 'viewer' });
  });

  it('writes no address, password or token to the log', async () => {
    const lines: unknown[][] = [];
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, level).mockImplementation((...args) => void lines.push(args));
    const up = await signUp('private@engawa.test');
    await signUp('private@engawa.test');
    await signIn('private@engawa.test', 'wrong password');
    await me(cookies(up, SESSION));
    await call('GET', '/api/me', { token: 'not.a.token' });
    expect(JSON.stringify(lines)).not.toMatch(/private@|correct horse|wrong password|not\.a\.token/);
  });
});

describe('sessions', () => {
  it('renew a stale access cookie, with the role of now', async () => {
    const up = await signUp('renew@engawa.test');
    await db.update(users).set({ role: 'editor' }).where(eq(users.email, 'renew@engawa.test'));
    const renewed = await me(`${ACCESS}=stale.or.forged; ${cookies(up, SESSION)}`);
    expect(await renewed.json()).toMatchObject({ role: 'editor' });
    const access = cookies(renewed, ACCESS);
    expect(access).not.toBe('');
    const without = await me(access); // good by itself, and not renewed again
    expect(without.status).toBe(200);
    expect(without.headers.getSetCookie()).toEqual([]);
  });

  it('end: one that has run out or was forged renews nothing', async () => {
    const up = await signUp('ended@engawa.test');
    const session = cookies(up, SESSION);
    expect((await me(session.replace(/.{4}$/, 'AAAA'))).status).toBe(401);
    const { id } = await up.json<Me>();
    await db
      .update(sessions)
      .set({ expiresAt: new Date(1) })
      .where(eq(sessions.userId, id));
    const ended = await me(`other=1; ${session}`);
    expect(ended.status).toBe(401);
    expect(ended.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-engawa-session=;.*Max-Age=0/),
    ]);
    expect((await me('other=1')).headers.getSetCookie()).toEqual([]);
  });

  it('look at the database only where the access cookie is stale', async () => {
    const up = await signUp('cheap@engawa.test');
    const prepare = vi.spyOn(env.DB, 'prepare');
    await me(cookies(up));
    expect(prepare).toHaveBeenCalledOnce(); // for the profile and its notices: the answer, not who asks
    prepare.mockClear();
    await me(cookies(up, SESSION));
    expect(prepare.mock.calls.length).toBeGreaterThan(1);
  });
});

describe('tokens for tools', () => {
  it('come from a session and work for 12 hours', async () => {
    const up = await signUp('tool@engawa.test');
    const answer = await call('POST', '/api/auth/token', { headers: { cookie: cookies(up) } });
    const { token, expiresAt } = await answer.json<{ token: string; expiresAt: number }>();
    expect(expiresAt - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    expect((await call('GET', '/api/me', { token })).status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('do not come from another token', async () => {
    const answer = await call('POST', '/api/auth/token', { token: await bearer('admin') });
    expect(answer.status).toBe(401);
    expect((await call('POST', '/api/auth/token')).status).toBe(401);
    // Nor from the cookies beside one, nor where it would be counted as somebody else's.
    const [me, other] = [await signUp('tool-of@engawa.test'), await signUp('tool-by@engawa.test')];
    const beside = { headers: { cookie: cookies(me) }, token: await bearer('viewer') };
    expect((await call('POST', '/api/auth/token', beside)).status).toBe(401);
    const mixed = { headers: { cookie: `${cookies(me, SESSION)}; ${cookies(other, ACCESS)}` } };
    expect((await call('POST', '/api/auth/token', mixed)).status).toBe(401);
  });

  it('are signed with a key that anybody can check', async () => {
    const jwks = await (
      await call('GET', '/.well-known/jwks.json')
    ).json<{ keys: Record<string, string>[] }>();
    const token = await bearer('viewer');
    expect(jwks.keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    expect(jwks.keys[0]!.kid).toBe(decodeProtectedHeader(token).kid);
    expect(JSON.stringify(jwks)).not.toContain('"d"'); // the private part
    expect(decodeJwt(token)).toMatchObject({ iss: 'https://engawa.test', role: 'viewer' });
  });

  it('win over cookies, and a bad one is not made good by them', async () => {
    const up = await signUp('both@engawa.test');
    const headers = { cookie: cookies(up) };
    const answer = await call('GET', '/api/me', { headers, token: await bearer('moderator') });
    expect(await answer.json()).toMatchObject({ role: 'moderator' });
    const bad = await call('GET', '/api/me', { headers, token: 'bad' });
    expect(await bad.json()).toMatchObject({ code: 'invalid-token' });
    expect(bad.headers.get('www-authenticate')).toContain('Bearer');
  });
});

describe('requests from other sites', () => {
  const change = (headers: Record<string, string>) => call('POST', '/api/auth/sign-out', { headers });
  it.each([
    ['another site, as browsers say', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' }],
    ['a sibling host', { 'sec-fetch-site': 'same-site', origin: 'https://other.engawa.test' }],
    ['another site, in an old browser', { origin: 'https://evil.test' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a lying origin', { 'sec-fetch-site': 'cross-site', origin: 'https://engawa.test' }],
    ['a scheme that is not ours', { origin: 'http://engawa.test' }],
  ])('are refused from %s', async (_, headers) => {
    const answer = await change(headers);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ code: 'cross-site' });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
  it.each([
    ['our own pages', { 'sec-fetch-site': 'same-origin', origin: 'https://engawa.test' }],
    ['our own pages in an old browser', { origin: 'https://engawa.test' }],
    ['a tool that is no browser', {}],
  ])('are taken from %s', async (_, headers) => expect((await change(headers)).status).toBe(204));
  it('let a browser sign in that is signed in already, and keep the address that the network saw', async () => {
    const up = await signUp('browser@engawa.test');
    const answer = await call('POST', '/api/auth/sign-in', {
      headers: {
        cookie: cookies(up),
        origin: 'https://engawa.test',
        'sec-fetch-site': 'same-origin',
        'cf-connecting-ip': '203.0.113.7',
        'x-forwarded-for': '198.51.100.1',
      },
      json: { email: 'browser@engawa.test', password },
    });
    expect(answer.status).toBe(200);
    const { id } = await answer.json<Me>();
    const addresses = await db
      .select({ ip: sessions.ipAddress })
      .from(sessions)
      .where(eq(sessions.userId, id));
    expect(addresses.map((row) => row.ip)).toContain('203.0.113.7');
    expect(addresses.map((row) => row.ip)).not.toContain('198.51.100.1');
  });
  it('are taken with a bearer token, which no browser sends by itself', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://app.example' };
    const token = await bearer('editor');
    const answer = await call('POST', '/api/admin/titles', {
      headers,
      token,
      json: { names: { main: 'X' } },
    });
    expect(answer.status).toBe(201);
  });
  it('may read what is public', async () => {
    expect((await call('GET', '/api/titles', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(
      200,
    );
  });
});

describe('people and their roles', () => {
  const change = async (id: string, role: string, token?: string) =>
    call('PATCH', `/api/admin/users/${id}`, { token: token ?? (await bearer('admin')), json: { role } });

  it('get a role that counts at once, and lose it at once, whatever their token says', async () => {
    const up = await signUp('rising@engawa.test');
    const { id } = await up.json<Me>();
    const headers = { cookie: cookies(up) };
    expect((await call('GET', '/api/admin/titles', { headers })).status).toBe(403);
    expect(await (await change(id, 'editor')).json()).toMatchObject({ id, role: 'editor' });
    expect((await call('GET', '/api/admin/titles', { headers })).status).toBe(200);
    await change(id, 'viewer');
    expect((await call('GET', '/api/admin/titles', { headers })).status).toBe(403);
  });

  it('always have an admin among them, also when two demote each other', async () => {
    const token = await bearer('admin');
    expect(await (await change('usr_0testadmin', 'viewer')).json()).toMatchObject({ code: 'conflict' });
    const { id } = await (await signUp('second@engawa.test')).json<Me>();
    expect((await change(id, 'admin')).status).toBe(200);
    const both = await Promise.all([change(id, 'viewer', token), change('usr_0testadmin', 'viewer', token)]);
    // The one that came second was refused: as the last admin, or as no admin any more.
    expect(both.map((a) => a.status).filter((status) => status === 200)).toHaveLength(1);
    expect(await db.select().from(users).where(eq(users.role, 'admin'))).toHaveLength(1);
    await db.update(users).set({ role: 'admin' }).where(eq(users.id, 'usr_0testadmin'));
  });

  it('are not made up', async () => {
    expect((await change('usr_00000000', 'editor')).status).toBe(404);
    expect((await change('usr_0testadmin', 'owner')).status).toBe(400);
  });
});
