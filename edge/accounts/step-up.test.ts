import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RECENT_S, type StepUp, type StepUpOffer } from '../../schema/api/accounts.ts';
import { credentials, users } from '../../schema/db/accounts.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { routes } from '../testing/routes.ts';
import { Authenticator } from './authenticator.fixture.ts';
import { appCode, Browser, codeTo, mailsTo, newcomer, password, problemOf } from './newcomer.fixture.ts';
import { issueToken, TOOL_MS } from './tokens.ts';

const db = database(env.DB);
const PATH = '/api/auth/step-up';
const DANGEROUS = '/api/admin/users/usr_0nobody/keep';

/** An admin who signed in 16 minutes ago. */
async function admin(email: string) {
  const browser = await newcomer(email);
  await db.update(users).set({ role: 'admin' }).where(eq(users.email, email));
  later(RECENT_S + 60);
  return browser;
}
const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const tried = async (browser: Browser) => {
  const answer = await browser.post(DANGEROUS);
  return answer.status === 404 ? 'let in' : problemOf(answer);
};
const offerTo = async (browser: Browser) => (await browser.ask('GET', PATH)).json<StepUpOffer>();
const show = (browser: Browser, given: StepUp) => browser.post(PATH, given);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what takes a recent sign-in', () => {
  it('is let in for 15 minutes, and not a second longer', async () => {
    const browser = await newcomer('edge@step-up.test');
    await db.update(users).set({ role: 'admin' }).where(eq(users.email, 'edge@step-up.test'));
    const { recentUntil } = await offerTo(browser);
    vi.setSystemTime(recentUntil - 1_000);
    expect(await tried(browser)).toBe('let in');
    vi.setSystemTime(recentUntil);
    expect(await tried(browser)).toBe('step-up-required');
  });

  it('says so as RFC 9470 has it', async () => {
    const answer = await (await admin('challenge@step-up.test')).post(DANGEROUS);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(
      /^Bearer error="insufficient_user_authentication", error_description="[^"]+", max_age="900"$/,
    );
    expect(await answer.json()).toMatchObject({ code: 'step-up-required' });
  });

  it('comes after the role: whoever may not do it at all is told that', async () => {
    const browser = await newcomer('viewer@step-up.test');
    later(RECENT_S + 60);
    expect(await tried(browser)).toBe('not-allowed');
  });

  it.each(routes.filter(({ contract }) => contract.recent).map((route) => [route.key, route] as const))(
    '%s refuses a token that does not say when its person signed in, and an old one',
    async (_, { method, path }) => {
      const person = {
        userId: 'usr_0testold',
        name: 'Old',
        email: 'old@step-up.test',
        emailVerified: true,
        role: 'admin',
      } as const;
      const at = new Date();
      const row = { name: 'Old', email: person.email, role: person.role, createdAt: at, updatedAt: at };
      await db
        .insert(users)
        .values({ id: person.userId, ...row })
        .onConflictDoNothing();
      const to = path.replaceAll(/:[a-z]+/gi, 'x');
      for (const proved of [{}, { provedAt: Date.now() - RECENT_S * 1000 - 1_000 }]) {
        const given = { ...person, ...proved };
        const { token } = await issueToken(
          env.PUBLIC_ORIGIN,
          env.AUTH_SIGNING_KEY,
          given,
          Date.now(),
          TOOL_MS,
        );
        expect(await problemOf(await call(method, to, { token }))).toBe('step-up-required');
      }
    },
  );

  it('takes a bearer of a session that is young enough, for as long as that is', async () => {
    const browser = await admin('bearer@step-up.test');
    const token = async () => (await (await browser.post('/api/auth/token')).json<{ token: string }>()).token;
    const old = await token();
    expect(await problemOf(await call('POST', DANGEROUS, { token: old }))).toBe('step-up-required');
    expect((await show(browser, { by: 'password', password })).status).toBe(200);
    expect(await problemOf(await call('POST', DANGEROUS, { token: old }))).toBe('step-up-required');
    expect(await problemOf(await call('POST', DANGEROUS, { token: await token() }))).toBe('not-found');
  });
});

