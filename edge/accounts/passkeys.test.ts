import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { MAX_PASSKEYS, type Passkey, type Security } from '../../schema/api/accounts.ts';
import { passkeys, users, verifications } from '../../schema/db/accounts.ts';
import { database } from '../platform/db.ts';
import { Authenticator, type Quirks } from './authenticator.fixture.ts';
import { appCode, Browser, mailsTo, newcomer, password, problemOf } from './newcomer.fixture.ts';

const db = database(env.DB);
type Options = { challenge: string; user: { id: string }; rp: { id: string } } & Record<string, unknown>;

const offer = async (browser: Browser) =>
  (await browser.post('/api/me/passkeys/options', { password })).json<Options>();
const ask = async (browser = new Browser()) =>
  (await browser.post('/api/auth/sign-in/passkey/options')).json<Options>();

async function withPasskey(email: string) {
  const browser = await newcomer(email);
  const key = new Authenticator();
  const response = await key.create(await offer(browser));
  const answer = await browser.post('/api/me/passkeys', { name: 'My phone', response });
  expect(answer.status).toBe(201);
  return { browser, key, passkey: await answer.json<Passkey>() };
}
async function signInBy(key: Authenticator, quirks: Quirks = {}, browser = new Browser()) {
  const response = await key.get(await ask(browser), quirks);
  return browser.post('/api/auth/sign-in/passkey', { response });
}

