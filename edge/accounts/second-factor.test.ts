import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Security } from '../../schema/api/accounts.ts';
import { twoFactors, users } from '../../schema/db/accounts.ts';
import { limits } from '../http/allowances.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { appCode, Browser, codeTo, mailsTo, newcomer, password, problemOf } from './newcomer.fixture.ts';

const db = database(env.DB);
const STEP = '/api/auth/sign-in/second-step';
const HALF_MINUTE = 30_000;
type Offer = { uri: string; secret: string; backupCodes: string[] };

/** Somebody with an app; the code that turned it on is used up, so the first one to sign in with is the next. */
async function careful(email: string) {
  const browser = await newcomer(email);
  const offer = await (await browser.post('/api/me/second-factor', { password })).json<Offer>();
  const used = await appCode(offer.secret, Date.now());
  const on = await browser.ask('PUT', '/api/me/second-factor', { code: used });
  expect(on.status).toBe(204);
  return { browser, ...offer, used, next: () => appCode(offer.secret, Date.now() + HALF_MINUTE) };
}
const firstStep = async (email: string, headers: Record<string, string> = {}) => {
  const browser = new Browser(headers);
  const answer = await browser.signIn(email);
  expect(await problemOf(answer)).toBe('second-factor-required');
  return browser;
};
const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('the second step', () => {
  it('comes after the password, and begins no session before', async () => {
    const { uri, secret, backupCodes, browser, next } = await careful('two@second.test');
    expect(uri).toMatch(/^otpauth:\/\/totp\/Engawa:/);
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    expect(new Set(backupCodes).size).toBe(10);
    const security = await (await browser.ask('GET', '/api/me/security')).json<Security>();
    expect(security.secondFactor).toEqual({ on: true, backupCodesLeft: 10 });
    expect(security.devices).toHaveLength(1); // the session that turned it on goes on under a new name
    expect((await mailsTo('two@second.test', 2))[0]!.subject).toContain('Two-step');

    const fresh = await firstStep('two@second.test');
    expect(fresh.cookie).toMatch(/^__Host-engawa-second-step=[^;]+$/);
    expect((await fresh.ask('GET', '/api/me')).status).toBe(401);
    expect(await problemOf(await fresh.post(STEP, { code: wrongOf(await next()) }))).toBe('wrong-code');
    const answer = await fresh.post(STEP, { code: await next() });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ email: 'two@second.test' });
    expect(fresh.cookie).not.toContain('second-step');
    expect((await fresh.ask('GET', '/api/me/security')).status).toBe(200);
  });

  it('comes after a mailed code, too', async () => {
    const { next } = await careful('mailed@second.test');
    const fresh = new Browser();
    await fresh.post('/api/auth/code', { email: 'mailed@second.test' });
    const code = await codeTo('mailed@second.test', 3);
    expect(
      await problemOf(await fresh.post('/api/auth/sign-in/code', { email: 'mailed@second.test', code })),
    ).toBe('second-factor-required');
    expect((await fresh.ask('GET', '/api/me')).status).toBe(401);
    expect((await fresh.post(STEP, { code: await next() })).status).toBe(200);
  });

  it('is of no use without the first, or to a session of somebody else', async () => {
    const { next } = await careful('alone@second.test');
    expect(await problemOf(await new Browser().post(STEP, { code: await next() }))).toBe('not-signed-in');
    const eve = await newcomer('eve@second.test');
    expect(await problemOf(await eve.post(STEP, { code: await next() }))).toBe('not-signed-in');
    expect(await (await eve.ask('GET', '/api/me')).json()).toMatchObject({ email: 'eve@second.test' });
  });

  it('is about who signs in, not about who was signed in', async () => {
    const { next } = await careful('shared@second.test');
    const family = await newcomer('family@second.test');
    expect(await problemOf(await family.signIn('shared@second.test'))).toBe('second-factor-required');
    expect(await (await family.ask('GET', '/api/me')).json()).toMatchObject({ email: 'family@second.test' });
    expect((await family.post(STEP, { code: await next() })).status).toBe(200);
    expect(await (await family.ask('GET', '/api/me')).json()).toMatchObject({ email: 'shared@second.test' });
  });

  it('takes a code of the app once, also from two at the same moment', async () => {
    const { next, used } = await careful('replay@second.test');
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map((n) => firstStep('replay@second.test', { 'cf-connecting-ip': `198.51.100.${n}` })),
    );
    const code = await next();
    const answers = await Promise.all([first!.post(STEP, { code }), second!.post(STEP, { code })]);
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect(await problemOf(await third!.post(STEP, { code }))).toBe('wrong-code');
    // The one that turned it on was used, too.
    expect(await problemOf(await third!.post(STEP, { code: used }))).toBe('wrong-code');
  });

  it('takes no code of five minutes ago', async () => {
    const { secret } = await careful('old@second.test');
    const fresh = await firstStep('old@second.test');
    const old = await appCode(secret, Date.now() - 300_000);
    expect(await problemOf(await fresh.post(STEP, { code: old }))).toBe('wrong-code');
  });

  it('takes each backup code once', async () => {
    const { backupCodes, browser } = await careful('backup@second.test');
    const use = async (code: string, n: number) =>
      (await firstStep('backup@second.test', { 'cf-connecting-ip': `198.51.100.${n}` })).post(STEP, { code });
    const answers = await Promise.all([use(backupCodes[0]!, 1), use(backupCodes[0]!, 2)]);
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 401]);
    expect(await problemOf(await use(backupCodes[0]!, 3))).toBe('wrong-code');
    const security = await (await browser.ask('GET', '/api/me/security')).json<Security>();
    expect(security.secondFactor.backupCodesLeft).toBe(9);

    const answer = await browser.post('/api/me/second-factor/backup-codes', { password });
    const fresh = (await answer.json<{ backupCodes: string[] }>()).backupCodes;
    expect((await use(backupCodes[1]!, 4)).status).toBe(401);
    expect((await use(fresh[0]!, 5)).status).toBe(200);
  });

  it('ends after five wrong codes', async () => {
    const { backupCodes } = await careful('five@second.test');
    const one = await firstStep('five@second.test');
    for (let n = 0; n < 5; n++)
      expect(await problemOf(await one.post(STEP, { code: String(100_000 + n) }))).toBe('wrong-code');
    expect(await problemOf(await one.post(STEP, { code: backupCodes[0] }))).toBe('not-signed-in');
  });

  it('is tried as often as the account allows, however many begin it at once and from wherever', async () => {
    const email = 'guessed@second.test';
    const { browser, next } = await careful(email);
    const { limit } = limits['second-factor'].account;
    const halfWay = await Promise.all(
      Array.from({ length: 8 }, (_, n) => firstStep(email, { 'cf-connecting-ip': `198.51.100.${n}` })),
    );
    const guesses = halfWay.flatMap((one, n) =>
      [1, 2, 3].map((m) =>
        call('POST', STEP, {
          json: { code: `9${n}000${m}` },
          headers: { ...one.headers, cookie: one.cookie },
        }),
      ),
    );
    const codes = await Promise.all(guesses.map(async (answer) => problemOf(await answer)));
    expect(codes.filter((code) => code === 'wrong-code')).toHaveLength(limit);
    // What better-auth itself counts is of consecutive failures, and over in a quarter of an hour.
    await db.update(twoFactors).set({ lockedUntil: null, failedVerificationCount: 0 });
    const later = await firstStep(email, { 'cf-connecting-ip': '203.0.113.1' });
    expect(await problemOf(await later.post(STEP, { code: await next() }))).toBe('too-many-requests');
    // Two ways to ask are not twice as many guesses.
    const proof = { by: 'app', code: await next() };
    expect(await problemOf(await browser.post('/api/auth/step-up', proof))).toBe('too-many-requests');
  });
});

