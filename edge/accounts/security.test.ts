import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Me, Security } from '../../schema/api/accounts.ts';
import { credentials, sessions, users } from '../../schema/db/accounts.ts';
import { atDouble } from '../billing/checkout.fixture.ts';
import { ensureCustomer } from '../billing/checkout-customer.ts';
import { database } from '../platform/db.ts';
import { platform } from '../platform/platform.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { Browser, codeTo, mailsTo, newcomer, password, problemOf } from './newcomer.fixture.ts';

const db = database(env.DB);
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1';
const securityOf = async (browser: Browser) =>
  (await browser.ask('GET', '/api/me/security')).json<Security>();
/** As if somebody had signed in a while ago. */
const aWhileAgo = async (email: string) => {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  await db
    .update(sessions)
    .set({ createdAt: new Date(Date.now() - 11 * 60_000) })
    .where(eq(sessions.userId, user!.id));
  return user!.id;
};

describe('devices', () => {
  it('are named in words, and this one is marked', async () => {
    const email = 'devices@security.test';
    const desk = await newcomer(email, { headers: { 'user-agent': FIREFOX } });
    const phone = new Browser({ 'user-agent': IPHONE });
    await phone.signIn(email);
    const { devices } = await securityOf(phone);
    expect(new Set(devices.map(({ browser, os, current }) => `${browser}, ${os}, ${current}`))).toEqual(
      new Set(['Firefox, Windows, false', 'Safari, iPhone, true']),
    );
    const here = devices.find((device) => device.current)!;
    expect(Date.now() - here.lastSeenAt).toBeLessThan(10_000);
    expect(Date.now() - here.signedInAt).toBeLessThan(30_000);
    expect(JSON.stringify(devices)).not.toContain('Mozilla');
    expect((await securityOf(desk)).devices.find((device) => device.current)!.os).toBe('Windows');
  });

  it('are signed out one by one, by their owner only', async () => {
    const email = 'one@security.test';
    const desk = await newcomer(email);
    const phone = new Browser();
    await phone.signIn(email);
    const lost = (await securityOf(desk)).devices.find((device) => !device.current)!;

    const eve = await newcomer('eve@security.test');
    expect((await eve.ask('DELETE', `/api/me/devices/${lost.id}`)).status).toBe(404);
    expect((await phone.ask('GET', '/api/me/security')).status).toBe(200);

    expect((await desk.ask('DELETE', `/api/me/devices/${lost.id}`)).status).toBe(204);
    expect((await desk.ask('DELETE', `/api/me/devices/${lost.id}`)).status).toBe(404);
    expect(await problemOf(await phone.ask('GET', '/api/me/security'))).toBe('not-signed-in');
    expect((await desk.ask('GET', '/api/me/security')).status).toBe(200);
  });

  it('are signed out everywhere, with their cookies', async () => {
    const email = 'everywhere@security.test';
    const desk = await newcomer(email);
    const phone = new Browser();
    await phone.signIn(email);
    expect((await phone.ask('DELETE', '/api/me/devices')).status).toBe(204);
    expect(phone.cookie).not.toMatch(/engawa=|engawa-session=/);
    for (const browser of [desk, phone])
      expect((await browser.ask('GET', '/api/me/security')).status).toBe(401);
    // What is left is the access cookie of the desk, for minutes; nothing renews it.
    const session = desk.cookie.split('; ').find((pair) => pair.startsWith('__Host-engawa-session='))!;
    expect((await call('GET', '/api/me', { headers: { cookie: session } })).status).toBe(401);
  });

  it('take a role with them when they are signed out, whatever their token says', async () => {
    const email = 'editor@security.test';
    const desk = await newcomer(email);
    await db.update(users).set({ role: 'editor' }).where(eq(users.email, email));
    const { token } = await (await desk.post('/api/auth/token')).json<{ token: string }>();
    expect((await call('GET', '/api/admin/titles', { token })).status).toBe(200);
    await desk.ask('DELETE', '/api/me/devices');
    expect(await problemOf(await call('GET', '/api/admin/titles', { token }))).toBe('not-signed-in');
  });

  it('are seen by session only: no bearer, however good, changes how somebody signs in', async () => {
    const token = await bearer('admin');
    for (const [method, path] of [
      ['GET', '/api/me/security'],
      ['DELETE', '/api/me/devices'],
      ['DELETE', '/api/me/devices/any'],
    ] as const)
      expect((await call(method, path, { token })).status).toBe(401);
  });
});

