import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { sessions, users, verifications } from '../../schema/db/accounts.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { Browser, codeTo, newcomer, password, problemOf } from './newcomer.fixture.ts';
import { passwordAt, replacePassword } from './queries.ts';

/* A password that was right when it was compared, and is not any more when what it allows is written. */

const db = database(env.DB);
const idOf = async (email: string) =>
  (await db.select({ id: users.id }).from(users).where(eq(users.email, email)))[0]!.id;
const sessionsOf = (userId: string) => db.select().from(sessions).where(eq(sessions.userId, userId));
/** As if somebody had set another password right before a row of theirs is written to `table`. */
const overtakenAt = (table: 'sessions' | 'verifications', userId: string) =>
  env.DB.exec(
    `CREATE TRIGGER overtaken BEFORE INSERT ON ${table} WHEN '${userId}' IN (NEW.${table === 'sessions' ? 'user_id' : 'value'}) BEGIN UPDATE credentials SET password = 'another' WHERE user_id = '${userId}'; END`,
  );

afterEach(async () => {
  await env.DB.exec('DROP TRIGGER IF EXISTS overtaken');
});

describe('a sign-in that a reset overtook', () => {
  it('leaves no session', async () => {
    const email = 'overtaken@stale.test';
    await newcomer(email);
    const userId = await idOf(email);
    const before = await sessionsOf(userId);
    await overtakenAt('sessions', userId);
    const late = new Browser();
    expect(await problemOf(await late.signIn(email))).toBe('invalid-credentials');
    expect(late.cookie).toBe('');
    expect(await sessionsOf(userId)).toEqual(before);
  });

  it('does not go on to its second step', async () => {
    const email = 'half-way@stale.test';
    await newcomer(email);
    const userId = await idOf(email);
    await db.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, userId));
    await overtakenAt('verifications', userId);
    const late = new Browser();
    expect(await problemOf(await late.signIn(email))).toBe('invalid-credentials');
    expect(late.cookie).toBe('');
  });

  it('between its two steps is over', async () => {
    const email = 'between@stale.test';
    await newcomer(email);
    const userId = await idOf(email);
    await db.update(users).set({ twoFactorEnabled: true }).where(eq(users.id, userId));
    const late = new Browser();
    expect(await problemOf(await late.signIn(email))).toBe('second-factor-required');
    const open = () => db.select().from(verifications).where(eq(verifications.value, userId));
    expect((await open()).filter(({ identifier }) => identifier.startsWith('2fa-'))).toHaveLength(1);
    await call('POST', '/api/auth/reset', { json: { email } });
    const code = await codeTo(email, 2);
    const json = { email, code, password: 'a new and better one' };
    expect((await call('POST', '/api/auth/reset/finish', { json })).status).toBe(204);
    expect((await open()).filter(({ identifier }) => identifier.startsWith('2fa-'))).toEqual([]);
    expect(await problemOf(await late.post('/api/auth/sign-in/second-step', { code: '123456' }))).toBe(
      'not-signed-in',
    );
  });
});

it('a reset ends a session that began while it was written', async () => {
  const email = 'began@stale.test';
  await newcomer(email);
  const userId = await idOf(email);
  await call('POST', '/api/auth/reset', { json: { email } });
  const code = await codeTo(email, 2);
  const [session] = await sessionsOf(userId);
  const row = `'late', 'late-token', '${userId}', ${session!.expiresAt.getTime()}, 0, 0`;
  await env.DB.exec(
    `CREATE TRIGGER overtaken BEFORE UPDATE OF password ON credentials WHEN NEW.user_id = '${userId}' BEGIN INSERT INTO sessions (id, token, user_id, expires_at, created_at, updated_at) VALUES (${row}); END`,
  );
  const json = { email, code, password: 'a new and better one' };
  expect((await call('POST', '/api/auth/reset/finish', { json })).status).toBe(204);
  expect(await sessionsOf(userId)).toEqual([]);
});

describe('a change of password', () => {
  it('takes the place of the one that was confirmed, and of no other', async () => {
    const email = 'replaced@stale.test';
    await newcomer(email);
    const userId = await idOf(email);
    const from = (await passwordAt(db, email))!;
    expect(await replacePassword(db, { userId, from: 'another', to: 'fresh', at: Date.now() })).toBe(false);
    expect(await passwordAt(db, email)).toBe(from);
    expect(await sessionsOf(userId)).toHaveLength(1);
    expect(await replacePassword(db, { userId, from, to: 'fresh', at: Date.now() })).toBe(true);
    expect(await passwordAt(db, email)).toBe('fresh');
    expect(await sessionsOf(userId)).toEqual([]);
  });

  it('is made by one of two who come at the same moment', async () => {
    const email = 'two@stale.test';
    const browsers = [await newcomer(email), new Browser()];
    await browsers[1]!.signIn(email);
    const fresh = ['the first of them', 'the second of them'];
    const answers = await Promise.all(
      browsers.map((browser, n) =>
        browser.ask('PUT', '/api/me/password', { newPassword: fresh[n], password }),
      ),
    );
    const won = answers.findIndex(({ status }) => status === 204);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect((await browsers[won]!.ask('GET', '/api/me/security')).status).toBe(200);
    expect((await browsers[1 - won]!.ask('GET', '/api/me/security')).status).toBe(401);
    expect((await new Browser().signIn(email, fresh[won])).status).toBe(200);
    expect((await new Browser().signIn(email, fresh[1 - won])).status).toBe(401);
  });

  it('that a reset overtook leaves no session', async () => {
    const email = 'reset@stale.test';
    const desk = await newcomer(email);
    const userId = await idOf(email);
    await overtakenAt('sessions', userId);
    const answer = await desk.ask('PUT', '/api/me/password', {
      newPassword: 'a fresh one of mine',
      password,
    });
    expect(await problemOf(answer)).toBe('wrong-password');
    expect(await sessionsOf(userId)).toEqual([]);
  });
});
