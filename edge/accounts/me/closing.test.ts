import { env } from 'cloudflare:workers';
import { eq, inArray } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Play } from '../../../schema/api/playback.ts';
import { sessions, users, verifications } from '../../../schema/db/accounts.ts';
import { plays, progress } from '../../../schema/db/library.ts';
import { consents, profiles } from '../../../schema/db/profiles.ts';
import { platform } from '../../platform/platform.ts';
import { ViewerAccount } from '../../platform/viewer-account.ts';
import { episodeWith, worldWide } from '../../playback/playback.fixture.ts';
import { call } from '../../testing/call.ts';
import { GRACE_MS, keep, sweepClosedAccounts } from './close-account.ts';
import { codeOf, db, password, somebody, watched } from './me.fixture.ts';

const DAY = 86_400_000;
const outside = platform(env);
const mailsTo = async (address: string) =>
  (await outside.mailbox!.list()).filter((mail) => mail.to === address);
const userRow = async (id: string) => (await db.select().from(users).where(eq(users.id, id)))[0];
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** A browser of somebody who signed in just now, or so long ago. */
async function browserOf(email: string, age = 0) {
  const answer = await call('POST', '/api/auth/sign-in', { json: { email, password } });
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  if (age > 0) {
    const row = await db.select().from(users).where(eq(users.email, email));
    await db
      .update(sessions)
      .set({ createdAt: new Date(Date.now() - age) })
      .where(eq(sessions.userId, row[0]!.id));
  }
  return (method: string, path: string, json?: unknown) =>
    call(method, path, { headers: { cookie }, ...(json === undefined ? {} : { json }) });
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('closing one’s account', () => {
  it('asks for the password, or for having just signed in', async () => {
    const mio = await somebody();
    expect(await codeOf(mio.ask('DELETE', '/api/me', {}))).toBe('proof-required');
    expect(await codeOf(mio.ask('DELETE', '/api/me', { password: 'wrong password' }))).toBe('wrong-password');
    const old = await browserOf(mio.email, 11 * 60_000);
    expect(await codeOf(old('DELETE', '/api/me', {}))).toBe('proof-required');
    expect((await userRow(mio.userId))!.closesAt).toBeNull();
    const fresh = await browserOf(mio.email);
    expect(await codeOf(fresh('DELETE', '/api/me', {}))).toBe(200);
    expect((await userRow(mio.userId))!.closesAt).toBeGreaterThan(Date.now() + GRACE_MS - 60_000);
  });

  it('signs out everywhere, ends what plays, and says so by mail', async () => {
    const mio = await somebody();
    const [one, two] = [await browserOf(mio.email), await browserOf(mio.email)];
    const answer = await one('DELETE', '/api/me', { password });
    expect(await answer.json()).toMatchObject({ mayKeep: true, reason: null });
    for (const name of ['__Host-engawa=', '__Host-engawa-session=', '__Host-engawa-profile='])
      expect(
        answer.headers.getSetCookie().some((line) => line.startsWith(name) && /Max-Age=0/.test(line)),
      ).toBe(true);
    expect(await db.select().from(sessions).where(eq(sessions.userId, mio.userId))).toEqual([]);
    expect(await codeOf(two('POST', '/api/auth/token'))).toBe('not-signed-in');
    await vi.waitFor(async () => expect(await mailsTo(mio.email)).toHaveLength(1));
    const [mail] = await mailsTo(mio.email);
    const day = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(
      Date.now() + GRACE_MS,
    );
    expect(mail!.text).toContain(day);
  });

  it('ends what plays; where that fails nothing is closed, and it can be asked for again', async () => {
    const mio = await somebody();
    const { episodeId } = await episodeWith('closing', [worldWide]);
    const answer = await mio.ask('POST', `/api/episodes/${episodeId}/hls`);
    const { pathname } = new URL((await answer.json<Play>()).masterUrl);
    const key = (period: number) => codeOf(call('GET', pathname.replace('master.m3u8', `key/${period}`)));
    const revoke = vi.spyOn(ViewerAccount.prototype, 'revoke').mockImplementationOnce(async () => {
      throw new Error('evicted');
    });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const browser = await browserOf(mio.email);
    expect((await browser('DELETE', '/api/me', { password })).status).toBe(500);
    expect((await userRow(mio.userId))!.closesAt).toBeNull();
    expect(await key(0)).toBe(200);
    expect((await browser('DELETE', '/api/me', { password })).status).toBe(200);
    expect(await key(1)).toBe('stream-ended');
    // One that is not there has no streams: nothing is kept about it.
    revoke.mockClear();
    const admin = await somebody({ role: 'admin' });
    const close = admin.ask('DELETE', '/api/admin/users/usr_00000000', { reason: 'An example' });
    expect(await codeOf(close)).toBe('not-found');
    expect(revoke).not.toHaveBeenCalled();
  });

  it('is taken back by signing in and saying so, not by signing in alone', async () => {
    const mio = await somebody();
    await mio.ask('DELETE', '/api/me', { password });
    const signedIn = await call('POST', '/api/auth/sign-in', { json: { email: mio.email, password } });
    expect(await signedIn.json()).toMatchObject({ id: mio.userId, closesAt: expect.any(Number) as number });
    const again = await browserOf(mio.email);
    expect(await (await again('GET', '/api/me/closing')).json()).toMatchObject({ mayKeep: true });
    expect((await userRow(mio.userId))!.closesAt).not.toBeNull();
    expect(await (await again('POST', '/api/me/keep')).json()).toEqual({
      closesAt: null,
      mayKeep: false,
      reason: null,
    });
    expect((await userRow(mio.userId))!.closesAt).toBeNull();
    expect(await codeOf(again('POST', '/api/me/keep'))).toBe(200); // again: fine
    later(GRACE_MS + DAY);
    await sweepClosedAccounts(outside);
    expect(await userRow(mio.userId)).toBeDefined();
  });

  it('ends plays also by a token that is still good, until the account is kept', async () => {
    const mio = await somebody();
    const [mine] = await mio.profiles();
    await watched(mio.userId, mine!.id, 1);
    const [play] = await db.select().from(plays).where(eq(plays.userId, mio.userId));
    const again = () => codeOf(mio.ask('POST', `/api/episodes/${play!.episodeId}/hls`));
    expect(await again()).not.toBe('account-closing'); // but what its rights say
    await mio.ask('DELETE', '/api/me', { password });
    expect(await again()).toBe('account-closing');
    await mio.ask('POST', '/api/me/keep');
    expect(await again()).not.toBe('account-closing');
  });

  it('may be asked for again: the first time stands', async () => {
    const mio = await somebody();
    const first = await (await mio.ask('DELETE', '/api/me', { password })).json();
    later(6 * 3_600_000);
    expect(await (await mio.ask('DELETE', '/api/me', { password })).json()).toEqual(first);
  });

  it('deletes after two weeks, not a moment earlier, and leaves what others are paid by', async () => {
    const [mio, other] = [await somebody(), await somebody()];
    const [mine] = await mio.profiles();
    const [theirs] = await other.profiles();
    await watched(mio.userId, mine!.id, 3);
    await watched(other.userId, theirs!.id, 2);
    await mio.ask('POST', '/api/me/consents', { kind: 'newsletter', version: '2026-11-01', given: true });
    const before = await db.select().from(plays).where(eq(plays.userId, mio.userId)).orderBy(plays.id);
    const { closesAt } = await (
      await mio.ask('DELETE', '/api/me', { password })
    ).json<{ closesAt: number }>();
    vi.setSystemTime(closesAt - 1);
    await sweepClosedAccounts(outside);
    expect(await userRow(mio.userId)).toBeDefined();
    vi.setSystemTime(closesAt);
    expect(await keep(outside, mio.userId, true, { acceptLanguage: null, later: () => undefined })).toBe(
      false,
    );
    await Promise.all([sweepClosedAccounts(outside), sweepClosedAccounts(outside)]); // side by side, and again
    await sweepClosedAccounts(outside);
    expect(await userRow(mio.userId)).toBeUndefined();
    for (const table of [profiles, consents])
      expect(await db.select().from(table).where(eq(table.userId, mio.userId))).toEqual([]);
    expect(await db.select().from(progress).where(eq(progress.profileId, mine!.id))).toEqual([]);
    const ids = before.map(({ id }) => id);
    const after = await db.select().from(plays).where(inArray(plays.id, ids)).orderBy(plays.id);
    expect(after).toEqual(before.map((play) => ({ ...play, userId: null })));
    expect(await db.select().from(plays).where(eq(plays.userId, other.userId))).toHaveLength(2);
    expect(await db.select().from(progress).where(eq(progress.profileId, theirs!.id))).toHaveLength(2);
  });

  it('takes along the codes that were mailed for it, and nobody else’s', async () => {
    const [mio, other] = [await somebody(), await somebody()];
    const at = new Date();
    const kept = (id: string, email: string) =>
      [
        ...['sign-in', 'email-verification', 'forget-password'].map((type) => `${type}-otp-${email}`),
        `change-email-otp-${id}:new-${email}`,
      ].toSorted();
    const wanted = [...kept(mio.userId, mio.email), ...kept(other.userId, other.email)];
    for (const identifier of wanted)
      await db.insert(verifications).values({
        id: crypto.randomUUID(),
        identifier,
        value: 'a code',
        expiresAt: at,
        createdAt: at,
        updatedAt: at,
      });
    await mio.ask('DELETE', '/api/me', { password });
    later(GRACE_MS + DAY);
    await sweepClosedAccounts(outside);
    const rows = await db
      .select({ identifier: verifications.identifier })
      .from(verifications)
      .where(inArray(verifications.identifier, wanted));
    expect(rows.map(({ identifier }) => identifier).toSorted()).toEqual(kept(other.userId, other.email));
  });

  it('goes on where a sweep broke off, also with thousands of rows', async () => {
    const mio = await somebody();
    const [mine] = await mio.profiles();
    await watched(mio.userId, mine!.id, 1_200);
    await mio.ask('DELETE', '/api/me', { password });
    later(GRACE_MS + DAY);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let calls = 0;
    const breaks = new Proxy(outside.db, {
      get(target, name) {
        if (name === 'update' && ++calls === 2) throw new Error('the Worker was evicted');
        return Reflect.get(target, name) as unknown;
      },
    });
    await sweepClosedAccounts({ ...platform(env), db: breaks, now: () => Date.now() });
    const left = await db
      .select({ id: plays.id })
      .from(plays)
      .where(eq(plays.userId, mio.userId))
      .orderBy(plays.id);
    expect(left.length).toBe(700);
    await sweepClosedAccounts(outside);
    expect(await userRow(mio.userId)).toBeUndefined();
    expect(await db.select().from(progress).where(eq(progress.profileId, mine!.id))).toEqual([]);
  });
});

describe('admins', () => {
  const reason = 'Several accounts of one household';
  it('close somebody’s account for a reason that its owner reads and cannot take back', async () => {
    const [boss, mio] = [await somebody({ role: 'admin' }), await somebody()];
    expect(await codeOf(boss.ask('DELETE', `/api/admin/users/${mio.userId}`, {}))).toBe('invalid-request');
    expect(await codeOf(mio.ask('DELETE', `/api/admin/users/${boss.userId}`, { reason }))).toBe(
      'not-allowed',
    );
    expect(await codeOf(boss.ask('DELETE', '/api/admin/users/usr_0nobody', { reason }))).toBe('not-found');
    const closed = await boss.ask('DELETE', `/api/admin/users/${mio.userId}`, { reason });
    expect(await closed.json()).toMatchObject({ mayKeep: false, reason });
    expect(await codeOf(mio.ask('POST', '/api/me/keep'))).toBe('account-closing');
    await vi.waitFor(async () => expect((await mailsTo(mio.email))[0]?.text).toContain(reason));
    // Asking for it oneself on top does not make it one's own to take back.
    await mio.ask('DELETE', '/api/me', { password });
    expect(await codeOf(mio.ask('POST', '/api/me/keep'))).toBe('account-closing');
    expect(await codeOf(boss.ask('POST', `/api/admin/users/${mio.userId}/keep`))).toBe(200);
    expect((await userRow(mio.userId))!.closesAt).toBeNull();
  });

  it('are always there: the last cannot go, nor can the last two at the same moment', async () => {
    const [one, two] = [await somebody({ role: 'admin' }), await somebody({ role: 'admin' })];
    await db.update(users).set({ role: 'viewer' }).where(eq(users.role, 'admin'));
    await db
      .update(users)
      .set({ role: 'admin' })
      .where(inArray(users.id, [one.userId, two.userId]));
    const both = await Promise.all([one, two].map((it) => codeOf(it.ask('DELETE', '/api/me', { password }))));
    expect(new Set(both)).toEqual(new Set([200, 'conflict']));
    const [gone, left] = both[0] === 200 ? [one, two] : [two, one];
    expect(await codeOf(left.ask('DELETE', `/api/admin/users/${left.userId}`, { reason }))).toBe('conflict');
    // An admin whose account is closing is none: neither by a token that is still good, nor as the one who is left.
    expect(await codeOf(gone.ask('GET', '/api/admin/users'))).toBe('not-allowed');
    expect(await codeOf(left.ask('PATCH', `/api/admin/users/${left.userId}`, { role: 'viewer' }))).toBe(
      'conflict',
    );
  });
});
