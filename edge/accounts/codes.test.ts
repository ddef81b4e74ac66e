import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Me } from '../../schema/api/accounts.ts';
import { credentials, sessions, users, verifications } from '../../schema/db/accounts.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { Browser, codeTo, mailsTo, newcomer, password, problemOf } from './newcomer.fixture.ts';

const db = database(env.DB);
/** One code in a million is the one before it. */
const wrongIfSame = (first: string, second: string) => (first === second ? wrongOf(first) : first);
const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
/** From another network address each time: what limits guessing there has its own tests. */
const from = (n: number) => new Browser({ 'cf-connecting-ip': `198.51.100.${n}` });
const runOut = (email: string) =>
  db
    .update(verifications)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(verifications.identifier, `sign-in-otp-${email}`));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a new address', () => {
  it('is mailed a code and a link, signs in at once, and says that it is not confirmed', async () => {
    const mio = await newcomer('mio@codes.test', { verified: false });
    expect(await (await mio.ask('GET', '/api/me')).json()).toMatchObject({ emailVerified: false });
    const [mail] = await mailsTo('mio@codes.test');
    expect(mail!.code).toMatch(/^\d{6}$/);
    expect(mail!.link).toBe(`https://engawa.test/verify-email#code=${mail!.code}`);
    expect(mail!.text).toContain(mail!.link);

    expect(await problemOf(await mio.post('/api/me/email/verify', { code: wrongOf(mail!.code!) }))).toBe(
      'wrong-code',
    );
    const verified = await mio.post('/api/me/email/verify', { code: mail!.code });
    expect(await verified.json()).toMatchObject({ emailVerified: true });
    expect(await (await mio.ask('GET', '/api/me')).json()).toMatchObject({ emailVerified: true });
    // The link, after the code: it is done already, and says so no worse.
    expect((await mio.post('/api/me/email/verify', { code: mail!.code })).status).toBe(200);
    expect(await problemOf(await mio.post('/api/me/email/code'))).toBe('conflict');
  });

  it('cannot be confirmed by somebody else’s session, whatever they know', async () => {
    await newcomer('owner@codes.test', { verified: false });
    const eve = await newcomer('eve@codes.test', { verified: false });
    const code = await codeTo('owner@codes.test');
    expect(await problemOf(await eve.post('/api/me/email/verify', { code }))).toBe('wrong-code');
    const [owner] = await db.select().from(users).where(eq(users.email, 'owner@codes.test'));
    expect(owner!.emailVerified).toBe(false);
  });

  it('is mailed another code, which takes the place of the first', async () => {
    const mio = await newcomer('again@codes.test', { verified: false });
    const first = await codeTo('again@codes.test');
    expect((await mio.post('/api/me/email/code')).status).toBe(202);
    const second = await codeTo('again@codes.test', 2);
    const early = await mio.post('/api/me/email/verify', { code: wrongIfSame(first, second) });
    expect(await problemOf(early)).toBe('wrong-code');
    expect((await mio.post('/api/me/email/verify', { code: second })).status).toBe(200);
  });

  it('is written to in Japanese where Japanese is asked for', async () => {
    await newcomer('hana@codes.test', { headers: { 'accept-language': 'ja-JP,ja;q=0.9,en;q=0.5' } });
    const [mail] = await mailsTo('hana@codes.test');
    expect(mail!.subject).toContain('メールアドレスの確認');
    expect(mail!.text).toContain('10 分');
  });

  it('that has an account gets word of it, and whoever asked does not', async () => {
    await newcomer('known@codes.test');
    const answer = await call('POST', '/api/auth/sign-up', {
      json: { name: 'Eve', email: 'known@codes.test', password: 'a password of Eve’s' },
    });
    expect([answer.status, await answer.text(), answer.headers.getSetCookie()]).toEqual([202, '', []]);
    const [mail] = await mailsTo('known@codes.test', 2);
    expect(mail!.subject).toContain('account already');
    expect(mail!.code).toBeNull();
    expect((await new Browser().signIn('known@codes.test', 'a password of Eve’s')).status).toBe(401);
  });
});