describe('the password', () => {
  const fresh = 'a new and better one';
  it('is changed by whoever knows it; other devices are signed out, and the owner is told', async () => {
    const email = 'change@security.test';
    const desk = await newcomer(email);
    const phone = new Browser();
    await phone.signIn(email);
    const change = (given: object) => desk.ask('PUT', '/api/me/password', { newPassword: fresh, ...given });
    expect(await problemOf(await change({}))).toBe('proof-required');
    expect(await problemOf(await change({ password: 'not the password' }))).toBe('wrong-password');
    expect((await change({ password })).status).toBe(204);
    expect((await phone.ask('GET', '/api/me/security')).status).toBe(401);
    expect((await securityOf(desk)).devices).toMatchObject([{ current: true }]);
    expect((await new Browser().signIn(email)).status).toBe(401);
    expect((await new Browser().signIn(email, fresh)).status).toBe(200);
    expect((await mailsTo(email, 2))[0]!.subject).toContain('password was changed');
  });

  it('is set by whoever has none and has just signed in', async () => {
    const email = 'none@security.test';
    const desk = await newcomer(email);
    const id = await aWhileAgo(email);
    await db.delete(credentials).where(eq(credentials.userId, id));
    expect((await securityOf(desk)).hasPassword).toBe(false);
    const set = () => desk.ask('PUT', '/api/me/password', { newPassword: fresh });
    expect(await problemOf(await set())).toBe('proof-required');
    await db.update(sessions).set({ createdAt: new Date() }).where(eq(sessions.userId, id));
    expect((await set()).status).toBe(204);
    expect((await new Browser().signIn(email, fresh)).status).toBe(200);
    expect((await securityOf(desk)).hasPassword).toBe(true);
  });
});

describe('the address', () => {
  it('changes when the new one answers, and the old one is told', async () => {
    const desk = await newcomer('old@security.test');
    const to = 'New@security.test';
    expect(await problemOf(await desk.post('/api/me/email', { email: to }))).toBe('proof-required');
    expect((await desk.post('/api/me/email', { email: to, password })).status).toBe(202);
    expect((await (await desk.ask('GET', '/api/me')).json<{ email: string }>()).email).toBe(
      'old@security.test',
    );
    const [mail] = await mailsTo('new@security.test');
    expect(mail!.link).toContain('/account#email=new%40security.test&code=');
    const change = (browser: Browser) => browser.ask('PUT', '/api/me/email', { email: to, code: mail!.code });
    expect(await problemOf(await change(await newcomer('thief@security.test')))).toBe('wrong-code');
    expect(await (await change(desk)).json()).toMatchObject({
      email: 'new@security.test',
      emailVerified: true,
    });
    expect(await (await desk.ask('GET', '/api/me')).json()).toMatchObject({ email: 'new@security.test' });
    expect((await new Browser().signIn('new@security.test')).status).toBe(200);
    expect((await new Browser().signIn('old@security.test')).status).toBe(401);
    expect((await mailsTo('old@security.test', 2))[0]!.subject).toContain('address was changed');
    expect((await change(desk)).status).toBe(200); // sent twice: it is done
  });

  it('is told to Stripe, where bills go to it', async () => {
    const desk = await newcomer('pays@security.test');
    const { id, ...me } = await (await desk.ask('GET', '/api/me')).json<Me>();
    const { stripeId } = await ensureCustomer(platform(env), { userId: id, ...me });
    await desk.post('/api/me/email', { email: 'paid@security.test', password });
    const code = await codeTo('paid@security.test');
    const change = { email: 'paid@security.test', code };
    expect((await desk.ask('PUT', '/api/me/email', change)).status).toBe(200);
    await expect
      .poll(async () => (await atDouble<{ email: string }>('GET', `/v1/customers/${stripeId}`)).email)
      .toBe('paid@security.test');
  });

  it('of somebody else is not taken, and not told to have an account', async () => {
    const desk = await newcomer('asks@security.test');
    await newcomer('theirs@security.test');
    expect((await desk.post('/api/me/email', { email: 'theirs@security.test', password })).status).toBe(202);
    expect((await desk.post('/api/me/email', { email: 'free@security.test', password })).status).toBe(202);
    const code = await codeTo('free@security.test');
    expect(
      (await mailsTo('theirs@security.test')).every((mail) => !mail.subject.includes('new address')),
    ).toBe(true);
    // Taken after the code was mailed, before it came back.
    await newcomer('free@security.test', { verified: false });
    expect(
      await problemOf(await desk.ask('PUT', '/api/me/email', { email: 'free@security.test', code })),
    ).toBe('conflict');
    expect(await problemOf(await desk.post('/api/me/email', { email: 'asks@security.test', password }))).toBe(
      'conflict',
    );
  });

  it('may be corrected by whoever mistyped it', async () => {
    const desk = await newcomer('tpyo@security.test', { verified: false });
    await desk.post('/api/me/email', { email: 'typo@security.test', password });
    const code = await codeTo('typo@security.test');
    const changed = await desk.ask('PUT', '/api/me/email', { email: 'typo@security.test', code });
    expect(await changed.json()).toMatchObject({ email: 'typo@security.test', emailVerified: true });
  });
});