describe('turning it on and off', () => {
  it('takes a code of the app before anything is asked for', async () => {
    const browser = await newcomer('half@second.test');
    const offer = await (await browser.post('/api/me/second-factor', { password })).json<Offer>();
    const code = await appCode(offer.secret, Date.now());
    expect(await problemOf(await browser.ask('PUT', '/api/me/second-factor', { code: wrongOf(code) }))).toBe(
      'wrong-code',
    );
    expect((await new Browser().signIn('half@second.test')).status).toBe(200);
    // Offered anew: the first secret is void.
    const again = await (await browser.post('/api/me/second-factor', { password })).json<Offer>();
    expect(again.secret).not.toBe(offer.secret);
    expect(await problemOf(await browser.ask('PUT', '/api/me/second-factor', { code }))).toBe('wrong-code');
  });

  it('takes the password; then one step is enough', async () => {
    const { browser } = await careful('off@second.test');
    expect(await problemOf(await browser.post('/api/me/second-factor', { password }))).toBe('conflict');
    expect(await problemOf(await browser.post('/api/me/second-factor/off', {}))).toBe('proof-required');
    expect((await browser.post('/api/me/second-factor/off', { password })).status).toBe(204);
    expect((await new Browser().signIn('off@second.test')).status).toBe(200);
    const [user] = await db.select().from(users).where(eq(users.email, 'off@second.test'));
    expect(await db.select().from(twoFactors).where(eq(twoFactors.userId, user!.id))).toEqual([]);
  });

  it('keeps secret and backup codes so that the database does not give them away', async () => {
    const { secret, backupCodes } = await careful('kept@second.test');
    const rows = JSON.stringify(await db.select().from(twoFactors));
    for (const word of [secret, ...backupCodes]) expect(rows).not.toContain(word);
  });
});