describe('showing once more that it is oneself', () => {
  it('by password renews this session, for 15 minutes, and no other', async () => {
    const browser = await admin('password@step-up.test');
    const other = new Browser();
    await other.signIn('password@step-up.test');
    later(RECENT_S + 60);
    expect((await offerTo(browser)).ways).toEqual(['password']);
    expect(await problemOf(await show(browser, { by: 'password', password: 'not it at all' }))).toBe(
      'wrong-password',
    );
    expect(await tried(browser)).toBe('step-up-required');
    const shown = await show(browser, { by: 'password', password });
    expect((await shown.json<StepUpOffer>()).recentUntil).toBe(Date.now() + RECENT_S * 1000);
    expect(await tried(browser)).toBe('let in');
    expect(await tried(other)).toBe('step-up-required');
    later(RECENT_S + 1);
    expect(await tried(browser)).toBe('step-up-required');
  });

  it('holds also when the access cookie is renewed from the session', async () => {
    const browser = await admin('renewed@step-up.test');
    await show(browser, { by: 'password', password });
    later(RECENT_S - 60);
    browser.cookie = browser.cookie.replace(/__Host-engawa=[^;]*;? ?/, '');
    expect(await tried(browser)).toBe('let in');
  });

  it('by password is tried ten times in a quarter of an hour, here and elsewhere together', async () => {
    const browser = await admin('guess@step-up.test');
    const wrong = () => show(browser, { by: 'password', password: 'a wrong password' }).then(problemOf);
    const answers = await Promise.all(Array.from({ length: 12 }, wrong));
    expect(answers.filter((code) => code === 'wrong-password')).toHaveLength(10);
    expect(answers.filter((code) => code === 'too-many-requests')).toHaveLength(2);
    expect(await problemOf(await show(browser, { by: 'password', password }))).toBe('too-many-requests');
  });

  it('by a code of the app, once each', async () => {
    const browser = await admin('app@step-up.test');
    expect(await problemOf(await show(browser, { by: 'app', code: '123456' }))).toBe('conflict');
    const { secret } = await (
      await browser.post('/api/me/second-factor', { password })
    ).json<{ secret: string }>();
    await browser.ask('PUT', '/api/me/second-factor', { code: await appCode(secret, Date.now()) });
    later(RECENT_S + 60);
    expect((await offerTo(browser)).ways).toEqual(['password', 'app']);
    const code = await appCode(secret, Date.now());
    expect(await problemOf(await show(browser, { by: 'app', code: wrongOf(code) }))).toBe('wrong-code');
    expect((await show(browser, { by: 'app', code })).status).toBe(200);
    expect(await tried(browser)).toBe('let in');
    expect(await problemOf(await show(browser, { by: 'app', code }))).toBe('wrong-code');
  });

  it('by a passkey of one’s own, to a challenge of this session', async () => {
    const [browser, eve] = [await admin('key@step-up.test'), await admin('eve@step-up.test')];
    const add = async (to: Browser) => {
      const key = new Authenticator();
      const options = await (await to.post('/api/me/passkeys/options', { password })).json<Options>();
      await to.post('/api/me/passkeys', { name: 'A key', response: await key.create(options) });
      return key;
    };
    const [key, theirs] = [await add(browser), await add(eve)];
    const ask = async (from: Browser) => (await from.post(`${PATH}/passkey/options`)).json<Options>();
    expect((await offerTo(browser)).ways).toEqual(['passkey', 'password']);
    const options = await ask(browser);
    expect(options).toMatchObject({ userVerification: 'required', allowCredentials: [{ id: key.id }] });
    const by = async (signer: Authenticator, to: Options) =>
      show(browser, { by: 'passkey', response: (await signer.get(to)) as Assertion });
    expect(await problemOf(await by(theirs, options))).toBe('invalid-credentials');
    expect(await problemOf(await by(key, await ask(eve)))).toBe('invalid-credentials');
    const answer = (await key.get(await ask(browser))) as Assertion;
    expect((await show(browser, { by: 'passkey', response: answer })).status).toBe(200);
    expect(await tried(browser)).toBe('let in');
    expect(await problemOf(await show(browser, { by: 'passkey', response: answer }))).toBe(
      'invalid-credentials',
    );
  });

  it('by a mailed code, for whoever has nothing else; it is good once, and for the session that asked', async () => {
    const email = 'mail@step-up.test';
    const browser = await admin(email);
    expect(await problemOf(await browser.post(`${PATH}/code`))).toBe('conflict');
    await db.delete(credentials).where(eq(credentials.providerId, 'credential'));
    expect((await offerTo(browser)).ways).toEqual(['mail']);
    const sent = (await mailsTo(email)).length;
    expect((await browser.post(`${PATH}/code`)).status).toBe(202);
    const code = await codeTo(email, sent + 1);
    const other = new Browser();
    await other.post('/api/auth/code', { email });
    await other.post('/api/auth/sign-in/code', { email, code: await codeTo(email, sent + 2) });
    expect(await problemOf(await show(other, { by: 'mail', code }))).toBe('wrong-code');
    expect(await problemOf(await show(browser, { by: 'mail', code: wrongOf(code) }))).toBe('wrong-code');
    expect((await show(browser, { by: 'mail', code })).status).toBe(200);
    expect(await tried(browser)).toBe('let in');
    expect(await problemOf(await show(browser, { by: 'mail', code }))).toBe('wrong-code');
  });

  it('does not wake a session that has ended, nor does a bearer do it', async () => {
    const browser = await admin('ended@step-up.test');
    const { cookie } = browser;
    await browser.post('/api/auth/sign-out');
    const again = await call('POST', PATH, { headers: { cookie }, json: { by: 'password', password } });
    expect(await problemOf(again)).toBe('not-signed-in');
    const signedIn = new Browser();
    await signedIn.signIn('ended@step-up.test');
    const { token } = await (await signedIn.post('/api/auth/token')).json<{ token: string }>();
    expect(await problemOf(await call('POST', PATH, { token, json: { by: 'password', password } }))).toBe(
      'not-signed-in',
    );
  });
});

type Options = Record<string, unknown> & { challenge: string; user: { id: string }; rp: { id: string } };
type Assertion = Extract<StepUp, { by: 'passkey' }>['response'];
const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