it('puts no key to an address that nobody has confirmed', async () => {
  const eve = await newcomer('unproven@security.test', { verified: false });
  for (const path of ['/api/me/second-factor', '/api/me/passkeys/options'])
    expect(await problemOf(await eve.post(path, { password }))).toBe('unverified-address');
});

it('keeps wrong passwords few, also of somebody who is signed in', async () => {
  const desk = await newcomer('guessed@security.test');
  const codes = new Set<string>();
  for (let n = 0; n < 12; n++)
    codes.add(await problemOf(await desk.post('/api/me/second-factor/off', { password: `guess ${n}` })));
  expect(codes).toEqual(new Set(['wrong-password', 'too-many-requests']));
});

describe('a session', () => {
  const cookieOf = ({ cookie }: Browser, name: string) =>
    cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))!;

  it('beside the access cookie of somebody else changes nothing: that one’s limits would be used up', async () => {
    const mio = await newcomer('beside@security.test', { verified: false });
    const other = await newcomer('beside-other@security.test');
    const mixed = new Browser();
    mixed.cookie = `${cookieOf(mio, '__Host-engawa-session')}; ${cookieOf(other, '__Host-engawa')}`;
    expect(await problemOf(await mixed.post('/api/me/email/code'))).toBe('not-signed-in');
    expect((await mio.post('/api/me/email/code')).status).toBe(202);
  });

  it('that has ended leaves no token that changes anything, only one that reads for its minutes', async () => {
    const mio = await newcomer('writes@security.test');
    const { token } = await (await mio.post('/api/auth/token')).json<{ token: string }>();
    const write = () => call('POST', '/api/me/profiles', { token, json: { name: 'Hana', avatar: 'koi' } });
    expect((await write()).status).toBe(201);
    await mio.ask('DELETE', '/api/me/devices');
    expect(await problemOf(await write())).toBe('not-signed-in');
    expect((await call('GET', '/api/me', { token })).status).toBe(200);
    // Of playback alone, which does without the database: there is no such stream, rather than no such person.
    expect(await problemOf(await call('DELETE', '/api/playback/ply_00000000', { token }))).toBe('not-found');
  });

  it('that has ended leaves no token with which all about its person can be had', async () => {
    const mio = await newcomer('exported@security.test');
    const { token } = await (await mio.post('/api/auth/token')).json<{ token: string }>();
    expect((await call('GET', '/api/me/export', { token })).status).toBe(200);
    const out = await mio.ask('DELETE', '/api/me/devices');
    expect(out.headers.getSetCookie().map((line) => line.split('=')[0])).toContain('__Host-engawa-profile');
    expect(await problemOf(await call('GET', '/api/me/export', { token }))).toBe('not-signed-in');
  });
});

it('a browser is known to an account once its address is confirmed, not before', async () => {
  const email = 'known@security.test';
  const browser = await newcomer(email, { verified: false });
  expect(browser.cookie).not.toContain('engawa-known');
  await browser.post('/api/me/email/verify', { code: await codeTo(email) });
  expect(browser.cookie).toContain('engawa-known');
});

it('however many accounts ask for it, a mailbox gets five codes an hour', async () => {
  const target = 'flooded@elsewhere.test';
  const answers: number[] = [];
  for (const n of [1, 2]) {
    const eve = await newcomer(`flood${n}@security.test`, {
      headers: { 'cf-connecting-ip': `198.51.100.${n}` },
    });
    for (let i = 0; i < 3; i++)
      answers.push((await eve.post('/api/me/email', { email: target, password })).status);
  }
  expect(answers).toEqual([202, 202, 202, 202, 202, 429]);
});