describe('a mailed code', () => {
  const ask = (email: string) => new Browser().post('/api/auth/code', { email });
  const use = (email: string, code: string, browser = new Browser()) =>
    browser.post('/api/auth/sign-in/code', { email, code });

  it('signs in, once', async () => {
    await newcomer('once@codes.test');
    await ask('Once@codes.test');
    const [mail] = await mailsTo('once@codes.test', 2);
    const { searchParams } = new URL(mail!.link!.replace('#', '?'));
    expect(Object.fromEntries(searchParams)).toEqual({ email: 'once@codes.test', code: mail!.code });
    const browser = new Browser();
    // People type what they read: with a blank in the middle.
    const answer = await use('once@codes.test', mail!.code!.replace(/^.{3}/, '$& '), browser);
    expect(answer.status).toBe(200);
    expect(await answer.json<Me>()).toMatchObject({ email: 'once@codes.test', emailVerified: true });
    expect((await browser.ask('GET', '/api/me')).status).toBe(200);
    expect(await problemOf(await use('once@codes.test', mail!.code!))).toBe('wrong-code');
  });

  it('signs in one of two who use it at the same moment', async () => {
    await newcomer('race@codes.test');
    await ask('race@codes.test');
    const code = await codeTo('race@codes.test', 2);
    const answers = await Promise.all([1, 2, 3, 4].map((n) => use('race@codes.test', code, from(n))));
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401]);
  });

  it('is void after ten minutes, and after five wrong ones', async () => {
    await newcomer('void@codes.test');
    await ask('void@codes.test');
    const first = await codeTo('void@codes.test', 2);
    await runOut('void@codes.test');
    expect(await problemOf(await use('void@codes.test', first))).toBe('wrong-code');

    await ask('void@codes.test');
    const second = await codeTo('void@codes.test', 3);
    for (let n = 1; n <= 5; n++)
      expect(await problemOf(await use('void@codes.test', wrongOf(second), from(n)))).toBe('wrong-code');
    expect(await problemOf(await use('void@codes.test', second, from(6)))).toBe('wrong-code');
  });

  it('is kept so that the database does not give it away', async () => {
    await newcomer('kept@codes.test');
    await ask('kept@codes.test');
    const code = await codeTo('kept@codes.test', 2);
    const rows = await db
      .select()
      .from(verifications)
      .where(eq(verifications.identifier, 'sign-in-otp-kept@codes.test'));
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  it('takes an account back from whoever signed up with another’s address', async () => {
    const eve = await newcomer('victim@codes.test', { verified: false });
    await ask('victim@codes.test');
    const victim = new Browser();
    expect((await use('victim@codes.test', await codeTo('victim@codes.test', 2), victim)).status).toBe(200);
    expect((await eve.ask('GET', '/api/me/security')).status).toBe(401);
    expect((await new Browser().signIn('victim@codes.test', password)).status).toBe(401);
    // Nor does a new sign-up take it: it has an owner now, without a password.
    await db
      .update(users)
      .set({ createdAt: new Date(0) })
      .where(eq(users.email, 'victim@codes.test'));
    await call('POST', '/api/auth/sign-up', { json: { name: 'Eve', email: 'victim@codes.test', password } });
    expect((await victim.ask('GET', '/api/me/security')).status).toBe(200);
  });

  it('is asked for without a word of whether there is an account', async () => {
    await newcomer('there@codes.test');
    const answers = await Promise.all(['there@codes.test', 'not-there@codes.test'].map(ask));
    for (const answer of answers) expect([answer.status, await answer.text()]).toEqual([202, '']);
    await mailsTo('there@codes.test', 2);
    const { items } = await (await call('GET', '/api/mailbox?to=not-there@codes.test')).json<{ items: [] }>();
    expect(items).toEqual([]);
    const wrong = await Promise.all(
      ['there@codes.test', 'not-there@codes.test'].map((email) => use(email, '000000')),
    );
    const bodies = await Promise.all(
      wrong.map(async (answer) => ({ ...(await answer.json<object>()), instance: null })),
    );
    expect(bodies[0]).toEqual(bodies[1]);
  });

  it('leaves nothing in the log', async () => {
    const lines: unknown[][] = [];
    for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, level).mockImplementation((...args) => void lines.push(args));
    await newcomer('quiet@codes.test');
    await ask('quiet@codes.test');
    const code = await codeTo('quiet@codes.test', 2);
    await use('quiet@codes.test', wrongOf(code));
    await use('quiet@codes.test', code);
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`quiet@|${code}|correct horse`));
  });
});