describe('a passkey', () => {
  it('is made by somebody signed in, listed, renamed and removed', async () => {
    const { browser, key, passkey } = await withPasskey('made@passkeys.test');
    expect(passkey).toMatchObject({ id: key.id, name: 'My phone', usedAt: null });
    expect((await mailsTo('made@passkeys.test', 2))[0]!.subject).toContain('passkey was added');
    const security = await (await browser.ask('GET', '/api/me/security')).json<Security>();
    expect(security.passkeys).toEqual([passkey]);
    const renamed = await browser.ask('PATCH', `/api/me/passkeys/${key.id}`, { name: 'Old phone' });
    expect(await renamed.json()).toMatchObject({ name: 'Old phone' });

    const eve = await newcomer('eve@passkeys.test');
    expect((await eve.ask('PATCH', `/api/me/passkeys/${key.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await eve.ask('DELETE', `/api/me/passkeys/${key.id}`)).status).toBe(404);
    expect((await browser.ask('DELETE', `/api/me/passkeys/${key.id}`)).status).toBe(204);
    expect(await problemOf(await signInBy(key))).toBe('invalid-credentials');
  });

  it('signs in without a word of who it is, on a device like any other', async () => {
    const { key } = await withPasskey('in@passkeys.test');
    const fresh = new Browser({ 'user-agent': 'curl/8' });
    const answer = await signInBy(key, {}, fresh);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ email: 'in@passkeys.test' });
    const security = await (await fresh.ask('GET', '/api/me/security')).json<Security>();
    expect(security.devices.find((device) => device.current)!.browser).toBe('curl');
    expect(security.passkeys[0]!.usedAt).toBeGreaterThan(Date.now() - 60_000);
  });

  it('is two factors by itself', async () => {
    const { browser, key } = await withPasskey('both@passkeys.test');
    const { secret } = await (
      await browser.post('/api/me/second-factor', { password })
    ).json<{ secret: string }>();
    await browser.ask('PUT', '/api/me/second-factor', { code: await appCode(secret, Date.now()) });
    expect(await problemOf(await new Browser().signIn('both@passkeys.test'))).toBe('second-factor-required');
    expect((await signInBy(key)).status).toBe(200);
  });

  it('is asked for as one that verifies its user, and belongs to the account', async () => {
    const browser = await newcomer('asked@passkeys.test');
    const options = await offer(browser);
    expect(options).toMatchObject({
      rp: { id: 'engawa.test' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const [user] = await db.select().from(users).where(eq(users.email, 'asked@passkeys.test'));
    expect(atob(options.user.id.replaceAll('-', '+').replaceAll('_', '/'))).toBe(user!.id);
    expect(await ask()).toMatchObject({ rpId: 'engawa.test', userVerification: 'required' });
    expect(await problemOf(await browser.post('/api/me/passkeys/options', {}))).toBe('proof-required');
  });

  it.each<[string, Quirks]>([
    ['another site’s page', { origin: 'https://evil.test' }],
    ['another relying party', { rpId: 'evil.test' }],
    ['a challenge that nobody gave', { challenge: 'bm90LW91cnM' }],
    ['a user who is only there', { flags: 0x01 }],
    ['a user who is not there', { flags: 0x04 }],
    ['the other ceremony', { type: 'webauthn.create' }],
    ['another key', { signAs: new Authenticator() }],
  ])('is refused from %s', async (what, quirks) => {
    const { browser, key } = await withPasskey(`refused-${what.replaceAll(/\W/g, '')}@passkeys.test`);
    expect(await problemOf(await signInBy(key, quirks))).toBe('invalid-credentials');
    if (quirks.signAs) return; // registration has no signature to be wrong about
    const response = await new Authenticator().create(await offer(browser), {
      ...quirks,
      ...(quirks.type ? { type: 'webauthn.get' } : {}),
    });
    expect(await problemOf(await browser.post('/api/me/passkeys', { name: 'x', response }))).toBe(
      'wrong-code',
    );
  });

  it('is refused with an answer that was used, also at the same moment', async () => {
    const { key } = await withPasskey('replay@passkeys.test');
    const response = await key.get(await ask());
    const answers = await Promise.all(
      [1, 2, 3].map(() => new Browser().post('/api/auth/sign-in/passkey', { response })),
    );
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 401, 401]);
    expect((await new Browser().post('/api/auth/sign-in/passkey', { response })).status).toBe(401);
  });

  it('is refused with an answer that is late', async () => {
    const { key } = await withPasskey('late@passkeys.test');
    const options = await ask();
    await db.update(verifications).set({ expiresAt: new Date(Date.now() - 1) });
    const answer = await new Browser().post('/api/auth/sign-in/passkey', {
      response: await key.get(options),
    });
    expect(await problemOf(answer)).toBe('invalid-credentials');
  });

  it('is refused when it counts backwards, as a copy does', async () => {
    const { key } = await withPasskey('copied@passkeys.test');
    expect((await signInBy(key, { counter: 7 })).status).toBe(200);
    expect((await signInBy(key, { counter: 7 })).status).toBe(401);
    expect((await signInBy(key, { counter: 6 })).status).toBe(401);
    expect((await signInBy(key, { counter: 8 })).status).toBe(200);
  });

  it('of one account is not put to another, nor made with another’s challenge', async () => {
    const { key } = await withPasskey('first@passkeys.test');
    const second = await newcomer('second@passkeys.test');
    const response = await key.create(await offer(second));
    expect(await problemOf(await second.post('/api/me/passkeys', { name: 'x', response }))).toBe('conflict');
    const third = await newcomer('third@passkeys.test');
    const stolen = await new Authenticator().create(await offer(second));
    expect(await problemOf(await third.post('/api/me/passkeys', { name: 'x', response: stolen }))).toBe(
      'wrong-code',
    );
    expect(await (await signInBy(key)).json()).toMatchObject({ email: 'first@passkeys.test' });
  });

  it('is one of twenty at most', async () => {
    const { browser, passkey } = await withPasskey('many@passkeys.test');
    const [row] = await db.select().from(passkeys).where(eq(passkeys.id, passkey.id));
    for (let n = 1; n < MAX_PASSKEYS; n++) await db.insert(passkeys).values({ ...row!, id: `many-${n}` });
    const response = await new Authenticator().create(await offer(browser));
    expect(await problemOf(await browser.post('/api/me/passkeys', { name: 'x', response }))).toBe('conflict');
  });

  it.each([
    ['nothing', {}],
    ['no signature', { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'e30' } }],
    [
      'noise',
      {
        id: '!!',
        rawId: '!!',
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON: '%%', authenticatorData: 'AA', signature: '' },
      },
    ],
  ])('is no way to break anything with %s', async (_, response) => {
    const answer = await new Browser().post('/api/auth/sign-in/passkey', { response });
    expect([400, 401]).toContain(answer.status);
    const browser = await newcomer(`noise-${Math.random()}@passkeys.test`);
    expect([400, 401]).toContain((await browser.post('/api/me/passkeys', { name: 'x', response })).status);
  });
});