describe('a forgotten password', () => {
  const ask = (email: string) => new Browser().post('/api/auth/reset', { email });
  const finish = (email: string, code: string, fresh: string) =>
    new Browser().post('/api/auth/reset/finish', { email, code, password: fresh });

  it('is set anew by a mailed code; whoever was signed in is not any more', async () => {
    const old = await newcomer('forgot@codes.test');
    await ask('forgot@codes.test');
    const [mail] = await mailsTo('forgot@codes.test', 2);
    expect(mail!.link).toMatch(
      /^https:\/\/engawa\.test\/reset-password#email=forgot%40codes\.test&code=\d{6}$/,
    );
    expect((await finish('forgot@codes.test', mail!.code!, 'a new and better one')).status).toBe(204);
    expect((await old.ask('GET', '/api/me/security')).status).toBe(401);
    expect((await new Browser().signIn('forgot@codes.test')).status).toBe(401);
    expect((await new Browser().signIn('forgot@codes.test', 'a new and better one')).status).toBe(200);
    expect((await mailsTo('forgot@codes.test', 3))[0]!.subject).toContain('password was changed');
    expect(await problemOf(await finish('forgot@codes.test', mail!.code!, 'and another one'))).toBe(
      'wrong-code',
    );
  });

  it('is set by one of two who come at the same moment', async () => {
    await newcomer('two@codes.test');
    await ask('two@codes.test');
    const code = await codeTo('two@codes.test', 2);
    const answers = await Promise.all(
      ['the first of them', 'the second of them'].map((fresh) => finish('two@codes.test', code, fresh)),
    );
    const good = answers.map((a) => a.status);
    expect(good.filter((status) => status === 204).length).toBeLessThanOrEqual(1);
    const ins = await Promise.all(
      ['the first of them', 'the second of them', password].map((tried) =>
        new Browser().signIn('two@codes.test', tried),
      ),
    );
    expect(ins.filter((a) => a.status === 200)).toHaveLength(1);
  });

  it('is no way past an account that only has its address', async () => {
    await ask('nobody@codes.test');
    expect(await problemOf(await finish('nobody@codes.test', '000000', 'a new and better one'))).toBe(
      'wrong-code',
    );
    expect(await db.select().from(users).where(eq(users.email, 'nobody@codes.test'))).toEqual([]);
  });

  it('ends what a stranger made of an address that was not theirs', async () => {
    const eve = await newcomer('taken-over@codes.test', { verified: false });
    await ask('taken-over@codes.test');
    const code = await codeTo('taken-over@codes.test', 2);
    expect((await finish('taken-over@codes.test', code, 'the owner’s own one')).status).toBe(204);
    const [owner] = await db.select().from(users).where(eq(users.email, 'taken-over@codes.test'));
    expect(owner!.emailVerified).toBe(true);
    expect(await db.select().from(sessions).where(eq(sessions.userId, owner!.id))).toEqual([]);
    expect(await db.select().from(credentials).where(eq(credentials.userId, owner!.id))).toHaveLength(1);
    expect((await eve.signIn('taken-over@codes.test')).status).toBe(401);
  });
});
